import fc from "fast-check";
import { expect, test } from "vitest";
import { toImage, toScreen } from "../core/geometry.ts";
import { pan, zoomAt, zoomToRect } from "./camera.ts";
import { handleOnStage, hitHandle, visibleHandles } from "./hit.ts";

const box = { x: 100, y: 50, w: 80, h: 60, rotation: 30 };
const camera = { scale: 1.5, x: 12, y: -4 };

test("each visible handle is hit at the place where it is painted", () => {
  for (const handle of visibleHandles(box, camera.scale)) {
    expect(hitHandle(box, camera, handleOnStage(box, handle, camera))).toBe(handle);
  }
});

test("handles in the middle of short sides hide", () => {
  const small = { ...box, w: 10, h: 60 };
  expect(visibleHandles(small, 1)).not.toContain("n");
  expect(visibleHandles(small, 1)).toContain("e");
  expect(visibleHandles(small, 4)).toContain("n");
});

test("the middle of a small box moves it, handles all around or not", () => {
  const tiny = { ...box, w: 6, h: 6 };
  const middle = toScreen(camera, { x: 103, y: 53 });
  expect(hitHandle(tiny, camera, middle)).toBeNull();
  expect(hitHandle(tiny, camera, handleOnStage(tiny, "se", camera))).toBe("se");
});

test("zooming holds the point under the pointer in place", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.2, max: 5, noNaN: true }),
      fc.double({ min: 0, max: 700, noNaN: true }),
      fc.double({ min: 0, max: 400, noNaN: true }),
      (factor, x, y) => {
        const before = toImage(camera, { x, y });
        const after = toImage(zoomAt(camera, { x, y }, factor), { x, y });
        expect(after.x).toBeCloseTo(before.x, 6);
        expect(after.y).toBeCloseTo(before.y, 6);
      },
    ),
  );
});

test("at 100 % the picture lies on whole pixels", () => {
  const { scale, x, y } = zoomAt(camera, { x: 101.3, y: 7.7 }, 1 / camera.scale);
  expect([scale, Number.isInteger(x), Number.isInteger(y)]).toEqual([1, true, true]);
});

test("100 % is 1, whatever the scale was before", () => {
  for (let height = 300; height < 400; height++) {
    const scale = height / 200;
    expect(zoomAt({ scale, x: 0, y: 0 }, { x: 0, y: 0 }, 1 / scale).scale).toBe(1);
  }
});

test("zooming to a box brings its middle to the middle of the stage", () => {
  const fitted = zoomToRect({ x: 10, y: 20, w: 30, h: 40 }, { width: 600, height: 300 });
  expect(toImage(fitted, { x: 300, y: 150 })).toEqual({ x: 25, y: 40 });
  expect(pan(fitted, 5, 7)).toEqual({ ...fitted, x: fitted.x + 5, y: fitted.y + 7 });
});
