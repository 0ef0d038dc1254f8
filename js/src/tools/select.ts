import type { Handle } from "../core/shapes/handles.ts";
import { hitHandle, hitShapes } from "../stage/hit.ts";
import type { Shape } from "../store/derived.ts";
import type { Store } from "../store/store.ts";
import { pressBand } from "./band.ts";
import { type Gesture, onClick, type Press } from "./gesture.ts";
import { dragBoxes, dragBoxHandle } from "./reshape.ts";

/** Select by click or rubber band, move by dragging inside, resize and turn by the handles. */
export function pressSelect(store: Store, press: Press): Gesture {
  const caught = handleUnder(store, press);
  return caught !== null
    ? dragBoxHandle(store, caught.shape, caught.handle, press)
    : pressPile(store, press, pileAt(store, press.point));
}

/** All boxes under a point of the stage, the smallest first. */
export function pileAt({ derived }: Store, point: Press["point"]): Shape[] {
  const shapes = [...derived.active.peek(), ...derived.resting.peek()];
  return hitShapes(shapes, derived.camera.peek(), point);
}

/** The box of a pile that comes after the selected one; the first where none is. */
export function nextOf(pile: readonly Shape[]): Shape | undefined {
  const at = pile.findIndex((shape) => shape.selected);
  return pile[(at + 1) % pile.length];
}

/** The cursor over a point of the stage, and the box under it as the one that is hovered. */
export function selectCursor(store: Store, press: Press): string {
  const caught = handleUnder(store, press);
  if (caught !== null) {
    const { shape, handle } = caught;
    return handle === "rotate" ? "grab" : resizeCursor(handle, shape.box.rotation);
  }
  const pile = pileAt(store, press.point);
  const hit = heldOf(pile);
  store.view.hover.value = hit?.track.id ?? null;
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

/** What a press on a pile takes hold of: the selected box in it, else the smallest. */
function heldOf(pile: readonly Shape[]): Shape | undefined {
  return pile.find((shape) => shape.selected) ?? pile[0];
}

function pressPile(store: Store, press: Press, pile: readonly Shape[]): Gesture {
  const { view } = store;
  const held = heldOf(pile);
  const choose = (...ids: number[]) => {
    view.selection.value = new Set(ids);
  };
  if (held === undefined) {
    return pressBand(
      store,
      press,
      onClick(press, () => press.shift || press.ctrl || choose()),
    );
  }
  if (press.shift || press.ctrl) {
    const toggle = onClick(press, () => {
      view.selection.value = toggled(view.selection.peek(), held.track.id);
    });
    return pressBand(store, press, toggle);
  }
  const next = held.selected ? (nextOf(pile) ?? held) : held;
  if (!held.selected) {
    choose(held.track.id);
  }
  const click = onClick(press, () => choose(next.track.id));
  if (held.locked) {
    const { id, label } = held.track;
    store.notify("info", `#${id} ${label} is locked. Unlock it first.`);
    return click;
  }
  if (view.readOnly.peek()) {
    return click;
  }
  const drag = dragBoxes(store, movable(store), press);
  return {
    ...drag,
    finish(to) {
      drag.finish(to);
      click.finish(to);
    },
  };
}

/** The boxes that move together: the selected ones that are not locked. */
function movable({ derived }: Store): Shape[] {
  return derived.active.peek().filter((shape) => !shape.locked);
}

function toggled(selection: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const next = new Set(selection);
  if (!next.delete(id)) {
    next.add(id);
  }
  return next;
}

const DIRECTIONS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];

function resizeCursor(handle: Handle, rotation: number): string {
  const turned = DIRECTIONS.indexOf(handle) + Math.round(rotation / 45) + 16;
  return `${DIRECTIONS[turned % 8]}-resize`;
}
