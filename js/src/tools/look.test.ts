import fc from "fast-check";
import { expect, test } from "vitest";
import { toImage } from "../core/geometry.ts";
import { pinch, pressPan } from "./look.ts";
import { at, CAMERA, createStage } from "./testing.ts";

const place = fc.record({
  x: fc.double({ min: 0, max: 420, noNaN: true }),
  y: fc.double({ min: 0, max: 240, noNaN: true }),
});

test("two fingers hold what is in the middle between them, as long as the picture is in sight", () => {
  const { store } = createStage();
  const a = { x: 100, y: 100 };
  const b = { x: 200, y: 100 };
  const fingers = pinch(store, a, b);
  fingers.move({ x: 80, y: 110 }, { x: 240, y: 110 });
  expect(store.derived.camera.value.scale).toBeCloseTo(CAMERA.scale * 1.6, 9);
  const held = toImage(CAMERA, { x: 150, y: 100 });
  const now = toImage(store.derived.camera.value, { x: 160, y: 110 });
  expect([now.x, now.y]).toEqual([expect.closeTo(held.x, 6), expect.closeTo(held.y, 6)]);
});

test("neither a drag nor two fingers lose the picture", () => {
  fc.assert(
    fc.property(place, place, place, place, (a, b, c, d) => {
      const { store } = createStage();
      pinch(store, a, b).move(c, d);
      pressPan(store, at(0, 0), null).move(at((c.x - d.x) * 9, (c.y - d.y) * 9));
      const { x, y, scale } = store.derived.camera.value;
      expect(Math.min(420, x + 200 * scale) - Math.max(0, x)).toBeGreaterThanOrEqual(3.9);
      expect(Math.min(240, y + 100 * scale) - Math.max(0, y)).toBeGreaterThanOrEqual(1.9);
    }),
  );
});

test("a pan that is cancelled fits the picture again", () => {
  const { store } = createStage();
  store.view.camera.value = null;
  const gesture = pressPan(store, at(0, 0), null);
  gesture.move(at(30, 30));
  expect(store.view.camera.value).not.toBeNull();
  gesture.cancel();
  expect(store.view.camera.value).toBeNull();
});

test("who pans follows no track any more, unless the pan is taken back", () => {
  const { store } = createStage();
  store.view.following.value = true;
  const gesture = pressPan(store, at(50, 50), null);
  gesture.move(at(60, 50));
  expect(store.view.following.peek()).toBe(false);
  expect(store.view.camera.peek()).toEqual({ ...CAMERA, x: CAMERA.x + 20 });
  gesture.cancel();
  expect(store.view.following.peek()).toBe(true);
  expect(store.view.camera.peek()).toEqual(CAMERA);
});

test("two fingers pan as well", () => {
  const { store } = createStage();
  store.view.following.value = true;
  pinch(store, { x: 100, y: 100 }, { x: 200, y: 100 }).move({ x: 110, y: 100 }, { x: 210, y: 100 });
  expect(store.view.following.peek()).toBe(false);
});
