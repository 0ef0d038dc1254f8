import { spans, type Track } from "../core/track.ts";
import { type Glyph, homeOf, KINDS, type Pair, type ReviewError } from "../store/review.ts";
import type { Store } from "../store/store.ts";
import type { Paints } from "./canvas.ts";
import type { Lane } from "./marks.ts";
import { centreX, type Scale, toX } from "./scale.ts";

/** From a lane's middle, in css px: the bar of the label, the dashed bar, the line of an error. */
const LABEL = { top: -9, height: 4 };
const PREDICTION = { top: -3, height: 9 };
const LINE = { top: 8, height: 2 };

/** Paint the lane of a label: solid where it is, dashed bars for the predictions that stand for it, its errors. */
export function paintReviewed(lane: Lane, store: Store, track: Track): void {
  const { derived } = store;
  lane.context.fillStyle = lane.colour;
  for (const span of spans(track, derived.video.peek().frame_count)) {
    const [from, width] = extent(lane.scale, span.start, span.stop);
    lane.context.fillRect(from, lane.y + LABEL.top, width, LABEL.height);
  }
  for (const pair of derived.review.peek()?.pairs ?? []) {
    if (pair.truth === track.id) {
      paintPrediction(lane, pair);
    }
  }
  paintErrors(lane, store, (error) => homeOf(error, derived.homes.peek()) === track.id);
}

/** Paint the lane of a prediction that stands for no label. */
export function paintStranger(lane: Lane, store: Store, track: Track): void {
  for (const span of spans(track, store.derived.video.peek().frame_count)) {
    paintPrediction(lane, { ...span, prediction: track.id });
  }
  paintErrors(lane, store, (error) => error.truth === null && error.prediction === track.id);
}

function paintPrediction(lane: Lane, { start, stop, prediction }: Omit<Pair, "truth">): void {
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
  context.font = paints.font;
  if (width > context.measureText(text).width + 8) {
    context.fillStyle = paints.fg2;
    context.textBaseline = "middle";
    context.fillText(text, Math.max(from, 0) + 4, y + 2);
  }
}

/** Paint errors: a line along their frames, and their mark at the first of them. */
function paintErrors(lane: Lane, { derived }: Store, isOwn: (error: ReviewError) => boolean): void {
  const { context, scale, paints, y } = lane;
  for (const error of derived.errors.peek().filter(isOwn)) {
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
    paintGlyph(context, paints, glyph, x, y + 2);
  }
}

/** The drawings of errors, 12 x 12, as strokes; some are filled. */
export const GLYPHS: Readonly<Record<Glyph, { stroke: string; fill: string }>> = {
  miss: { stroke: "M1.8 6a4.2 4.2 0 108.4 0 4.2 4.2 0 10-8.4 0", fill: "" },
  fp: { stroke: "M2 2l8 8M10 2l-8 8", fill: "" },
  idsw: { stroke: "", fill: "M1 1.5L6 6 1 10.5zM11 1.5L6 6l5 4.5z" },
  iou: {
    stroke: "M1.6 6a4.4 4.4 0 108.8 0 4.4 4.4 0 10-8.8 0",
    fill: "M6 1.6a4.4 4.4 0 010 8.8z",
  },
};

function paintGlyph(
  context: CanvasRenderingContext2D,
  paints: Paints,
  glyph: Glyph,
  x: number,
  y: number,
): void {
  const { stroke, fill } = GLYPHS[glyph];
  context.save();
  context.translate(x - 6, y - 6);
  context.lineWidth = 1.8;
  context.strokeStyle = paints.errors[glyph];
  context.fillStyle = paints.errors[glyph];
  context.stroke(new Path2D(stroke));
  context.fill(new Path2D(fill));
  context.restore();
}

/** The part of a range that can be seen: its left edge and its width. */
function extent(scale: Scale, start: number, stop: number): [number, number] {
  const from = Math.max(-8, toX(scale, start));
  return [from, Math.max(0, Math.min(scale.width + 8, toX(scale, stop)) - from)];
}
