import fc from "fast-check";
import { beforeEach, expect, test, vi } from "vitest";
import { trackFromJson } from "../core/json.ts";
import type { TagPart } from "../store/view.ts";
import { seenOf } from "./paint.ts";
import { paintTags, tagText } from "./tags.ts";

const track = trackFromJson({
  id: 3,
  label: "car",
  keyframes: [{ frame: 0, box: [0, 0, 10, 20], source: "model", score: 0.875 }],
  attributes: { colour: [[0, "red"]], parked: [[5, true]], lit: [[0, false]] },
});
const shape = {
  track,
  box: { x: 0, y: 0, w: 10.4, h: 20, rotation: 0 },
  occluded: false,
  keyframe: true,
  selected: false,
  locked: false,
};

test.each<[TagPart[], number, string]>([
  [["id", "label"], 0, "#3 car"],
  [["label", "score"], 9, "car 0.88"],
  [["attributes"], 0, "red"],
  [["id", "attributes", "size"], 9, "#3 red, parked 10 × 20"],
  [[], 0, ""],
])("a tag of %j at frame %d says %s", (parts, frame, text) => {
  expect(tagText(shape, new Set(parts), frame)).toBe(text);
});

const WIDTH = 400;
const HEIGHT = 300;

/** Paint boxes at corners; what is written, and the rectangles it is written on. */
function painted(corners: readonly (readonly [number, number])[], passing = false, beside = 0) {
  const texts: string[] = [];
  const rects: { x: number; y: number; w: number; h: number }[] = [];
  const measureText = vi.fn(() => ({ width: 30 }));
  const context = {
    measureText,
    fillRect: (x: number, y: number, w: number, h: number) => rects.push({ x, y, w, h }),
    fillText: (text: string) => texts.push(text),
    stroke: () => {},
    fill: () => {},
    translate: () => {},
  };
  const brush = {
    context: context as unknown as CanvasRenderingContext2D,
    camera: { scale: 1, x: 0, y: 0 },
    width: WIDTH,
    height: HEIGHT,
    colour: () => "#fff",
    font: "11px sans-serif",
  };
  const shapes = corners.map(([x, y], id) => ({
    ...shape,
    track: { ...track, id },
    box: { x, y, w: 10, h: 10, rotation: 0 },
  }));
  const tag = ({ track: { id } }: { track: { id: number } }) => `#${id}`;
  const seen = seenOf(brush, shapes.slice(beside));
  const look = { tag, passing, beside: shapes.slice(0, beside) };
  paintTags(brush, seen, look, () => "#fff");
  return { texts, rects, measured: measureText.mock.calls.length };
}

beforeEach(() => vi.stubGlobal("Path2D", class {}));

test("tags of a crowd for which there is no room are not even measured, and none while it passes by", () => {
  const crowd = Array.from({ length: 100 }, (_, id) => [id < 99 ? 100 : 300, 100] as const);
  expect(painted(crowd, true).texts).toEqual([]);
  expect(painted(crowd)).toMatchObject({ texts: ["#0", "#99"], measured: 2 });
  expect(painted(crowd.slice(0, 3), true).texts).toHaveLength(3);
});

test("tags that would cover each other are above each other", () => {
  const { rects } = painted([
    [100, 100],
    [110, 105],
    [100, 150],
  ]);
  expect(rects.map(({ y }) => y)).toEqual([83, 66, 133]);
});

test("at the edge of the stage they are below each other", () => {
  const { rects } = painted([
    [100, 0],
    [110, 3],
  ]);
  expect(rects.map(({ y }) => y)).toEqual([0, 17]);
});

test("tags that are painted later are not covered", () => {
  const { texts, rects } = painted(
    [
      [100, 100],
      [100, 100],
    ],
    false,
    1,
  );
  expect(texts).toEqual(["#1"]);
  expect(rects.map(({ y }) => y)).toEqual([66]);
});

test("each of up to twelve boxes has its tag, on the stage, and none covers another", () => {
  const corner = fc.tuple(fc.integer({ min: 0, max: 390 }), fc.integer({ min: 0, max: 290 }));
  fc.assert(
    fc.property(fc.array(corner, { maxLength: 12 }), (corners) => {
      const { rects } = painted(corners);
      expect(rects).toHaveLength(corners.length);
      for (const [index, a] of rects.entries()) {
        expect(a.y).toBeGreaterThanOrEqual(0);
        expect(a.y + a.h).toBeLessThanOrEqual(HEIGHT);
        for (const b of rects.slice(index + 1)) {
          const apart = Math.abs(a.y - b.y) >= a.h || a.x >= b.x + b.w || b.x >= a.x + a.w;
          expect(apart).toBe(true);
        }
      }
    }),
  );
});
