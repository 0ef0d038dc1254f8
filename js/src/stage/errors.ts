import type { Camera, Point } from "../core/geometry.ts";
import { boxAt } from "../core/interpolate.ts";
import type { Box } from "../core/shapes/box.ts";
import type { Derived } from "../store/derived.ts";
import { type Glyph, holds, KINDS, type ReviewError } from "../store/review.ts";
import type { Store } from "../store/store.ts";
import { paintGlyph } from "./glyphs.ts";
import { handleOnStage } from "./hit.ts";
import { type Brush, CHIP, CHIP_HEIGHT, inSight, placeOf } from "./paint.ts";
import type { Tag } from "./tags.ts";

/** The colours of errors on the stage, which is dark in every theme. */
const INKS: Readonly<Record<Glyph, string>> = {
  miss: "#ff6a5c",
  fp: "#ea7cff",
  idsw: "#fff",
  iou: "#ffcc33",
};
const [PAPER, INK] = ["#fff", "#111"];
/** Room of a mark, between the parts of a chip, and from its top to its box, in css px. */
const [MARK, GAP, ABOVE] = [16, 5, CHIP_HEIGHT + 2];

/** Room around the handle that turns a selected box, in css px. */
const KNOB = 12;

/** Name the errors of a frame at their boxes, beside the tags, and count them in the corner. */
export function paintErrors(brush: Brush, store: Store, tags: readonly Tag[]): void {
  const { view, derived } = store;
  const review = derived.review.peek();
  if (review === null) {
    return;
  }
  const frame = view.frame.peek();
  const here = errorsHere(derived, frame);
  const knobs = derived.active.peek().map(({ box }) => knobOf(box, brush.camera));
  const taken: Patch[] = [...tags, ...knobs];
  for (const error of here) {
    const box = boxOf(error, store, frame);
    const place = box && placeOf(brush.camera, box);
    if (place && inSight(place, brush)) {
      const mark = { glyph: KINDS[error.kind].glyph, text: nameOf(error) };
      const current = error === derived.error.peek();
      const chip = chipOf(brush, [mark], { x: place.left - 1, y: place.top - ABOVE }, current);
      const free = besides(chip, taken);
      taken.push(free);
      paintMarks(brush, free);
    }
  }
  const paired = review.pairs.filter((pair) => holds(pair, frame)).length;
  const wrong = review.errors.filter(
    (error) => KINDS[error.kind].glyph === "iou" && holds(error, frame),
  ).length;
  const counts = (Object.keys(INKS) as Glyph[]).flatMap((glyph) => {
    const count = here.filter(({ kind }) => KINDS[kind].glyph === glyph).length;
    return count > 0 ? [{ glyph, text: String(count) }] : [];
  });
  const matched = { glyph: null, text: `${paired - wrong} matched` };
  paintMarks(brush, chipOf(brush, [matched, ...counts], { x: 8, y: 8 }));
}

/** The errors on a frame that are not left out. */
export function errorsHere({ errors }: Derived, frame: number): ReviewError[] {
  return errors.peek().filter((error) => holds(error, frame));
}

/** The box of an error on a frame: the prediction's, where it has none the label's. */
function boxOf({ truth, prediction }: ReviewError, store: Store, frame: number): Box | null {
  const predicted = store.view.predictions.peek().get(prediction ?? 0);
  const label = store.document.annotation.peek().tracks.get(truth ?? 0);
  return (predicted && boxAt(predicted, frame)) ?? (label ? boxAt(label, frame) : null);
}

/** What is said of an error at its box. */
function nameOf({ kind, truth, prediction, was, iou }: ReviewError): string {
  switch (kind) {
    case "miss":
      return `#${truth} missed`;
    case "late_start":
      return `#${truth} found late`;
    case "early_end":
      return `#${truth} lost early`;
    case "false_positive":
      return `P${prediction} false`;
    case "duplicate":
      return `P${prediction} doubles`;
    case "low_iou":
      return `#${truth} IoU ${iou?.toFixed(2)}`;
    case "wrong_class":
      return `#${truth} wrong class`;
    case "transfer":
      return `P${prediction} #${was} → #${truth}`;
    default:
      return `#${truth} P${was} → P${prediction}`;
  }
}

type Mark = { glyph: Glyph | null; text: string };
type Patch = { x: number; y: number; width: number };
type Chip = Patch & { marks: readonly Mark[]; widths: readonly number[]; current: boolean };

/** Where the handle that turns a box is taken hold of. */
function knobOf(box: Box, camera: Camera): Patch {
  const { x, y } = handleOnStage(box, "rotate", camera);
  return { x: x - KNOB / 2, y: y - CHIP_HEIGHT / 2, width: KNOB };
}

/** Marks with their texts, the top-left corner at a point, but whole on the stage. */
function chipOf(
  { context, font, width, height }: Brush,
  marks: readonly Mark[],
  at: Point,
  current = false,
): Chip {
  context.font = current ? `600 ${font}` : font;
  const widths = marks.map(
    ({ glyph, text }) => (glyph ? MARK : 0) + context.measureText(text).width + GAP,
  );
  const whole = widths.reduce((sum, each) => sum + each, GAP);
  const x = Math.max(4, Math.min(at.x, width - whole - 4));
  const y = Math.max(4, Math.min(at.y, height - CHIP_HEIGHT - 4));
  return { marks, widths, current, x, y, width: whole };
}

/** A chip lifted above what it would cover, as far as the stage goes. */
function besides(chip: Chip, taken: readonly Patch[]): Chip {
  const over = taken.find(
    (other) =>
      Math.abs(other.y - chip.y) < CHIP_HEIGHT &&
      chip.x < other.x + other.width &&
      other.x < chip.x + chip.width,
  );
  const y = (over?.y ?? 0) - CHIP_HEIGHT - 1;
  return over && y > 0 ? besides({ ...chip, y }, taken) : chip;
}

function paintMarks({ context, font }: Brush, chip: Chip): void {
  const { marks, widths, current, y } = chip;
  context.font = current ? `600 ${font}` : font;
  context.fillStyle = current ? PAPER : CHIP;
  context.fillRect(chip.x, y, chip.width, CHIP_HEIGHT);
  context.textBaseline = "middle";
  let x = chip.x + GAP;
  for (const [index, { glyph, text }] of marks.entries()) {
    if (glyph) {
      paintGlyph(context, glyph, current ? INK : INKS[glyph], x + 6, y + CHIP_HEIGHT / 2);
    }
    context.fillStyle = current ? INK : PAPER;
    context.fillText(text, x + (glyph ? MARK : 0), y + CHIP_HEIGHT / 2 + 0.5);
    x += widths[index] ?? 0;
  }
}
