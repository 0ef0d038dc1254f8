import { expect, test } from "vitest";
import type { Course } from "./clock.ts";
import { around, strideOf, strideOfMoves, upcoming } from "./plan.ts";

const times = Float64Array.from({ length: 300 }, (_, frame) => frame / 30);
const course = (more: Partial<Course> = {}): Course => ({
  times,
  span: { start: 0, stop: 300 },
  speed: 1,
  backward: false,
  loop: false,
  ...more,
});

test("the frame shown is the most urgent, then those ahead and behind, all inside the clip", () => {
  const frames = around(2, 1, 40);
  expect(frames.slice(0, 5)).toEqual([2, 3, 1, 4, 0]);
  expect(Math.max(...frames)).toBe(39);
  expect(new Set(frames).size).toBe(frames.length);
  expect(around(39, -1, 40).slice(0, 3)).toEqual([39, 38, 37]);
});

test("a drag goes on as it went: what it comes to next is most urgent", () => {
  expect(around(100, 20, 300).slice(0, 7)).toEqual([100, 120, 140, 160, 101, 99, 102]);
  expect(around(30, -20, 300).slice(0, 4)).toEqual([30, 10, 29, 31]);
  expect(strideOfMoves(18, 20)).toBe(20);
  expect(strideOfMoves(-9, -20)).toBe(-20);
  expect(strideOfMoves(20, -20)).toBe(-1);
  expect(strideOfMoves(1, 200)).toBe(1);
  expect(strideOfMoves(300, 20)).toBe(1);
});

test.each([
  [1, 0, 1],
  [2, 0, 1],
  [4, 0, 2],
  [8, 0, 4],
  [8, 2, 16],
  [0.25, 1, 2],
])(
  "at %f times speed and level %i every %i-th frame is worth a picture",
  (speed, level, stride) => {
    expect(strideOf(course({ speed }), level)).toBe(stride);
  },
);

test("a plan goes on as playback does, and always has the last frame", () => {
  expect(upcoming(course(), 3, 4, 3)).toEqual([4, 8, 12]);
  expect(upcoming(course(), 293, 4, 9)).toEqual([296, 299]);
  expect(upcoming(course({ backward: true }), 9, 4, 9)).toEqual([8, 4, 0]);
  expect(upcoming(course(), 299, 4, 9)).toEqual([]);
});

test("a plan goes round in a loop, each frame once", () => {
  const loop = course({ loop: true, span: { start: 10, stop: 15 } });
  expect(upcoming(loop, 13, 1, 9)).toEqual([14, 10, 11, 12]);
  expect(upcoming({ ...loop, backward: true }, 11, 2, 9)).toEqual([10, 14, 12]);
  expect(upcoming({ ...loop, span: { start: 10, stop: 11 } }, 10, 1, 9)).toEqual([]);
});

test("a coarser plan is part of a finer one", () => {
  const fine = new Set(upcoming(course(), 7, 2, 300));
  expect(upcoming(course(), 7, 8, 300).filter((frame) => !fine.has(frame))).toEqual([]);
});
