import { spans, type Track } from "../core/track.ts";
import { paintGlyph } from "../stage/glyphs.ts";
import { homeOf, KINDS, type Pair, type ReviewError } from "../store/review.ts";
import type { Row } from "../store/rows.ts";
import type { Store } from "../store/store.ts";
import type { Lane } from "./marks.ts";
import { centreX, type Scale, toX } from "./scale.ts";

/** From a lane's middle, in css px: the bar of the label, the dashed bar, the line of an error. */
const LABEL = { top: -9, height: 4 };
const PREDICTION = { top: -3, height: 9 };
const LINE = { top: 8, height: 2 };
/** Room of the mark of an error at the start of a bar. */
const MARK = 12;

/** Paint the lane of a label: solid where it is, dashed bars for the predictions that stand for it, its errors. */
export function paintReviewed(lane: Lane, store: Store, track: Track): void {
  const { derived } = store;
  lane.context.fillStyle = lane.colour;
  for (const span of spans(track, derived.video.peek().frame_count)) {
    const [from, width] = extent(lane.scale, span.start, span.stop);
    lane.context.fillRect(from, lane.y + LABEL.top, width, LABEL.height);
  }
  const home = derived.homes.peek();
  const errors = derived.errors.peek().filter((error) => homeOf(error, home) === track.id);
  for (const pair of derived.review.peek()?.pairs ?? []) {
    if (pair.truth === track.id) {
      paintPrediction(lane, pair, errors);
    }
  }
  paintErrors(lane, store, errors);
}

/** Paint the lane of a prediction that stands for no label. */
export function paintStranger(lane: Lane, store: Store, track: Track): void {
  const { errors: all, video } = store.derived;
  const errors = all.peek().filter((error) => isAlone(error, track));
  for (const span of spans(track, video.peek().frame_count)) {
    paintPrediction(lane, { ...span, prediction: track.id }, errors);
  }
  paintErrors(lane, store, errors);
}

/** Whether an error is of a prediction on no label. */
function isAlone({ truth, prediction }: ReviewError, { id }: Track): boolean {
  return truth === null && prediction === id;
}

function paintPrediction(
  lane: Lane,
  { start, stop, prediction }: Omit<Pair, "truth">,
  errors: readonly ReviewError[],
): void {
  const { context, scale, paints, colour, y } = lane;
  const [from, width] = extent(scale, start, stop);
  context.globalAlpha = paints.barAlpha / 2;
  context.fillStyle = colour;
  context.fillRect(from, y + PREDICTION.top, width, PREDICTION.height);
  context.globalAlpha = 1;
  context.setLineDash([4, 2]);
  context.lineWidth = 1;
  context.strokeStyle = colour;
  context.strokeRect(from + 0.5, y + PREDICTION.top + 0.5, width - 1, PREDICTION.height - 1);
  context.setLineDash([]);
  const text = `P${prediction}`;
  const room = errors.some((error) => error.start === start) ? MARK : 4;
  context.font = paints.font;
  if (width > context.measureText(text).width + room + 4) {
    context.fillStyle = paints.fg2;
    context.textBaseline = "middle";
    context.fillText(text, Math.max(from, 0) + room, y + 2);
  }
}

/** Look at the error of a lane that is at a frame, or begins nearest to it. */
export function lookAt(
  { view, derived }: Store,
  row: Extract<Row, { track: Track }>,
  frame: number,
): void {
  const home = derived.homes.peek();
  const { id } = row.track;
  const isOwn = (error: ReviewError) =>
    row.kind === "track" ? homeOf(error, home) === id : isAlone(error, row.track);
  const away = ({ start, stop }: ReviewError) => Math.max(start - frame, frame - stop + 1, 0);
  const [nearest] = derived.errors
    .peek()
    .filter(isOwn)
    .sort((a, b) => away(a) - away(b));
  if (nearest && (row.kind === "prediction" || away(nearest) === 0)) {
    view.error.value = nearest;
    view.frame.value = nearest.start;
    view.selection.value = new Set(nearest.truth === null ? [] : [nearest.truth]);
  }
}

/** Paint errors: a line along their frames, and their mark at the first of them. */
function paintErrors(lane: Lane, { derived }: Store, errors: readonly ReviewError[]): void {
  const { context, scale, paints, y } = lane;
  for (const error of errors) {
    const { glyph } = KINDS[error.kind];
    const [from, width] = extent(scale, error.start, error.stop);
    context.fillStyle = paints.errors[glyph];
    context.fillRect(from, y + LINE.top, Math.max(width, 2), LINE.height);
    const x = centreX(scale, error.start);
    context.beginPath();
    context.arc(x, y + 2, 7, 0, 2 * Math.PI);
    context.fillStyle = paints.bg;
    context.fill();
    if (error === derived.error.peek()) {
      context.lineWidth = 1.5;
      context.strokeStyle = paints.accent;
      context.stroke();
    }
    paintGlyph(context, glyph, paints.errors[glyph], x, y + 2);
  }
}

/** The part of a range that can be seen: its left edge and its width. */
function extent(scale: Scale, start: number, stop: number): [number, number] {
  const from = Math.max(-8, toX(scale, start));
  return [from, Math.max(0, Math.min(scale.width + 8, toX(scale, stop)) - from)];
}
