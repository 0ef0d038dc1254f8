import { beforeEach, describe, expect, test } from "vitest";
import { createAnnotation } from "../core/annotation.ts";
import { toScreen } from "../core/geometry.ts";
import { boxAt } from "../core/interpolate.ts";
import { labelFromJson, trackFromJson } from "../core/json.ts";
import { centre } from "../core/shapes/box.ts";
import { DocumentStore } from "../store/document.ts";
import { createStore, type Store } from "../store/store.ts";
import { createShared } from "../store/view.ts";
import { zoomAt } from "./camera.ts";
import { followSelected } from "./following.ts";

const WALK = trackFromJson({
  id: 1,
  label: "car",
  keyframes: [
    { frame: 0, box: [0, 0, 20, 10] },
    { frame: 10, box: [300, 200, 40, 10] },
    { frame: 20, box: [0, 0, 20, 10], outside: true },
  ],
});
const STAGE = { width: 600, height: 400 };

let store: Store;

beforeEach(() => {
  const document = new DocumentStore();
  const video = { name: "clip.mp4", width: 640, height: 480, frame_count: 30, fps: 25 };
  document.reset(
    createAnnotation({
      video: { ...video, times: Float64Array.from({ length: 30 }, (_, frame) => frame / 25) },
      labels: [labelFromJson({ name: "car" })],
      tracks: new Map([[1, WALK]]),
    }),
    0,
    { undo: null, redo: null },
  );
  store = createStore(document, createShared());
  store.view.stage.value = STAGE;
  store.view.selection.value = new Set([1]);
  store.view.camera.value = { scale: 2, x: -7, y: 5 };
  followSelected(store, new AbortController().signal);
});

/** Where the middle of the track's box is on the stage. */
function middle() {
  const box = boxAt(WALK, store.view.frame.peek());
  return box && toScreen(store.derived.camera.peek(), centre(box));
}

const CENTRE = { x: STAGE.width / 2, y: STAGE.height / 2 };

describe("the selected track", () => {
  test("is in the middle of the stage on every frame it is on, at the zoom in force", () => {
    store.view.following.value = true;
    for (const frame of [0, 1, 7, 10, 13, 3]) {
      store.view.frame.value = frame;
      expect(middle()).toEqual(CENTRE);
      expect(store.view.camera.value?.scale).toBe(2);
    }
  });

  test("stays there when the zoom or the stage changes", () => {
    store.view.following.value = true;
    store.view.camera.value = zoomAt(store.derived.camera.peek(), { x: 0, y: 0 }, 1.5);
    expect(store.view.camera.peek()?.scale).toBe(3);
    expect(middle()).toEqual(CENTRE);
    store.view.stage.value = { width: 300, height: 100 };
    expect(middle()).toEqual({ x: 150, y: 50 });
  });

  test("leaves the camera alone while it is absent", () => {
    store.view.following.value = true;
    store.view.frame.value = 12;
    const before = store.view.camera.peek();
    store.view.frame.value = 25;
    expect(store.view.camera.peek()).toEqual(before);
  });

  test("does not move the picture while it is edited", () => {
    store.view.following.value = true;
    const before = store.view.camera.peek();
    expect(
      store.commit({ kind: "set_keyframe", track: 1, frame: 0, box: [50, 50, 20, 10, 0] }),
    ).toBe(true);
    expect(store.view.camera.peek()).toBe(before);
  });
});
