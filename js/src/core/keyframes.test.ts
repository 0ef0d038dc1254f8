import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bracket,
  concat,
  fillFlag,
  type Keyframe,
  type Keyframes,
  keyframeOf,
  keyframesOf,
  put,
  removeAt,
  shift,
  slice,
} from "./keyframes.ts";
import { anyKeyframe } from "./testing.ts";

const anyRows = fc.uniqueArray(anyKeyframe, { selector: (row) => row.frame, maxLength: 12 });

function rowsOf(table: Keyframes): Keyframe[] {
  return Array.from(table.frames, (_, index) => keyframeOf(table, index));
}

function sorted(rows: readonly Keyframe[]): Keyframe[] {
  return [...rows].sort((a, b) => a.frame - b.frame);
}

describe("a table of keyframes", () => {
  test("holds its rows, sorted", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        expect(rowsOf(keyframesOf(rows))).toEqual(sorted(rows));
      }),
    );
  });

  test("refuses two on one frame", () => {
    fc.assert(
      fc.property(anyKeyframe, anyKeyframe, (a, b) => {
        expect(() => keyframesOf([a, { ...b, frame: a.frame }])).toThrow(`frame ${a.frame}`);
      }),
    );
  });

  test("put inserts or replaces one row and leaves the table alone", () => {
    fc.assert(
      fc.property(anyRows, anyKeyframe, (rows, row) => {
        const table = keyframesOf(rows);
        const after = put(table, row);
        const others = rows.filter(({ frame }) => frame !== row.frame);
        expect(rowsOf(after)).toEqual(sorted([...others, row]));
        expect(rowsOf(table)).toEqual(sorted(rows));
      }),
    );
  });

  test("removing what was put in gives the same table", () => {
    fc.assert(
      fc.property(anyRows, anyKeyframe, (rows, row) => {
        const table = keyframesOf(rows.filter(({ frame }) => frame !== row.frame));
        const after = put(table, row);
        const back = removeAt(after, after.frames.indexOf(row.frame));
        expect(back).toEqual(table);
        expect(after).not.toEqual(table);
      }),
    );
  });

  test("is the concatenation of its slices", () => {
    fc.assert(
      fc.property(anyRows, fc.nat(12), (rows, cut) => {
        const table = keyframesOf(rows);
        const at = Math.min(cut, rows.length);
        expect(concat(slice(table, 0, at), slice(table, at))).toEqual(table);
      }),
    );
  });

  test("slices share memory, a filled flag does not", () => {
    const table = keyframesOf([row(0), row(5), row(9)]);
    expect(slice(table, 1).boxes.buffer).toBe(table.boxes.buffer);
    const filled = fillFlag(table, "outside", 1, 2, true);
    expect([...filled.outside]).toEqual([0, 1, 0]);
    expect([...table.outside]).toEqual([0, 0, 0]);
    expect(filled.boxes).toBe(table.boxes);
  });

  test("moves in time", () => {
    expect([...shift(keyframesOf([row(0), row(5)]), 3).frames]).toEqual([3, 8]);
  });
});

describe("bracket", () => {
  const table = keyframesOf([row(3), row(7)]);

  test.each([
    [0, { exact: false, lower: -1, upper: 0 }],
    [3, { exact: true, lower: 0, upper: 1 }],
    [5, { exact: false, lower: 0, upper: 1 }],
    [7, { exact: true, lower: 1, upper: 2 }],
    [9, { exact: false, lower: 1, upper: 2 }],
  ])("frame %d", (frame, expected) => {
    expect(bracket(table, frame)).toEqual(expected);
  });
});

function row(frame: number): Keyframe {
  const box = { x: frame, y: 0, w: 10, h: 10, rotation: 0 };
  const none = { outside: false, occluded: false, hold: false };
  return { frame, box, ...none, source: "human", score: null };
}
