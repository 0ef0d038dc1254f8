import { toScreen } from "../core/geometry.ts";
import { boxAt } from "../core/interpolate.ts";
import { centre } from "../core/shapes/box.ts";
import { KINDS } from "../store/review.ts";
import type { Store } from "../store/store.ts";
import { addBox, type Brush, paintChip, strokeHaloed } from "./paint.ts";

/** What a prediction that stands for no label is drawn in. */
const ALONE = "#fff";

/** Frames on each side that the way of a broken identity goes through. */
const AROUND = 50;

/** Paint the predictions of a frame dashed, each in the colour of the label that it stands for. */
export function paintPredicted(brush: Brush, { derived, document }: Store): void {
  const predicted = derived.predicted.peek();
  if (predicted.length === 0) {
    return;
  }
  const { context } = brush;
  const { tracks } = document.annotation.peek();
  context.setLineDash([6, 4]);
  for (const { box, truth } of predicted) {
    const label = truth === null ? undefined : tracks.get(truth);
    context.beginPath();
    addBox(brush, box);
    strokeHaloed(context, label ? brush.colour(derived.swatch.peek()(label)) : ALONE, 2);
  }
  context.setLineDash([]);
}

/**
 * Paint the way of a label whose identity breaks: each piece in the colour of the prediction that
 * stands for it, and named after it. With trails on, that of the selected label.
 */
export function paintIdentities(brush: Brush, { view, derived, document }: Store): void {
  const error = derived.error.peek();
  const breaks = error !== null && KINDS[error.kind].glyph === "idsw";
  const selected = view.trails.peek() ? derived.selected.peek() : null;
  const track = breaks ? document.annotation.peek().tracks.get(error.truth ?? 0) : selected;
  if (!track || derived.review.peek() === null) {
    return;
  }
  const frame = view.frame.peek();
  const { context, camera } = brush;
  for (const pair of derived.review.peek()?.pairs ?? []) {
    const start = Math.max(pair.start, frame - AROUND);
    const stop = Math.min(pair.stop, frame + AROUND);
    if (pair.truth !== track.id || start >= stop) {
      continue;
    }
    const way = Array.from({ length: stop - start }, (_, at) => boxAt(track, start + at));
    const places = way.flatMap((box) => (box ? [toScreen(camera, centre(box))] : []));
    context.beginPath();
    for (const { x, y } of places) {
      context.lineTo(x, y);
    }
    const { prediction: id } = pair;
    strokeHaloed(context, brush.colour(derived.swatch.peek()({ id, label: "" })), 2);
    const middle = places[places.length >> 1];
    if (middle) {
      paintChip(brush, `P${id}`, { x: middle.x + 10, y: middle.y + 8 });
    }
  }
}
