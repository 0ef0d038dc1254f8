import type { AnyModel } from "@anywidget/types";
import { follow } from "../store/follow.ts";
import type { Shared } from "../store/view.ts";

/** The traits that Python and the browser share. */
export type Traits = {
  /** The text of the widget's script, which `loader.ts` evaluates. */
  _script: string;
  frame: number;
  selection: readonly number[];
  height: number;
  theme: "auto" | "light" | "dark";
  labels_locked: boolean;
  keymap: Readonly<Record<string, string>>;
  /** Class of what stands for the widget in a notebook that has no kernel. */
  still: string;
};

/** At most this often, in milliseconds, is Python told where the playhead is. */
const INTERVAL = 100;
/** So long may a picture that is on its way put that off: each message costs its host work that the picture would wait for. */
const PATIENCE = 1000;

/** So long after the line to the kernel is back its host may still bring traits of before, in milliseconds. */
const AFTERMATH = 5000;
/** So many places are remembered: more than change before a cut is noticed. */
const KNOWN = 40;

/** Follow the traits; tell Python where the playhead is and what is selected, but not while a picture `isAwaited`. */
export function mirrorTraits(
  model: AnyModel<Traits>,
  shared: Shared,
  isAwaited: () => boolean,
  signal: AbortSignal,
): void {
  const known = new Known(shared, signal);
  const push = throttled(isAwaited, () => {
    const frame = shared.frame.peek();
    const selection = shared.selection.peek();
    const moved = model.get("frame") !== frame;
    const chosen = !sameIds(model.get("selection"), selection);
    if (moved) {
      model.set("frame", frame);
    }
    if (chosen) {
      model.set("selection", [...selection]);
    }
    if (moved || chosen) {
      model.save_changes();
    }
  });
  mirror("frame", (frame) => {
    if (known.isNews("frame", frame)) {
      shared.frame.value = frame;
    } else {
      push();
    }
  });
  mirror("selection", (ids) => {
    if (!known.isNews("selection", ids)) {
      push();
    } else if (!sameIds(ids, shared.selection.peek())) {
      shared.selection.value = new Set(ids);
    }
  });
  mirror("height", (height) => {
    shared.height.value = height;
  });
  mirror("theme", (theme) => {
    shared.theme.value = theme;
  });
  mirror("labels_locked", (locked) => {
    shared.labelsLocked.value = locked;
  });
  mirror("keymap", (keymap) => {
    shared.keymap.value = keymap;
  });
  follow(signal, () => {
    shared.frame.value;
    shared.selection.value;
    push();
  });

  function mirror<K extends keyof Traits>(name: K, take: (value: Traits[K]) => void): void {
    const read = () => take(model.get(name));
    read();
    model.on(`change:${name}`, read);
    signal.addEventListener("abort", () => model.off(`change:${name}`, read));
  }
}

/**
 * What Python has known of late. When a line that was cut is back, JupyterLab sets all traits to what the
 * kernel has: the place where the person was before the cut, which is no news.
 */
class Known {
  readonly #shared: Shared;
  #places: string[] = [];
  #until = 0;

  constructor(shared: Shared, signal: AbortSignal) {
    this.#shared = shared;
    let before = shared.line.peek();
    follow(signal, () => {
      const line = shared.line.value;
      if (line === "live" && before !== "live") {
        this.#until = performance.now() + AFTERMATH;
      }
      before = line;
    });
  }

  isNews(name: string, value: unknown): boolean {
    const place = `${name} ${JSON.stringify(value)}`;
    const isLive = this.#shared.line.peek() === "live";
    if ((!isLive || performance.now() < this.#until) && this.#places.includes(place)) {
      return false;
    }
    if (isLive) {
      this.#places = [...this.#places, place].slice(-KNOWN);
    }
    return true;
  }
}

function sameIds(ids: readonly number[], set: ReadonlySet<number>): boolean {
  return ids.length === set.size && ids.every((id) => set.has(id));
}

/** Run a while after it was asked for, once for all that ask meanwhile: a picture that is shown at once is not held up. */
function throttled(isPutOff: () => boolean, run: () => void): () => void {
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const fire = () => {
    if (isPutOff() && performance.now() < asked + PATIENCE) {
      timer = setTimeout(fire, INTERVAL);
    } else {
      timer = null;
      run();
    }
  };
  return () => {
    if (timer === null) {
      asked = performance.now();
      timer = setTimeout(fire, INTERVAL);
    }
  };
}
