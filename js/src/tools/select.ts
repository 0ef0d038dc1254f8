import { batch } from "@preact/signals-core";
import { type Box, boxToJson, move } from "../core/shapes/box.ts";
import { type DragOptions, dragHandle, type Handle } from "../core/shapes/handles.ts";
import { hitHandle, hitShapes } from "../stage/hit.ts";
import type { Shape } from "../store/derived.ts";
import type { Store } from "../store/store.ts";
import { type Gesture, hasMoved, type Press } from "./gesture.ts";

/** A box never gets a side shorter than this by dragging, in picture pixels. */
const MIN_SIZE = 1;

/** Select by click, move by dragging inside, resize and turn by the handles. */
export function pressSelect(store: Store, press: Press): Gesture {
  const { derived } = store;
  const caught = handleUnder(store, press);
  if (caught !== null) {
    const { shape, handle } = caught;
    return reshape(store, shape, press, (to) =>
      dragHandle(shape.box, handle, press.image, to.image, optionsOf(to)),
    );
  }
  const shapes = [...derived.active.peek(), ...derived.resting.peek()];
  return pressPile(store, press, hitShapes(shapes, derived.camera.peek(), press.point));
}

/** The cursor over a point of the stage. */
export function selectCursor(store: Store, press: Press): string {
  const { derived, view } = store;
  const caught = handleUnder(store, press);
  if (caught !== null) {
    const { shape, handle } = caught;
    return handle === "rotate" ? "grab" : resizeCursor(handle, shape.box.rotation);
  }
  const shapes = [...derived.active.peek(), ...derived.resting.peek()];
  const [hit] = hitShapes(shapes, derived.camera.peek(), press.point);
  view.hover.value = hit?.track.id ?? null;
  return hit ? (hit.locked ? "not-allowed" : "move") : "default";
}

/** The handle under the pointer: only a box selected alone, and free to change, has handles. */
function handleUnder(
  { view, derived }: Store,
  press: Press,
): { shape: Shape; handle: Handle } | null {
  const [shape, ...others] = derived.active.peek();
  if (shape === undefined || others.length > 0 || shape.locked || view.readOnly.peek()) {
    return null;
  }
  const handle = hitHandle(shape.box, derived.camera.peek(), press.point);
  return handle === null ? null : { shape, handle };
}

function pressPile(store: Store, press: Press, pile: readonly Shape[]): Gesture {
  const { view } = store;
  const held = pile.find((shape) => shape.selected) ?? pile[0];
  if (held === undefined) {
    return onClick(press, () => {
      view.selection.value = new Set();
    });
  }
  if (press.shift || press.ctrl) {
    return onClick(press, () => {
      view.selection.value = toggled(view.selection.peek(), held.track.id);
    });
  }
  if (!held.selected) {
    view.selection.value = new Set([held.track.id]);
  }
  const next = held.selected ? following(pile, held) : held;
  const click = onClick(press, () => {
    view.selection.value = new Set([next.track.id]);
  });
  if (held.locked) {
    const { id, label } = held.track;
    store.notify("info", `#${id} ${label} is locked. L unlocks.`);
    return click;
  }
  if (view.readOnly.peek()) {
    return click;
  }
  const drag = reshape(store, held, press, (to) =>
    move(held.box, to.image.x - press.image.x, to.image.y - press.image.y),
  );
  return {
    ...drag,
    finish(to) {
      drag.finish(to);
      click.finish(to);
    },
  };
}

/** Show the changed box while the pointer moves; make it a keyframe when it is let go. */
function reshape(store: Store, shape: Shape, from: Press, change: (to: Press) => Box): Gesture {
  const { view } = store;
  const track = shape.track.id;
  const frame = view.frame.peek();
  const cancel = () => {
    view.preview.value = null;
  };
  let moved = false;
  return {
    move(to) {
      moved ||= hasMoved(from, to);
      if (moved) {
        view.preview.value = { track, box: change(to) };
      }
    },
    finish(to) {
      batch(() => {
        cancel();
        if (moved) {
          store.commit({ kind: "set_keyframe", track, frame, box: boxToJson(change(to)) });
        }
      });
    },
    cancel,
  };
}

function onClick(from: Press, act: () => void): Gesture {
  return {
    move() {},
    finish(to) {
      if (!hasMoved(from, to)) {
        act();
      }
    },
    cancel() {},
  };
}

function following(pile: readonly Shape[], shape: Shape): Shape {
  return pile[(pile.indexOf(shape) + 1) % pile.length] ?? shape;
}

function toggled(selection: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const next = new Set(selection);
  if (!next.delete(id)) {
    next.add(id);
  }
  return next;
}

function optionsOf({ shift, alt }: Press): DragOptions {
  return { ratio: shift, centre: alt, minSize: MIN_SIZE };
}

const DIRECTIONS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];

function resizeCursor(handle: Handle, rotation: number): string {
  const turned = DIRECTIONS.indexOf(handle) + Math.round(rotation / 45) + 16;
  return `${DIRECTIONS[turned % 8]}-resize`;
}
