// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { createApp } from "../actions/testing.ts";
import { followTheme, isDarkAround } from "./theme.ts";

afterEach(() => {
  document.body.replaceChildren();
  document.body.removeAttribute("data-jp-theme-light");
  document.body.className = "";
  document.documentElement.removeAttribute("theme");
});

/** An element in a shadow root in the page, as the widget's root is. */
function inShadow(): HTMLElement {
  const host = document.createElement("div");
  document.body.append(host);
  const root = document.createElement("div");
  host.attachShadow({ mode: "open" }).append(root);
  return root;
}

test.each<[string, () => void, boolean]>([
  ["JupyterLab dark", () => document.body.setAttribute("data-jp-theme-light", "false"), true],
  ["JupyterLab light", () => document.body.setAttribute("data-jp-theme-light", "true"), false],
  ["VS Code dark", () => document.body.classList.add("vscode-dark"), true],
  ["VS Code light", () => document.body.classList.add("vscode-light"), false],
  ["theme on the page", () => document.documentElement.setAttribute("theme", "dark"), true],
  ["nothing said", () => {}, false],
])("%s is seen through a shadow root", (_name, prepare, dark) => {
  prepare();
  expect(isDarkAround(inShadow())).toBe(dark);
});

test("the root follows the page, unless the trait says otherwise", async () => {
  const root = inShadow();
  const { store } = createApp([], root);
  const stop = new AbortController();
  followTheme(root, store.view, stop.signal);
  expect(root.dataset.theme).toBe("light");
  document.body.setAttribute("data-jp-theme-light", "false");
  await new Promise((resolve) => setTimeout(resolve));
  expect(root.dataset.theme).toBe("dark");
  store.view.theme.value = "light";
  expect([root.dataset.theme, store.view.dark.peek()]).toEqual(["light", false]);
  expect(root.dataset.own).toBe("");
  store.view.theme.value = "dark";
  expect(root.dataset.own).toBeUndefined();
  stop.abort();
});
