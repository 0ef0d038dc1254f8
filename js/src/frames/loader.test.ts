import { afterEach, beforeEach, expect, type MockInstance, test, vi } from "vitest";
import { createAnnotation } from "../core/annotation.ts";
import { DocumentStore } from "../store/document.ts";
import { createStore } from "../store/store.ts";
import { createShared, type View } from "../store/view.ts";
import { FrameCache } from "./cache.ts";
import { type Ask, Demand } from "./demand.ts";
import { FrameLoader, pictureWidth } from "./loader.ts";
import { Pace } from "./pace.ts";

test("the picture is as wide as the screen needs, never wider than the video", () => {
  expect(pictureWidth(651, 1280)).toBe(854);
  expect(pictureWidth(651, 640)).toBe(640);
  expect(pictureWidth(5000, 3840)).toBe(3840);
  expect(pictureWidth(10, 176)).toBe(176);
});

class FakeCanvas {
  getContext() {
    return { drawImage() {} };
  }
}

let loader: FrameLoader;
let view: View;
let cache: FrameCache;
let hold: MockInstance<FrameCache["hold"]>;
const ask = vi.fn<Ask>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("devicePixelRatio", 1);
  const document = new DocumentStore();
  const video = { name: "v", width: 64, height: 48, frame_count: 500, fps: 25 };
  const times = Float64Array.from({ length: 500 }, (_, frame) => frame / 25);
  const annotation = createAnnotation({ video: { ...video, times } });
  document.reset(annotation, 0, { undo: null, redo: null });
  const store = createStore(document, createShared());
  view = store.view;
  view.stage.value = { width: 64, height: 48 };
  view.connected.value = true;
  vi.stubGlobal("createImageBitmap", async () => ({ width: 64, height: 48, close() {} }));
  vi.stubGlobal("OffscreenCanvas", FakeCanvas);
  cache = new FrameCache();
  hold = vi.spyOn(cache, "hold");
  const pace = new Pace(() => cache.arrived);
  loader = new FrameLoader(view, store.derived, cache, new Demand(cache, ask), pace);
});

afterEach(() => {
  loader.close();
  ask.mockReset();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function arrive(frame: number) {
  cache.put(64, frame, Uint8Array.of(0));
  await vi.advanceTimersByTimeAsync(0);
}

/** Let the picture of frame 0 come, and those around be asked for. */
async function open() {
  await arrive(0);
  await vi.advanceTimersByTimeAsync(1000);
}

const held = () => hold.mock.lastCall?.[1].frames ?? [];

test("while the playhead moves only the next frames are decoded, where it rests those around too", async () => {
  expect(held()).toEqual([0]);
  expect(ask.mock.calls).toEqual([[64, [0], false]]);
  await open();
  expect(loader.picture.value?.frame).toBe(0);
  expect(ask).toHaveBeenCalledTimes(2);
  expect(ask.mock.lastCall?.[1].slice(0, 3)).toEqual([1, 2, 3]);
  expect(ask.mock.lastCall?.[2]).toBe(true);
  expect(held().length).toBeGreaterThan(40);
  view.frame.value = 200;
  expect(held()).toHaveLength(5);
  expect(held()[0]).toBe(200);
  await arrive(200);
  expect(held()).toHaveLength(5);
  vi.advanceTimersByTime(1000);
  expect(held().length).toBeGreaterThan(40);
});

test("nothing is in the way of a picture that is waited for, however long that takes", async () => {
  await open();
  ask.mockReset();
  view.frame.value = 200;
  await vi.advanceTimersByTimeAsync(5000);
  expect(ask.mock.calls).toEqual([[64, [200, 201, 199, 202, 198], false]]);
  expect(held()).toHaveLength(5);
  view.frameErrors.value = new Map([[200, "it cannot be decoded"]]);
  vi.advanceTimersByTime(1000);
  expect(ask.mock.lastCall?.[1].slice(0, 5)).toEqual([201, 199, 202, 198, 203]);
});

test("a jump to a picture that is here asks for nothing, those around are fetched where the hand rests", async () => {
  await open();
  for (const frame of [200, 400]) {
    view.frame.value = frame;
    await arrive(frame);
  }
  ask.mockReset();
  for (const frame of [200, 400, 200]) {
    view.frame.value = frame;
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(ask).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(100);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(ask.mock.lastCall?.[1].slice(0, 2)).toEqual([199, 201]);
});

test("after a jump those around are fetched where the hand rests, after a step at once", async () => {
  await open();
  view.frame.value = 200;
  expect(ask.mock.lastCall).toEqual([64, [200, 201, 199, 202, 198], false]);
  view.frame.value = 400;
  expect(ask.mock.lastCall?.[1]).toHaveLength(5);
  await arrive(400);
  vi.advanceTimersByTime(1000);
  expect(ask.mock.lastCall?.[1].slice(0, 5)).toEqual([401, 399, 402, 398, 403]);
  expect(ask.mock.lastCall?.[1].length).toBeGreaterThan(40);
  expect(ask.mock.lastCall?.[2]).toBe(true);
  view.frame.value = 420;
  expect(ask.mock.lastCall?.[1].length).toBeGreaterThan(40);
});
