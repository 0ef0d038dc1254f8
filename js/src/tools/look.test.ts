import { expect, test } from "vitest";
import { pinch, pressPan } from "./look.ts";
import { at, CAMERA, createStage } from "./testing.ts";

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
