import { expect, test } from "vitest";
import { pictureWidth } from "./loader.ts";

test("the picture is as wide as the screen needs, never wider than the video", () => {
  expect(pictureWidth(651, 1280)).toBe(854);
  expect(pictureWidth(651, 640)).toBe(640);
  expect(pictureWidth(5000, 3840)).toBe(3840);
  expect(pictureWidth(10, 176)).toBe(176);
});
