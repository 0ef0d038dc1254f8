import type { AnyModel } from "@anywidget/types";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Traits } from "./link/traits.ts";
import loader from "./loader.ts";

/** A script that says what is done with it; each has a name of its own, for a page keeps scripts. */
const script = (name: string) => `
  export default () => ({
    initialize() { globalThis.said.push("${name} initialized"); },
    render() { globalThis.said.push("${name} rendered"); return () => {}; },
  });`;

const page = globalThis as { said?: string[] };
let said: string[];

beforeEach(() => {
  said = page.said = [];
  vi.stubGlobal(
    "Blob",
    class {
      constructor(readonly texts: readonly string[]) {}
    },
  );
  vi.spyOn(URL, "createObjectURL").mockImplementation(
    (blob) => `data:text/javascript,${encodeURIComponent((blob as never as Texts).texts.join(""))}`,
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

type Texts = { texts: readonly string[] };

function open(text: string) {
  const abort = new AbortController();
  const model = { get: () => text } as unknown as AnyModel<Traits>;
  const el = { textContent: "" } as HTMLElement;
  const context = { model, el, signal: abort.signal } as never;
  const widget = loader() as unknown as {
    initialize(context: never): unknown;
    render(context: never): Promise<unknown>;
  };
  return {
    abort,
    el,
    initialize: () => widget.initialize(context),
    render: () => widget.render(context),
  };
}

test("the host is not kept waiting for the script, and views come when it is there", async () => {
  const { initialize, render } = open(script("a"));
  expect(initialize()).toBeUndefined();
  expect(said).toEqual([]);
  expect(await render()).toBeTypeOf("function");
  expect(said).toEqual(["a initialized", "a rendered"]);
});

test("a widget that is gone before the script is there is not begun", async () => {
  const { abort, initialize, render } = open(script("b"));
  initialize();
  abort.abort();
  expect(await render()).toBeUndefined();
  expect(said).toEqual([]);
});

test("a script that cannot be read is said where the widget would be, and read anew next time", async () => {
  const broken = "this is no script";
  for (let time = 0; time < 2; time++) {
    const { el, initialize, render } = open(broken);
    initialize();
    await expect(render()).rejects.toThrow();
    expect(el.textContent).toContain("The annotator could not start");
    expect(el.textContent).toContain("Reload the page");
  }
  expect(URL.createObjectURL).toHaveBeenCalledTimes(2);
});
