import { type Point, toScreen } from "../core/geometry.ts";
import type { Box } from "../core/shapes/box.ts";
import type { Shape } from "../store/derived.ts";
import type { Store } from "../store/store.ts";
import { ghostsOf, paintGhosts, paintTrail, trailOf } from "./ghosts.ts";
import {
  addBox,
  type Brush,
  fillFaint,
  paintChip,
  paintCross,
  paintHandles,
  paintStem,
  placeOf,
  seenOf,
  strokeHaloed,
} from "./paint.ts";
import { lookOf, paintShapes } from "./shapes.ts";
import { isCrowd, type Tag } from "./tags.ts";

/** How much a selected box, and one under the pointer, is filled. */
const [SELECTED, HOVERED] = [0.14, 0.08];

/** Paint what is selected, hovered and under way, beside the tags of the boxes below, and what is said at the pointer. */
export function paintGesture(
  brush: Brush,
  store: Store,
  late: boolean,
  tagsBelow: readonly Tag[],
): void {
  const { view, derived } = store;
  const active = derived.active.peek();
  const look = lookOf(store);
  paintAround(brush, store);
  const resting = derived.resting.peek();
  const hovered = resting.filter(({ track }) => track.id === view.hover.peek());
  // Where all have their tags its tag is there already, in its place among them.
  const crowded = hovered.length > 0 && isCrowd(seenOf(brush, resting).length);
  const tags = crowded ? look.tags : null;
  paintShapes(brush, hovered, { ...look, tags, fill: look.fill + HOVERED });
  const held = handled(store, active);
  if (held) {
    paintStem(brush, held.box);
  }
  paintShapes(brush, active, {
    ...lookOf(store, true),
    fill: look.fill + SELECTED,
    free: tagsBelow,
  });
  if (held) {
    paintHandles(brush, held.box);
  }
  paintMarkedBoxes(brush, store);
  paintDraft(brush, store);
  paintBand(brush, store);
  paintPointer(brush, store);
  if (late && view.connected.peek()) {
    const frame = view.frame.peek();
    paintChip(brush, view.frameErrors.peek().get(frame) ?? `Frame ${frame}…`, { x: 8, y: 8 });
  } else if (view.buffering.peek()) {
    paintChip(brush, "Waiting for frames…", { x: 8, y: 8 });
  }
}

/** The boxes that Python wants to be looked at on this frame, dashed. */
function paintMarkedBoxes(brush: Brush, { view }: Store): void {
  for (const box of view.marks.peek().boxes.get(view.frame.peek()) ?? []) {
    const { context } = brush;
    context.beginPath();
    addBox(brush, box);
    context.setLineDash([6, 4]);
    strokeHaloed(context, "#fff", 1.5);
    context.setLineDash([]);
  }
}

/** The box that shows its handles: the only one selected, unless it is locked or a box is drawn. */
function handled({ view }: Store, [only, ...others]: readonly Shape[]): Shape | null {
  const shown = only && others.length === 0 && !only.locked && view.tool.peek() === "select";
  return shown ? only : null;
}

/** Where the selected tracks come from and go to. */
function paintAround(brush: Brush, { view, derived, document }: Store): void {
  const frame = view.frame.peek();
  const selection = view.selection.peek();
  const colourOf = derived.swatch.peek();
  for (const id of selection) {
    const track = document.annotation.peek().tracks.get(id);
    if (track && derived.shown.peek()(id)) {
      const colour = brush.colour(colourOf(track));
      if (view.ghosts.peek() && selection.size === 1 && derived.review.peek() === null) {
        const own = derived.active.peek().find((shape) => shape.track.id === id)?.box ?? null;
        paintGhosts(brush, ghostsOf(track, frame), colour, own);
      }
      if (view.trails.peek()) {
        paintTrail(brush, trailOf(track, frame, derived.video.peek().frame_count), colour);
      }
    }
  }
}

function paintDraft(brush: Brush, { view, derived }: Store): void {
  const draft = view.preview.peek()?.draft;
  if (draft) {
    const track = view.tool.peek() === "redraw" ? derived.selected.peek() : null;
    const label = derived.colours.peek().get(derived.label.peek()?.name ?? "");
    const colour = brush.colour(track === null ? label : derived.swatch.peek()(track));
    brush.context.beginPath();
    addBox(brush, draft);
    fillFaint(brush.context, colour, SELECTED);
    strokeHaloed(brush.context, colour);
  }
}

function paintBand(brush: Brush, { view }: Store): void {
  const band = view.band.peek();
  if (band !== null) {
    brush.context.beginPath();
    addBox(brush, { ...band, rotation: 0 });
    fillFaint(brush.context, "#fff", 0.12);
    strokeHaloed(brush.context, "#fff", 1);
  }
}

/** Hair lines while a box is drawn or when they are asked for, and the numbers of what is under way. */
function paintPointer(brush: Brush, { view }: Store): void {
  const pointer = view.pointer.peek();
  const preview = view.preview.peek();
  const at = pointer && toScreen(brush.camera, pointer);
  if (at && (view.hairlines.peek() || view.tool.peek() !== "select")) {
    paintCross(brush, at);
  }
  if (preview !== null) {
    const [box = preview.draft] = preview.boxes.values();
    const place = view.byKeys.peek() || at === null ? box && under(brush, box) : beside(at);
    paintChip(brush, preview.text, place ?? { x: 8, y: 8 });
  } else if (at && pointer && view.hairlines.peek()) {
    paintChip(brush, `x ${Math.round(pointer.x)}, y ${Math.round(pointer.y)}`, beside(at));
  }
}

function beside({ x, y }: Point): Point {
  return { x: x + 14, y: y + 14 };
}

function under({ camera }: Brush, box: Box): Point {
  const { left, bottom } = placeOf(camera, box);
  return { x: left, y: bottom + 6 };
}
