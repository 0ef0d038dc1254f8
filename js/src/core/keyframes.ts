import { AnnotationError } from "./errors.ts";
import type { Box } from "./shapes/box.ts";

/** Where a keyframe comes from; stored as the index into this list. */
export const SOURCES = ["human", "model", "tracker", "import"] as const;

/** Where a keyframe comes from. */
export type Source = (typeof SOURCES)[number];

/** One row of a keyframe table. */
export interface Keyframe {
  readonly frame: number;
  readonly box: Box;
  readonly outside: boolean;
  readonly occluded: boolean;
  readonly hold: boolean;
  readonly source: Source;
  readonly score: number | null;
}

/**
 * Keyframes as columns of equal length, sorted by frame. The arrays are never written to once
 * made, so tables share them; `boxes` has 5 values a row (x, y, w, h, rotation), a score of NaN
 * means none.
 */
export interface Keyframes {
  readonly frames: Int32Array;
  readonly boxes: Float64Array;
  readonly outside: Uint8Array;
  readonly occluded: Uint8Array;
  readonly hold: Uint8Array;
  readonly sources: Uint8Array;
  readonly scores: Float64Array;
}

/** The columns that say yes or no. */
export type Flag = "outside" | "occluded" | "hold";

/** Where a frame lies among keyframes. */
export interface Bracket {
  /** Whether there is a keyframe on the frame itself. */
  readonly exact: boolean;
  /** Index of the last keyframe at or before the frame, -1 when there is none. */
  readonly lower: number;
  /** Index of the first keyframe after the frame, the number of keyframes when there is none. */
  readonly upper: number;
}

/** The table of some rows in any order; throws AnnotationError when two are on one frame. */
export function keyframesOf(rows: readonly Keyframe[]): Keyframes {
  const sorted = [...rows].sort((a, b) => a.frame - b.frame);
  const table = allocate(sorted.length);
  sorted.forEach((row, index) => {
    if (sorted[index + 1]?.frame === row.frame) {
      throw new AnnotationError(`two keyframes on frame ${row.frame}: leave one out`);
    }
    writeRow(table, index, row);
  });
  return table;
}

/** Index of the last keyframe at or before `frame`, -1 when there is none. */
export function indexAt(keyframes: Keyframes, frame: number): number {
  const { frames } = keyframes;
  let low = 0;
  let high = frames.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value(frames, middle) <= frame) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

/** Where `frame` lies among the keyframes. */
export function bracket(keyframes: Keyframes, frame: number): Bracket {
  const lower = indexAt(keyframes, frame);
  return { exact: keyframes.frames[lower] === frame, lower, upper: lower + 1 };
}

/** Frame of the keyframe at an index. */
export function frameOf(keyframes: Keyframes, index: number): number {
  return value(keyframes.frames, index);
}

/** Box of the keyframe at an index. */
export function boxOf({ boxes }: Keyframes, index: number): Box {
  const at = index * 5;
  return {
    x: value(boxes, at),
    y: value(boxes, at + 1),
    w: value(boxes, at + 2),
    h: value(boxes, at + 3),
    rotation: value(boxes, at + 4),
  };
}

/** The keyframe at an index as one object. */
export function keyframeOf(keyframes: Keyframes, index: number): Keyframe {
  const score = value(keyframes.scores, index);
  return {
    frame: frameOf(keyframes, index),
    box: boxOf(keyframes, index),
    outside: keyframes.outside[index] === 1,
    occluded: keyframes.occluded[index] === 1,
    hold: keyframes.hold[index] === 1,
    source: SOURCES[value(keyframes.sources, index)] ?? "human",
    score: Number.isNaN(score) ? null : score,
  };
}

/** The table with `row` inserted, or put in place of the row on its frame. */
export function put(keyframes: Keyframes, row: Keyframe): Keyframes {
  const { exact, lower, upper } = bracket(keyframes, row.frame);
  const before = slice(keyframes, 0, exact ? lower : upper);
  return concat(concat(before, keyframesOf([row])), slice(keyframes, upper));
}

/** The table without the row at an index. */
export function removeAt(keyframes: Keyframes, index: number): Keyframes {
  return concat(slice(keyframes, 0, index), slice(keyframes, index + 1));
}

/** The rows from index `start` up to index `stop`, as views of the same columns. */
export function slice(keyframes: Keyframes, start: number, stop?: number): Keyframes {
  const end = stop ?? keyframes.frames.length;
  return {
    frames: keyframes.frames.subarray(start, end),
    boxes: keyframes.boxes.subarray(start * 5, end * 5),
    outside: keyframes.outside.subarray(start, end),
    occluded: keyframes.occluded.subarray(start, end),
    hold: keyframes.hold.subarray(start, end),
    sources: keyframes.sources.subarray(start, end),
    scores: keyframes.scores.subarray(start, end),
  };
}

/** The rows of `a`, then those of `b`, all of which must lie after them. */
export function concat(a: Keyframes, b: Keyframes): Keyframes {
  const table = allocate(a.frames.length + b.frames.length);
  copyInto(table, a, 0);
  copyInto(table, b, a.frames.length);
  return table;
}

/** The table with one flag set on the rows from index `start` up to index `stop`. */
export function fillFlag(
  keyframes: Keyframes,
  flag: Flag,
  start: number,
  stop: number,
  on: boolean,
): Keyframes {
  return { ...keyframes, [flag]: keyframes[flag].slice().fill(on ? 1 : 0, start, stop) };
}

/** Whether two tables hold the same. */
export function sameKeyframes(a: Keyframes, b: Keyframes): boolean {
  return (
    a === b ||
    COLUMNS.every((name) => {
      const [mine, others] = [a[name], b[name]];
      return (
        mine.length === others.length &&
        mine.every((item, index) => {
          const other = others[index];
          return item === other || (Number.isNaN(item) && Number.isNaN(other));
        })
      );
    })
  );
}

/** The table with every frame moved by `by`. */
export function shift(keyframes: Keyframes, by: number): Keyframes {
  return { ...keyframes, frames: keyframes.frames.map((frame) => frame + by) };
}

const COLUMNS = ["frames", "boxes", "outside", "occluded", "hold", "sources", "scores"] as const;

type Column = Keyframes[keyof Keyframes];

function allocate(count: number): Keyframes {
  return {
    frames: new Int32Array(count),
    boxes: new Float64Array(count * 5),
    outside: new Uint8Array(count),
    occluded: new Uint8Array(count),
    hold: new Uint8Array(count),
    sources: new Uint8Array(count),
    scores: new Float64Array(count),
  };
}

function writeRow(table: Keyframes, index: number, row: Keyframe): void {
  const { x, y, w, h, rotation } = row.box;
  table.frames[index] = row.frame;
  table.boxes.set([x, y, w, h, rotation], index * 5);
  table.outside[index] = row.outside ? 1 : 0;
  table.occluded[index] = row.occluded ? 1 : 0;
  table.hold[index] = row.hold ? 1 : 0;
  table.sources[index] = SOURCES.indexOf(row.source);
  table.scores[index] = row.score ?? Number.NaN;
}

function copyInto(table: Keyframes, rows: Keyframes, at: number): void {
  for (const column of COLUMNS) {
    table[column].set(rows[column], column === "boxes" ? at * 5 : at);
  }
}

/** A value of a column at an index known to lie in it. */
function value(column: Column, index: number): number {
  const item = column[index];
  if (item === undefined) {
    throw new RangeError(`no row ${index} among ${column.length}`);
  }
  return item;
}
