import { signal } from "@preact/signals-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createAnnotation } from "../core/annotation.ts";
import { DocumentStore } from "../store/document.ts";
import { createStore } from "../store/store.ts";
import { createShared, type View } from "../store/view.ts";
import { FrameCache } from "./cache.ts";
import { Demand } from "./demand.ts";
import { followPeek } from "./thumbnail.ts";

let view: View;
let asked: [number, readonly number[]][];
let stop: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  const document = new DocumentStore();
  const video = { name: "v", width: 640, height: 480, frame_count: 500, fps: 25 };
  const times = Float64Array.from({ length: 500 }, (_, frame) => frame / 25);
  const annotation = createAnnotation({ video: { ...video, times } });
  document.reset(annotation, 0, { undo: null, redo: null });
  const store = createStore(document, createShared());
  view = store.view;
  view.connected.value = true;
  asked = [];
  stop = new AbortController();
  const cache = new FrameCache();
  const demand = new Demand(cache, (width, wanted) => asked.push([width, wanted]));
  followPeek(view, store.derived, signal(480), cache, demand, stop.signal);
  vi.runAllTimers();
  asked = [];
});

afterEach(() => {
  stop.abort();
  vi.useRealTimers();
});

test("of a frame that the pointer rests on, a small picture and the stage's are brought", () => {
  view.peek.value = { frame: 7, x: 1 };
  vi.advanceTimersByTime(100);
  view.peek.value = { frame: 8, x: 1 };
  vi.advanceTimersByTime(100);
  expect(asked).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(asked).toEqual([
    [160, [8]],
    [480, [8]],
  ]);
});

test("a press finds it still under way: it is let go only after a while", () => {
  view.peek.value = { frame: 8, x: 1 };
  vi.advanceTimersByTime(200);
  view.peek.value = null;
  vi.advanceTimersByTime(100);
  expect(asked).toHaveLength(2);
  vi.advanceTimersByTime(100);
  expect(asked.slice(2)).toEqual([
    [160, []],
    [480, []],
  ]);
});
