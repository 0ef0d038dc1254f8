import type { Predicted } from "../store/derived.ts";
import { holds, KINDS, type ReviewError } from "../store/review.ts";
import type { Store } from "../store/store.ts";
import { addBox, type Brush, inSight, paintChip, placeOf, strokeHaloed } from "./paint.ts";

/** What a prediction that stands for no label is drawn in. */
const ALONE = "#fff";

/** Paint the predictions of a frame dashed, each in the colour of the label that it stands for, and name the errors. */
export function paintPredicted(brush: Brush, { view, derived, document }: Store): void {
  const { context } = brush;
  const predicted = derived.predicted.peek();
  if (predicted.length === 0) {
    return;
  }
  const { tracks } = document.annotation.peek();
  context.setLineDash([6, 4]);
  for (const { box, truth } of predicted) {
    const label = truth === null ? undefined : tracks.get(truth);
    context.beginPath();
    addBox(brush, box);
    strokeHaloed(context, label ? brush.colour(derived.swatch.peek()(label)) : ALONE, 2);
  }
  context.setLineDash([]);
  const frame = view.frame.peek();
  for (const error of derived.errors.peek()) {
    if (holds(error, frame)) {
      const box = boxOf(error, predicted);
      if (box !== null) {
        paintName(brush, `P${error.prediction} ${KINDS[error.kind].name}`, box);
      }
    }
  }
}

/** The predicted box of an error, null where it has none on the frame shown. */
function boxOf(
  { prediction }: ReviewError,
  predicted: readonly Predicted[],
): Predicted["box"] | null {
  return predicted.find(({ track }) => track.id === prediction)?.box ?? null;
}

/** A name under a box. */
function paintName(brush: Brush, text: string, box: Predicted["box"]): void {
  const place = placeOf(brush.camera, box);
  if (inSight(place, brush)) {
    paintChip(brush, text, { x: place.left, y: place.bottom + 3 });
  }
}
