// @vitest-environment happy-dom
import { signal } from "@preact/signals-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createAnnotation } from "../core/annotation.ts";
import { labelFromJson, trackFromJson } from "../core/json.ts";
import type { Picture } from "../frames/loader.ts";
import { DocumentStore } from "../store/document.ts";
import { createStore, type Store } from "../store/store.ts";
import { createShared } from "../store/view.ts";
import { mountStage } from "./stage.ts";

const WALKS = [1, 2].map((id) => {
  const ends = [
    { frame: 0, box: [0, 0, 20, 10, 0] },
    { frame: 20, box: [300, 200, 40, 10, 0] },
  ] as const;
  return trackFromJson({ id, label: "car", keyframes: ends });
});

let due: Map<number, () => void>;
let stop: AbortController;
/** How often each canvas was opened to paint on it: the picture's, the boxes', what is selected. */
let opened: [number, number, number];

beforeEach(() => {
  due = new Map();
  stop = new AbortController();
  let last = 0;
  vi.stubGlobal("requestAnimationFrame", (run: () => void) => {
    last += 1;
    due.set(last, run);
    return last;
  });
  vi.stubGlobal("cancelAnimationFrame", (request: number) => due.delete(request));
  vi.stubGlobal("Path2D", class {});
  class Observer {
    observe: () => void;
    constructor(tell: () => void) {
      this.observe = tell;
    }
    disconnect() {}
  }
  vi.stubGlobal("ResizeObserver", Observer);
  opened = [0, 0, 0];
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockImplementation(function (
    this: HTMLCanvasElement,
  ) {
    const place = [...(this.parentElement?.children ?? [])].indexOf(this);
    return paper(place) as unknown as CanvasRenderingContext2D;
  } as never);
});

afterEach(() => {
  stop.abort();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A context that counts how often it is cleared, and takes whatever is painted. */
function paper(place: number): object {
  return new Proxy(
    { clearRect: () => (opened[place as 0] += 1), measureText: () => ({ width: 10 }) },
    { get: (own, name) => Reflect.get(own, name) ?? (() => {}), set: () => true },
  );
}

async function refresh(first: () => void = () => {}): Promise<void> {
  const now = [...due.values()];
  due.clear();
  opened = [0, 0, 0];
  first();
  await Promise.resolve();
  for (const run of now) {
    run();
    await Promise.resolve();
  }
}

/** A stage at rest on frame 0; `go` moves the playhead, whose picture comes a moment later. */
async function stageAtRest(): Promise<{ store: Store; go(frame: number): void }> {
  const labels = new DocumentStore();
  const video = { name: "clip.mp4", width: 640, height: 480, frame_count: 30, fps: 25 };
  labels.reset(
    createAnnotation({
      video: { ...video, times: Float64Array.from({ length: 30 }, (_, frame) => frame / 25) },
      labels: [labelFromJson({ name: "car" })],
      tracks: new Map(WALKS.map((walk) => [walk.id, walk])),
    }),
    0,
    { undo: null, redo: null },
  );
  const store = createStore(labels, createShared());
  const host = document.createElement("div");
  Object.defineProperties(host, { clientWidth: { value: 640 }, clientHeight: { value: 480 } });
  const image = { width: 640, height: 480 } as OffscreenCanvas;
  const picture = signal<Picture | null>({ frame: 0, image });
  store.view.stage.value = { width: 640, height: 480 };
  const nothing = { region: signal(null), coarse: signal(false) };
  mountStage(host, store, { picture, ...nothing }, stop.signal);
  const go = (frame: number) => {
    store.view.frame.value = frame;
    queueMicrotask(() => {
      picture.value = { frame, image };
    });
  };
  for (let i = 0; i < 3; i++) {
    await refresh();
  }
  return { store, go };
}

test("a playhead that plays takes boxes and picture along in the refresh in which it moves, once", async () => {
  const { store, go } = await stageAtRest();
  store.view.playing.value = true;
  for (const frame of [1, 2]) {
    await refresh(() => go(frame));
    expect(store.view.painted.value).toBe(frame);
    expect(opened).toEqual([1, 1, 0]);
    await refresh();
    expect(opened).toEqual([0, 0, 0]);
  }
});

test("so do the selected box and a camera that follows it", async () => {
  const { store, go } = await stageAtRest();
  store.view.selection.value = new Set([1]);
  store.view.following.value = true;
  store.view.camera.value = { scale: 2, x: 0, y: 0 };
  await refresh();
  store.view.playing.value = true;
  for (const frame of [1, 2]) {
    await refresh(() => go(frame));
    expect(store.view.painted.value).toBe(frame);
    expect(opened).toEqual([1, 1, 1]);
    await refresh();
    expect(opened).toEqual([0, 0, 0]);
  }
});
