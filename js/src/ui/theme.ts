import { effect } from "@preact/signals-core";
import type { View } from "../store/view.ts";

/** Whether the page around an element is dark: JupyterLab, VS Code, marimo and others, else the system. */
export function isDarkAround(element: Element): boolean {
  const told = closestAcross(element, "[data-jp-theme-light]");
  if (told) {
    return told.getAttribute("data-jp-theme-light") === "false";
  }
  if (
    closestAcross(
      element,
      ".vscode-dark, .vscode-high-contrast, html[theme=dark], html.dark, body.dark",
    )
  ) {
    return true;
  }
  if (closestAcross(element, ".vscode-light, html[theme=light]")) {
    return false;
  }
  return globalThis.matchMedia?.("(prefers-color-scheme: dark)").matches ?? false;
}

/** Keep `view.dark`, and `data-theme` on the root, equal to the trait or to the page around it. */
export function followTheme(root: HTMLElement, view: View, signal: AbortSignal): void {
  const update = () => {
    const theme = view.theme.value;
    view.dark.value = theme === "auto" ? isDarkAround(root) : theme === "dark";
  };
  const observer = new MutationObserver(update);
  const { documentElement, body } = document;
  for (const element of [documentElement, body]) {
    observer.observe(element, {
      attributes: true,
      attributeFilter: ["class", "theme", "data-jp-theme-light"],
    });
  }
  const system = globalThis.matchMedia?.("(prefers-color-scheme: dark)");
  system?.addEventListener("change", update, { signal });
  const stops = [
    effect(update),
    effect(() => {
      root.dataset.theme = view.dark.value ? "dark" : "light";
    }),
  ];
  signal.addEventListener("abort", () => {
    observer.disconnect();
    for (const stop of stops) {
      stop();
    }
  });
}

/** The closest ancestor that matches, looked for through the shadow roots on the way up. */
function closestAcross(element: Element, selector: string): Element | null {
  const found = element.closest(selector);
  const tree = element.getRootNode();
  return found ?? (tree instanceof ShadowRoot ? closestAcross(tree.host, selector) : null);
}
