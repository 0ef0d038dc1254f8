import { stateAt } from "../core/interpolate.ts";
import { stepValue, type Track } from "../core/track.ts";
import type { Shape } from "../store/derived.ts";
import type { TagPart } from "../store/view.ts";
import type { Brush, Place } from "./paint.ts";

const INK = "#111";
/** Height of a tag in css px. */
export const TAG_HEIGHT = 16;
/** Room of a mark before the text, and of its edges. */
const [MARK, EDGE] = [15, 4];

const LOCK = "M2.5 6.5h8v6h-8zM4 6.5v-2a2.5 2.5 0 015 0v2";
const OCCLUDED = "M1.5 4.5h10v8h-10zM1.5 9l4.5-4.5M3 12.5l8-8M7.5 12.5l4-4";
const KEYFRAME = "M6.5 4.5l4 4-4 4-4-4z";

/** What the tag of a box says on a frame. */
export function tagText({ track, box }: Shape, parts: ReadonlySet<TagPart>, frame: number): string {
  const texts = [
    parts.has("id") && `#${track.id}`,
    parts.has("label") && track.label,
    parts.has("score") && scoreText(track, frame),
    parts.has("attributes") && attributesText(track, frame),
    parts.has("size") && `${Math.round(box.w)} × ${Math.round(box.h)}`,
  ];
  return texts.filter(Boolean).join(" ");
}

function scoreText(track: Track, frame: number): string {
  const score = track.keyframes.scores[stateAt(track, frame).index] ?? Number.NaN;
  return Number.isNaN(score) ? "" : score.toFixed(2);
}

function attributesText({ attributes }: Track, frame: number): string {
  const values = [...attributes].map(([name, steps]) => {
    const value = stepValue(steps, frame);
    return typeof value === "boolean" ? (value ? name : null) : value;
  });
  return values.filter((value) => value !== null && value !== "").join(", ");
}

/** Paint the tag of a box above it, or where the stage has room for it. */
export function paintTag(brush: Brush, shape: Shape, place: Place, colour: string, text: string) {
  const { context, width, height, font } = brush;
  const marks = [
    shape.locked && LOCK,
    shape.occluded && OCCLUDED,
    shape.keyframe && KEYFRAME,
  ].filter((mark) => mark !== false);
  context.font = shape.selected ? `600 ${font}` : font;
  const indent = EDGE + marks.length * MARK;
  const tagWidth = indent + widthOf(context, text) + EDGE;
  const x = Math.max(0, Math.min(place.left - 2, width - tagWidth));
  const y = Math.max(0, Math.min(place.top - TAG_HEIGHT - 1, height - TAG_HEIGHT));
  context.fillStyle = colour;
  context.fillRect(x, y, tagWidth, TAG_HEIGHT);
  context.fillStyle = INK;
  context.textBaseline = "middle";
  context.fillText(text, x + indent, y + TAG_HEIGHT / 2 + 0.5);
  for (const [index, mark] of marks.entries()) {
    paintMark(context, mark, x + 2 + index * MARK, y);
  }
}

const widths = new Map<string, number>();

/** The width of a text, measured once. */
function widthOf(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font} ${text}`;
  const width = widths.get(key) ?? context.measureText(text).width;
  if (widths.size > 5000) {
    widths.clear();
  }
  widths.set(key, width);
  return width;
}

const paths = new Map<string, Path2D>();

function paintMark(context: CanvasRenderingContext2D, mark: string, x: number, y: number): void {
  const path = paths.get(mark) ?? new Path2D(mark);
  paths.set(mark, path);
  context.translate(x, y);
  context.lineWidth = 1.2;
  context.strokeStyle = INK;
  context.stroke(path);
  if (mark === KEYFRAME) {
    context.fill(path);
  }
  context.translate(-x, -y);
}
