import type { AnyWidget, Initialize, Render } from "@anywidget/types";
import type { Traits } from "./link/traits.ts";

/** What the script of the widget exports. */
type Script = { default: () => Widget };
type Widget = { initialize: Initialize<Traits>; render: Render<Traits> };

const SCRIPTS = Symbol.for("boxreel.scripts");
/** What this page has evaluated, by its text: widgets of one version share it. */
const page = globalThis as { [SCRIPTS]?: Map<string, Promise<Script>> };

/**
 * What anywidget evaluates anew for each widget: little, for the script that does the work comes
 * beside it, as a trait, and is read and compiled once a page.
 */
export default function loader(): AnyWidget<Traits> {
  let widget: Widget;
  return {
    async initialize(context) {
      const script = await scriptOf(context.model.get("_script"));
      widget = script.default();
      return widget.initialize(context);
    },
    render: (context) => widget.render(context),
  };
}

function scriptOf(text: string): Promise<Script> {
  page[SCRIPTS] ??= new Map();
  const scripts = page[SCRIPTS];
  const script = scripts.get(text) ?? evaluate(text);
  scripts.set(text, script);
  script.catch(() => scripts.delete(text));
  return script;
}

async function evaluate(text: string): Promise<Script> {
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return await import(/* @vite-ignore */ url);
  } finally {
    URL.revokeObjectURL(url);
  }
}
