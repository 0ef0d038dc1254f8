import fc from "fast-check";
import { expect, test } from "vitest";
import { rangeLabel, spanBetween } from "./range.ts";

const video = { name: "v", width: 64, height: 48, frame_count: 100, fps: 25 };
const times = Float64Array.from({ length: 100 }, (_, frame) => frame / 25);

test("a range says its frames, how many they are and how long", () => {
  expect(rangeLabel({ start: 10, stop: 60 }, { ...video, times })).toBe(
    "10 to 59, 50 frames, 2.00 s",
  );
  expect(rangeLabel({ start: 99, stop: 100 }, { ...video, times })).toBe(
    "99 to 99, 1 frame, 0.04 s",
  );
});

test("two frames make the same range either way, and it lies in the clip", () => {
  const frame = fc.integer({ min: -50, max: 150 });
  fc.assert(
    fc.property(frame, frame, (a, b) => {
      const range = spanBetween(a, b, 100);
      expect(spanBetween(b, a, 100)).toEqual(range);
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.stop).toBeGreaterThan(range.start);
      expect(range.stop).toBeLessThanOrEqual(100);
    }),
  );
});
