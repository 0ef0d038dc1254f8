import { signal } from "@preact/signals-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Rect } from "../core/geometry.ts";
import { createDerived } from "../store/derived.ts";
import { DocumentStore } from "../store/document.ts";
import { createShared, createView } from "../store/view.ts";
import { RegionLoader, seenOf } from "./region.ts";

/** The video is 640 x 480; on this stage it is seen whole at scale 1/4, in pictures 160 wide. */
const STAGE = { width: 176, height: 120 };
const COARSE = 160;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("devicePixelRatio", 1);
  vi.stubGlobal("createImageBitmap", async () => ({ close() {} }));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function looking(width = COARSE) {
  const document = new DocumentStore();
  const annotation = document.annotation.peek();
  const video = { ...annotation.video, width: 640, height: 480, frame_count: 9 };
  document.reset({ ...annotation, video }, 0, { undo: null, redo: null });
  const view = createView(createShared());
  const derived = createDerived(document, view);
  const asked: [number, Rect | null][] = [];
  view.stage.value = STAGE;
  view.connected.value = true;
  const loader = new RegionLoader(view, derived, signal(width), (...region) => asked.push(region));
  const zoom = (x: number) => {
    view.camera.value = { scale: 1, x, y: -100 };
  };
  const rest = () => vi.advanceTimersByTimeAsync(150);
  const answer = async () => {
    const [frame, rect] = asked.at(-1) ?? [0, null];
    await loader.take(frame, rect ?? { x: 0, y: 0, w: 1, h: 1 }, Uint8Array.of(1));
  };
  return { view, loader, asked, zoom, rest, answer };
}

test("what is seen, and a little more, is asked for when the hand rests", async () => {
  const { asked, zoom, rest, answer, loader } = looking();
  zoom(-300);
  await vi.advanceTimersByTimeAsync(149);
  zoom(-320);
  await vi.advanceTimersByTimeAsync(149);
  expect(asked).toEqual([]);
  await rest();
  expect(asked).toEqual([[0, { x: 302, y: 88, w: 212, h: 144 }]]);
  await answer();
  expect(loader.region.value?.rect).toEqual({ x: 302, y: 88, w: 212, h: 144 });
});

test("nothing is asked while it plays, where the picture is fine enough, or where it is the video's own", async () => {
  const playing = looking();
  playing.view.playing.value = true;
  playing.zoom(-300);
  const fitted = looking();
  const own = looking(640);
  own.zoom(-300);
  await playing.rest();
  expect([playing.asked, fitted.asked, own.asked]).toEqual([[], [], []]);
  playing.view.playing.value = false;
  await playing.rest();
  expect(playing.asked).toHaveLength(1);
});

test("it stays while the camera is inside, and goes with the frame", async () => {
  const { asked, zoom, rest, answer, loader, view } = looking();
  zoom(-320);
  await rest();
  await answer();
  zoom(-330);
  await rest();
  expect(asked).toHaveLength(1);
  view.frame.value = 1;
  expect(loader.region.value).toBeNull();
  await rest();
  await answer();
  expect(loader.region.value?.frame).toBe(1);
  view.camera.value = null;
  expect(loader.region.value).toBeNull();
});

test("what is on its way is cancelled when it is no longer wanted, and not shown", async () => {
  const { asked, zoom, rest, loader, view } = looking();
  zoom(-320);
  await rest();
  const [frame = 0, rect] = asked[0] ?? [];
  view.frame.value = 5;
  expect(asked[1]).toEqual([0, null]);
  await loader.take(frame, rect ?? { x: 0, y: 0, w: 1, h: 1 }, Uint8Array.of(1));
  expect(loader.region.value).toBeNull();
});

test("what is seen of the picture is whole pixels inside it", () => {
  const picture = { width: 100, height: 80 };
  const stage = { width: 50, height: 50 };
  expect(seenOf(picture, stage, { scale: 1, x: 10.5, y: -60.5 })).toEqual({
    x: 0,
    y: 60,
    w: 40,
    h: 20,
  });
  expect(seenOf(picture, stage, { scale: 1, x: 60, y: 0 })).toBeNull();
});

test("what was lost with the line is asked for again when the document has come anew", async () => {
  const { asked, zoom, rest, view } = looking();
  zoom(-300);
  await rest();
  view.snapshots.value += 1;
  await rest();
  expect(asked).toHaveLength(2);
  expect(asked[1]).toEqual(asked[0]);
});
