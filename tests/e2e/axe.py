"""What axe finds in a widget; `npm ci`, which the bundle needs, brings it."""

from pathlib import Path

from tests.e2e.widget import Widget

AXE = Path(__file__).parents[2] / "js/node_modules/axe-core/axe.min.js"
CHECK = """
async host => {
  const { violations, passes } = await axe.run(host, {
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  });
  const contrast = passes.find(({ id }) => id === "color-contrast");
  if (contrast === undefined) {
    return ["serious | axe did not look into the widget"];
  }
  const say = ({ id, impact, nodes }) => nodes.map(({ target, any, all }) =>
    [impact, id, target.flat().join(" "), ...[...any, ...all].map((c) => c.message)]
      .join(" | "));
  return violations.flatMap(say);
}
"""
"""What axe says of the widget alone: a line for each element that is not right."""


def serious(widget: Widget) -> list[str]:
    """What axe calls serious or critical in the widget."""
    if not widget.page.evaluate("'axe' in window"):
        widget.page.add_script_tag(path=AXE)
    host = widget.root.evaluate_handle("root => root.getRootNode().host")
    found = widget.page.evaluate(CHECK, host)
    return [line for line in found if line.startswith(("serious", "critical"))]
