import { expect, test, vi } from "vitest";
import { createAnnotation } from "../core/annotation.ts";
import { DocumentStore } from "../store/document.ts";
import { createStore } from "../store/store.ts";
import { createShared } from "../store/view.ts";
import { FrameCache } from "./cache.ts";
import { Demand } from "./demand.ts";
import { FrameLoader, pictureWidth } from "./loader.ts";
import { Pace } from "./pace.ts";

test("the picture is as wide as the screen needs, never wider than the video", () => {
  expect(pictureWidth(651, 1280)).toBe(854);
  expect(pictureWidth(651, 640)).toBe(640);
  expect(pictureWidth(5000, 3840)).toBe(3840);
  expect(pictureWidth(10, 176)).toBe(176);
});

test("while the playhead moves only the next frames are decoded, where it rests those around too", () => {
  vi.useFakeTimers();
  vi.stubGlobal("devicePixelRatio", 1);
  const document = new DocumentStore();
  const video = { name: "v", width: 64, height: 48, frame_count: 500, fps: 25 };
  const times = Float64Array.from({ length: 500 }, (_, frame) => frame / 25);
  const annotation = createAnnotation({ video: { ...video, times } });
  document.reset(annotation, 0, { undo: null, redo: null });
  const { view, derived } = createStore(document, createShared());
  view.stage.value = { width: 64, height: 48 };
  view.connected.value = true;
  const cache = new FrameCache();
  const hold = vi.spyOn(cache, "hold");
  const held = () => hold.mock.lastCall?.[1].frames ?? [];
  const pace = new Pace(() => cache.arrived);
  const loader = new FrameLoader(view, derived, cache, new Demand(cache, () => {}), pace);
  vi.advanceTimersByTime(1000);
  view.frame.value = 200;
  expect(held()).toHaveLength(5);
  expect(held()[0]).toBe(200);
  vi.advanceTimersByTime(1000);
  expect(held().length).toBeGreaterThan(40);
  loader.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
