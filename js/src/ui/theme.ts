import { follow } from "../store/follow.ts";
import type { View } from "../store/view.ts";

/** What says that the page around is dark: JupyterLab, VS Code, others. */
const DARK = '[data-jp-theme-light="false"], .vscode-dark, [theme=dark], .dark';
/** What says that it is light, whatever the system prefers. */
const LIGHT = '[data-jp-theme-light="true"], .vscode-light, [theme=light], .light';

/** Whether the page around an element is dark; where nothing says so, whether the system is. */
export function isDarkAround(element: Element): boolean {
  const told = closestAcross(element, `${DARK}, ${LIGHT}`);
  return told === null ? systemTheme().matches : told.matches(DARK);
}

/** Keep `view.dark`, and `data-theme` on the root, equal to the trait or to the page around it. */
export function followTheme(root: HTMLElement, view: View, signal: AbortSignal): void {
  const update = () => {
    const theme = view.theme.value;
    view.dark.value = theme === "auto" ? isDarkAround(root) : theme === "dark";
    root.dataset.theme = view.dark.value ? "dark" : "light";
    root.toggleAttribute("data-own", view.dark.value !== isDarkAround(root));
  };
  follow(signal, update);
  const observer = new MutationObserver(update);
  for (const element of [document.documentElement, document.body]) {
    observer.observe(element, { attributes: true });
  }
  systemTheme().addEventListener("change", update, { signal });
  signal.addEventListener("abort", () => observer.disconnect());
}

function systemTheme(): MediaQueryList {
  return matchMedia("(prefers-color-scheme: dark)");
}

/** The closest ancestor that matches, looked for through the shadow roots on the way up. */
function closestAcross(element: Element, selector: string): Element | null {
  const found = element.closest(selector);
  const tree = element.getRootNode();
  return found ?? (tree instanceof ShadowRoot ? closestAcross(tree.host, selector) : null);
}
