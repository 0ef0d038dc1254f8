import type { Point } from "../core/geometry.ts";
import { stateAt } from "../core/interpolate.ts";
import { stepValue, type Track } from "../core/track.ts";
import type { Shape } from "../store/derived.ts";
import type { TagPart } from "../store/view.ts";
import { type Brush, type Place, type Seen, seenOf } from "./paint.ts";

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

/** The score of a track on a frame, as far as it has one. */
export function scoreText(track: Track, frame: number): string {
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

/** So many boxes have all their tags, at all times, above each other where they meet; of more, those for which there is room. */
const CROWD = 60;
/** Width of the cells in which room for tags is kept, in css px; their height is a tag's. */
const CELL = 24;

/** Whether there are too many boxes for each to have its tag. */
export function isCrowd(count: number): boolean {
  return count > CROWD;
}

/** How tags are written, and what they must not cover. */
export type TagLook = {
  /** What the tag of a box says; null where something else names it. */
  tag(shape: Shape): string | null;
  /** Whether the frame is just passed by: the tags of a crowd come where the playhead rests. */
  passing: boolean;
  /** Boxes whose tags are painted above these. */
  beside: readonly Shape[];
};

/**
 * Paint the tags of boxes; of a crowd those for which there is room, none while it passes by. Returns
 * those that are never left out.
 */
export function paintTags(
  brush: Brush,
  seen: readonly Seen[],
  look: TagLook,
  colourOf: (shape: Shape) => string,
): readonly Tag[] {
  if (isCrowd(seen.length)) {
    if (!look.passing) {
      paintSome(brush, seen, look, colourOf);
    }
    return [];
  }
  const taken = laid(brush, seenOf(brush, look.beside), look, []);
  const tags = laid(brush, seen, look, taken);
  for (const tag of tags) {
    paintTag(brush, tag, colourOf(tag.shape));
  }
  return tags;
}

/** Where the tags of boxes are when none covers another, nor one that is there already. */
function laid(
  brush: Brush,
  seen: readonly Seen[],
  { tag }: TagLook,
  before: readonly Tag[],
): readonly Tag[] {
  const taken = [...before];
  for (const { shape, place } of seen) {
    const text = tag(shape);
    if (text !== null) {
      const wanted = tagOf(brush, shape, place, text);
      taken.push(freed(wanted, taken, -1) ?? freed(wanted, taken, 1, brush.height) ?? wanted);
    }
  }
  return taken.slice(before.length);
}

/** A tag, moved up or down past those that it would cover; null where the stage ends. */
function freed(tag: Tag, taken: readonly Tag[], way: -1 | 1, height = 0): Tag | null {
  let y = tag.y;
  const covered = (other: Tag) =>
    Math.abs(other.y - y) <= TAG_HEIGHT &&
    other.x < tag.x + tag.width &&
    tag.x < other.x + other.width;
  for (let other = taken.find(covered); other; other = taken.find(covered)) {
    y = other.y + way * (TAG_HEIGHT + 1);
    if (way < 0 ? y < 0 : y + TAG_HEIGHT > height) {
      return null;
    }
  }
  return { ...tag, y };
}

/** Paint the tags of a crowd for which there is room. */
function paintSome(
  brush: Brush,
  seen: readonly Seen[],
  look: TagLook,
  colourOf: (shape: Shape) => string,
): void {
  const taken = new Set<number>();
  for (const { shape, place } of seen) {
    // Most of a crowd ends here, before a text is made and measured.
    if (taken.has(cellAt(cornerOf(brush, place)))) {
      continue;
    }
    const text = look.tag(shape);
    if (text === null) {
      continue;
    }
    const tag = tagOf(brush, shape, place, text);
    const cells = cellsOf(tag);
    if (!cells.some((cell) => taken.has(cell))) {
      for (const cell of cells) {
        taken.add(cell);
      }
      paintTag(brush, tag, colourOf(shape));
    }
  }
}

/** A tag, its top-left corner in css px. */
export type Tag = {
  shape: Shape;
  text: string;
  font: string;
  marks: string[];
  x: number;
  y: number;
  width: number;
};

/** The tag of a box: above it, or where the stage has room for it. */
function tagOf(brush: Brush, shape: Shape, place: Place, text: string): Tag {
  const marks = [
    shape.locked && LOCK,
    shape.occluded && OCCLUDED,
    shape.keyframe && KEYFRAME,
  ].filter((mark) => mark !== false);
  const font = shape.selected ? `600 ${brush.font}` : brush.font;
  const width = 2 * EDGE + marks.length * MARK + widthOf(brush.context, font, text);
  const { x, y } = cornerOf(brush, place);
  return { shape, text, font, marks, x: Math.max(0, Math.min(x, brush.width - width)), y, width };
}

/** Where the tag of a box begins, if it is not too wide to. */
function cornerOf(brush: Brush, { left, top }: Place): Point {
  const y = Math.max(0, Math.min(top - TAG_HEIGHT - 1, brush.height - TAG_HEIGHT));
  return { x: Math.max(0, left - 2), y };
}

function cellAt({ x, y }: Point): number {
  return Math.floor(y / TAG_HEIGHT) * 4096 + Math.floor(x / CELL);
}

function cellsOf({ x, y, width }: Tag): number[] {
  const cells: number[] = [];
  for (const row of [Math.floor(y / TAG_HEIGHT), Math.floor((y + TAG_HEIGHT - 1) / TAG_HEIGHT)]) {
    for (let at = Math.floor(x / CELL); at * CELL < x + width; at++) {
      cells.push(row * 4096 + at);
    }
  }
  return cells;
}

function paintTag({ context }: Brush, { text, font, marks, x, y, width }: Tag, colour: string) {
  context.font = font;
  context.fillStyle = colour;
  context.fillRect(x, y, width, TAG_HEIGHT);
  context.fillStyle = INK;
  context.textBaseline = "middle";
  context.fillText(text, x + EDGE + marks.length * MARK, y + TAG_HEIGHT / 2 + 0.5);
  for (const [index, mark] of marks.entries()) {
    paintMark(context, mark, x + 2 + index * MARK, y);
  }
}

const widths = new Map<string, number>();

/** The width of a text, measured once. */
function widthOf(context: CanvasRenderingContext2D, font: string, text: string): number {
  const key = `${font} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) {
    return known;
  }
  if (widths.size > 5000) {
    widths.clear();
  }
  context.font = font;
  const { width } = context.measureText(text);
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
