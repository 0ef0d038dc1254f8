import { expect, test } from "vitest";
import { around, pictureWidth } from "./loader.ts";

test("the picture is as wide as the screen needs, never wider than the video", () => {
  expect(pictureWidth(651, 1280)).toBe(854);
  expect(pictureWidth(651, 640)).toBe(640);
  expect(pictureWidth(5000, 3840)).toBe(3840);
  expect(pictureWidth(10, 176)).toBe(176);
});

test("the frame shown is the most urgent, then those ahead and behind, all inside the clip", () => {
  const frames = around(2, 1, 40);
  expect(frames.slice(0, 5)).toEqual([2, 3, 1, 4, 0]);
  expect(Math.max(...frames)).toBe(39);
  expect(new Set(frames).size).toBe(frames.length);
  expect(around(39, -1, 40).slice(0, 3)).toEqual([39, 38, 37]);
});
