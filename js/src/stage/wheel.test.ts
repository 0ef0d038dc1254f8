// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { wheelPixels, wheelZoom } from "./wheel.ts";

const turned = (deltaY: number, init: WheelEventInit = {}) =>
  ({ deltaY, deltaMode: 0, ctrlKey: false, ...init }) as WheelEvent;

test("a notch of a wheel zooms as far with Ctrl as without, and as far in lines as in pixels", () => {
  expect(wheelZoom(turned(-100))).toBeCloseTo(1.16, 2);
  expect(wheelZoom(turned(-100, { ctrlKey: true }))).toBeCloseTo(1.16, 2);
  expect(wheelZoom(turned(100, { ctrlKey: true }))).toBeCloseTo(1 / 1.16, 2);
  expect(wheelZoom(turned(-500, { ctrlKey: true }))).toBeCloseTo(wheelZoom(turned(-500)));
  expect(wheelPixels(turned(3, { deltaMode: WheelEvent.DOM_DELTA_LINE }), 3)).toBe(48);
});

test("fingers that go twice as far apart on a trackpad make it twice as large", () => {
  const pinch = Array.from({ length: 14 }, () => wheelZoom(turned(-5, { ctrlKey: true })));
  expect(pinch.reduce((whole, each) => whole * each, 1)).toBeCloseTo(2, 1);
});
