import type { AnyModel } from "@anywidget/types";
import { effect } from "@preact/signals-core";
import type { Shared } from "../store/view.ts";

/** The traits that Python and the browser share. */
export type Traits = {
  frame: number;
  selection: readonly number[];
  height: number;
  theme: "auto" | "light" | "dark";
};

/** At most this often, in milliseconds, is Python told where the playhead is. */
const INTERVAL = 100;

/** Keep the traits `frame` and `selection` and the signals of the same names equal. */
export function mirrorTraits(model: AnyModel<Traits>, shared: Shared, signal: AbortSignal): void {
  const readFrame = () => {
    shared.frame.value = model.get("frame");
  };
  const readSelection = () => {
    const selection = model.get("selection");
    if (!sameIds(selection, shared.selection.peek())) {
      shared.selection.value = new Set(selection);
    }
  };
  const push = throttled(() => {
    const selection = [...shared.selection.peek()];
    let changed = false;
    if (model.get("frame") !== shared.frame.peek()) {
      model.set("frame", shared.frame.peek());
      changed = true;
    }
    if (!sameIds(model.get("selection"), shared.selection.peek())) {
      model.set("selection", selection);
      changed = true;
    }
    if (changed) {
      model.save_changes();
    }
  });

  readFrame();
  readSelection();
  model.on("change:frame", readFrame);
  model.on("change:selection", readSelection);
  const stop = effect(() => {
    shared.frame.value;
    shared.selection.value;
    push();
  });
  signal.addEventListener("abort", () => {
    stop();
    model.off("change:frame", readFrame);
    model.off("change:selection", readSelection);
  });
}

function sameIds(ids: readonly number[], set: ReadonlySet<number>): boolean {
  return ids.length === set.size && ids.every((id) => set.has(id));
}

function throttled(run: () => void): () => void {
  let last = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const fire = () => {
    timer = null;
    last = performance.now();
    run();
  };
  return () => {
    if (timer === null) {
      timer = setTimeout(fire, Math.max(0, last + INTERVAL - performance.now()));
    }
  };
}
