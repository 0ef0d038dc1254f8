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
 * beside it, as a trait, and is read and compiled once a page. The host is not kept waiting for it:
 * anywidget hands no message to a model that took two seconds.
 */
export default function loader(): AnyWidget<Traits> {
  let started: Promise<Widget>;
  return {
    initialize(context) {
      started = start(context);
      started.catch(() => {}); // A view says it.
    },
    async render(context) {
      const widget = await started.catch((error) => {
        context.el.textContent = `The annotator could not start: ${error}. Reload the page; your annotations are safe in Python.`;
        throw error;
      });
      return context.signal.aborted ? undefined : widget.render(context);
    },
  };
}

async function start(context: Parameters<Widget["initialize"]>[0]): Promise<Widget> {
  const script = await scriptOf(context.model.get("_script"));
  const widget = script.default();
  if (!context.signal.aborted) {
    await widget.initialize(context);
  }
  return widget;
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
