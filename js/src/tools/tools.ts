import { toImage } from "../core/geometry.ts";
import { bounds } from "../core/shapes/box.ts";
import { pan, zoomAt, zoomToRect } from "../stage/camera.ts";
import { hitShapes } from "../stage/hit.ts";
import { follow } from "../store/follow.ts";
import type { Store } from "../store/store.ts";
import { pressDraw } from "./draw.ts";
import type { Gesture, Press } from "./gesture.ts";
import { pressSelect, selectCursor } from "./select.ts";

/** How much one notch of the wheel zooms. */
const WHEEL_STEP = 1.0015;

/** What the keyboard can do to the gesture under way. */
export type Tools = {
  /** Take the gesture under way back; false when there is none. */
  cancel(): boolean;
};

/** Let the pointer act on the stage: the chosen tool, panning, the wheel, double-click. */
export function mountTools(host: HTMLElement, store: Store, signal: AbortSignal): Tools {
  const { view } = store;
  let gesture: Gesture | null = null;

  const begin = (event: PointerEvent): Gesture | null => {
    const press = pressOf(event, host, store);
    if (event.button === 1 || (event.button === 0 && press.ctrl)) {
      return pressPan(store, press, event.button === 0 ? pressSelect(store, press) : null);
    }
    if (event.button !== 0) {
      return null;
    }
    return view.tool.peek() === "draw" && !view.readOnly.peek()
      ? pressDraw(store, press)
      : pressSelect(store, press);
  };
  const end = () => {
    gesture = null;
  };

  host.addEventListener(
    "pointerdown",
    (event) => {
      host.focus({ preventScroll: true });
      view.playing.value = false;
      gesture = begin(event);
      if (gesture !== null) {
        event.preventDefault();
        host.setPointerCapture(event.pointerId);
      }
    },
    { signal },
  );
  host.addEventListener(
    "pointermove",
    (event) => {
      const press = pressOf(event, host, store);
      if (gesture !== null) {
        gesture.move(press);
      } else if (view.tool.peek() === "select") {
        host.style.cursor = selectCursor(store, press);
      }
    },
    { signal },
  );
  host.addEventListener(
    "pointerup",
    (event) => {
      gesture?.finish(pressOf(event, host, store));
      end();
    },
    { signal },
  );
  const cancel = () => {
    const running = gesture;
    end();
    running?.cancel();
    return running !== null;
  };
  host.addEventListener("pointercancel", cancel, { signal });
  host.addEventListener("wheel", (event) => wheel(event, host, store), { signal, passive: false });
  host.addEventListener("dblclick", (event) => zoomToShape(event, host, store), { signal });
  follow(signal, () => {
    host.style.cursor = view.tool.value === "draw" ? "crosshair" : "default";
  });
  return { cancel };
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

/** Drag the picture; a press that does not move is left to `click`. */
function pressPan({ view, derived }: Store, from: Press, click: Gesture | null): Gesture {
  const before = derived.camera.peek();
  const own = view.camera.peek();
  const move = (to: Press) => {
    view.camera.value = pan(before, to.point.x - from.point.x, to.point.y - from.point.y);
  };
  return {
    move,
    finish(to) {
      click?.finish(to);
    },
    cancel() {
      view.camera.value = own;
    },
  };
}

function wheel(event: WheelEvent, host: HTMLElement, store: Store): void {
  const { view, derived } = store;
  if (!view.focused.peek()) {
    return;
  }
  event.preventDefault();
  const { point } = pressOf(event, host, store);
  const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
  view.camera.value = zoomAt(derived.camera.peek(), point, WHEEL_STEP ** (-event.deltaY * lines));
}

function zoomToShape(event: MouseEvent, host: HTMLElement, store: Store): void {
  const { view, derived } = store;
  const shapes = [...derived.active.peek(), ...derived.resting.peek()];
  const [hit] = hitShapes(shapes, derived.camera.peek(), pressOf(event, host, store).point);
  if (hit) {
    view.camera.value = zoomToRect(bounds(hit.box), view.stage.peek());
  }
}
