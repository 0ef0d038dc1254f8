import fc from "fast-check";
import { expect, test } from "vitest";
import { centreX, clampWindow, frameAtX, pageTo, tickSteps, toX, zoomWindow } from "./scale.ts";

const spans = fc
  .tuple(
    fc.double({ min: 0, max: 900, noNaN: true }),
    fc.double({ min: 10, max: 100, noNaN: true }),
  )
  .map(([start, length]) => ({ start, stop: start + length }));

test("a frame is found again at its own middle", () => {
  fc.assert(
    fc.property(spans, fc.integer({ min: 0, max: 1000 }), (window, frame) => {
      const scale = { window, width: 694 };
      expect(frameAtX(scale, centreX(scale, frame))).toBe(frame);
    }),
  );
});

test("a window brought into the clip lies in it and is long enough", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -500, max: 2000, noNaN: true }),
      fc.double({ min: -5, max: 5000, noNaN: true }),
      (start, length) => {
        const window = clampWindow({ start, stop: start + length }, 1000);
        expect(window.start).toBeGreaterThanOrEqual(0);
        expect(window.stop).toBeLessThanOrEqual(1000 + 1e-9);
        expect(window.stop - window.start).toBeGreaterThanOrEqual(10 - 1e-9);
      },
    ),
  );
});

test("zooming holds the frame under the pointer in place", () => {
  const before = { start: 100, stop: 300 };
  const after = zoomWindow(before, 1000, 150, 0.5);
  expect(toX({ window: after, width: 800 }, 150)).toBeCloseTo(
    toX({ window: before, width: 800 }, 150),
  );
  expect(after.stop - after.start).toBeCloseTo(100);
});

test("a clip shorter than the smallest window is shown whole", () => {
  expect(clampWindow({ start: 3, stop: 5 }, 4)).toEqual({ start: 0, stop: 4 });
});

test("the window pages at its edges and stays put inside", () => {
  const window = { start: 100, stop: 200 };
  expect(pageTo(window, 1000, 150)).toBe(window);
  expect(pageTo(window, 1000, 200)).toEqual({ start: 200, stop: 300 });
  expect(pageTo(window, 1000, 99)).toEqual({ start: 0, stop: 100 });
});

test("labels of the ruler never touch", () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 200000 }), (count) => {
      const width = 500;
      const { label, tick } = tickSteps({ window: { start: 0, stop: count }, width });
      expect((label / count) * width).toBeGreaterThanOrEqual(56);
      expect(label % tick).toBe(0);
    }),
  );
});

test("a ruler without any width has steps too, for a page that hides it for a moment", () => {
  expect(tickSteps({ window: { start: 0, stop: 250 }, width: 0 }).label).toBeGreaterThan(250);
});
