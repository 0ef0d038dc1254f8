import { untracked } from "@preact/signals-core";
import { toImage } from "../core/geometry.ts";
import { follow } from "../store/follow.ts";
import type { Store } from "../store/store.ts";
import { pressDraw } from "./draw.ts";
import type { Gesture, Press } from "./gesture.ts";
import type { KeyEdit } from "./keys.ts";
import { pressPan, zoomByWheel, zoomToPressed } from "./look.ts";
import { pileAt, pressSelect, selectCursor } from "./select.ts";
import { followTouch } from "./touch.ts";

/** What the keyboard can do to the gesture under way. */
export type Tools = {
  /** Take the gesture under way back; false when there is none. */
  cancel(): boolean;
};

/** Let the pointer act on the stage: the chosen tool, panning, the wheel, two fingers, double-click. */
export function mountTools(
  host: HTMLElement,
  store: Store,
  keyEdit: KeyEdit,
  signal: AbortSignal,
): Tools {
  const { view } = store;
  let gesture: Gesture | null = null;
  /** The pointer that makes it: another finger, or the palm beside a pen, is not heard. */
  let held: number | null = null;
  let last: Press | null = null;
  let selections: ReadonlySet<number>[] = [];

  const on = <T extends keyof HTMLElementEventMap>(
    type: T,
    act: (event: HTMLElementEventMap[T]) => void,
  ) => host.addEventListener(type, act, { signal, passive: false });
  const cancel = () => {
    const running = gesture;
    gesture = null;
    running?.cancel();
    return running !== null;
  };
  const isPinched = followTouch(host, store, () => cancel(), signal);

  on("pointerdown", (event) => {
    host.focus({ preventScroll: true });
    view.playing.value = false;
    keyEdit.keep();
    if (isPinched() || gesture !== null) {
      return;
    }
    selections = [...selections.slice(-1), view.selection.peek()];
    last = pressOf(event, host, store);
    gesture = begin(store, event.button, last);
    held = event.pointerId;
    if (gesture !== null) {
      event.preventDefault();
      host.setPointerCapture(event.pointerId);
    }
  });
  const isOther = ({ pointerId }: PointerEvent) => gesture !== null && pointerId !== held;
  on("pointermove", (event) => {
    if (isOther(event)) {
      return;
    }
    last = pressOf(event, host, store);
    if (gesture !== null) {
      gesture.move(last);
    } else if (view.tool.peek() === "select") {
      host.style.cursor = selectCursor(store, last);
    }
  });
  on("pointerup", (event) => {
    if (isOther(event)) {
      return;
    }
    const running = gesture;
    gesture = null;
    running?.finish(pressOf(event, host, store));
  });
  on("pointercancel", (event) => {
    if (!isOther(event)) {
      cancel();
    }
  });
  on("pointerleave", () => {
    view.hover.value = null;
  });
  for (const type of ["keydown", "keyup"] as const) {
    on(type, (event) => {
      if (gesture !== null && last !== null && /^(Shift|Alt)$/.test(event.key)) {
        event.preventDefault();
        last = { ...last, shift: event.shiftKey, alt: event.altKey };
        gesture.move(last);
      }
    });
  }
  on("wheel", (event) => zoomByWheel(event, store, pressOf(event, host, store).point));
  on("dblclick", (event) => {
    if (view.tool.peek() === "select") {
      zoomToPressed(store, pileAt(store, pressOf(event, host, store).point), selections);
    }
  });
  follow(signal, () => {
    host.style.cursor = view.tool.value === "select" ? "default" : "crosshair";
  });
  followKeyEdit(store, keyEdit, signal);
  return { cancel: () => keyEdit.revert() || cancel() };
}

function begin(store: Store, button: number, press: Press): Gesture | null {
  const { view } = store;
  if (button === 1 || (button === 0 && press.ctrl)) {
    return pressPan(store, press, button === 0 ? pressSelect(store, press) : null);
  }
  if (button !== 0) {
    return null;
  }
  return view.tool.peek() !== "select" && !view.readOnly.peek()
    ? pressDraw(store, press)
    : pressSelect(store, press);
}

function pressOf(event: MouseEvent, host: HTMLElement, { derived }: Store): Press {
  const { left, top } = host.getBoundingClientRect();
  const point = { x: event.clientX - left, y: event.clientY - top };
  return {
    point,
    image: toImage(derived.camera.peek(), point),
    shift: event.shiftKey,
    alt: event.altKey,
    ctrl: event.ctrlKey || event.metaKey,
  };
}

/** Boxes that are changed by keys are kept when something else is looked at. */
function followKeyEdit({ view }: Store, keyEdit: KeyEdit, signal: AbortSignal): void {
  follow(signal, () => {
    view.frame.value;
    view.selection.value;
    untracked(() => {
      if (!view.preview.value?.draft) {
        keyEdit.keep();
      }
    });
  });
}
