import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FrameCache } from "./cache.ts";

/** A picture of a large camera: the budget holds four. */
const SIZE = { width: 3600, height: 2025 };
const { width } = SIZE;
const ONE = {};
const OTHER = {};
let order: number[];
let closed: number[];

beforeEach(() => {
  order = [];
  closed = [];
  vi.stubGlobal("createImageBitmap", async (blob: Blob) => {
    const [frame = -1] = new Uint8Array(await blob.arrayBuffer());
    if (frame === 99) {
      throw new Error("no picture");
    }
    order.push(frame);
    return { ...SIZE, close: () => closed.push(frame) };
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function filled(frames: readonly number[]): FrameCache {
  const cache = new FrameCache();
  for (const frame of frames) {
    cache.put(width, frame, Uint8Array.of(frame));
  }
  return cache;
}

const holding = (...frames: number[]) => ({ width, frames });

test("what views hold is decoded, however large and however many hold", async () => {
  const cache = filled([0, 1, 2, 3, 4, 5]);
  cache.hold(ONE, holding(0, 1, 2));
  cache.hold(OTHER, holding(2, 3, 4, 5));
  for (const frame of [0, 1, 2, 3, 4, 5]) {
    await vi.waitFor(() => expect(cache.picture(width, frame)).not.toBeNull());
  }
});

test("what is most urgent is decoded first, also of frames that come later", async () => {
  const cache = filled([1, 2, 3, 4, 5, 6]);
  cache.hold(ONE, holding(6, 1, 2, 3, 4, 5));
  cache.hold(ONE, holding(7, 3, 1, 2, 4, 5));
  cache.put(width, 7, Uint8Array.of(7));
  await vi.waitFor(() => expect(order).toHaveLength(7));
  expect(order.slice(0, 3).sort()).toEqual([3, 6, 7]);
  expect(order[3]).toBe(1);
});

test("nothing is decoded beside what a view waits for", async () => {
  const cache = filled([1, 2, 3]);
  const decode = vi.spyOn(globalThis, "createImageBitmap");
  cache.hold(ONE, holding(1, 2, 3));
  expect(decode).toHaveBeenCalledTimes(1);
  await vi.waitFor(() => expect(order).toEqual([1, 2, 3]));
});

test("where a view was stays decoded longer than what was around", async () => {
  const cache = filled([0, 1, 2, 3, 4, 5, 6]);
  for (const hold of [[0, 1, 2], [3], [4], [5], [6]]) {
    cache.hold(ONE, holding(...hold));
    for (const frame of hold) {
      await vi.waitFor(() => expect(cache.picture(width, frame)).not.toBeNull());
    }
  }
  expect(closed).toEqual([1, 2, 0]);
});

test("pictures that nobody holds any more go", async () => {
  const cache = filled([0, 1, 2, 3, 4, 5, 6]);
  cache.hold(ONE, holding(0, 1));
  await vi.waitFor(() => expect(cache.picture(width, 1)).not.toBeNull());
  cache.hold(ONE, holding(2, 3, 4, 5, 6));
  await vi.waitFor(() => expect(cache.picture(width, 6)).not.toBeNull());
  expect(cache.picture(width, 0)).toBeNull();
  expect(cache.picture(width, 1)).toBeNull();
  expect(closed).toEqual([1, 0]);
});

test("when the last view has gone nothing is kept, not even what is being decoded", async () => {
  const cache = filled([0, 1, 2]);
  cache.release(ONE);
  cache.hold(ONE, holding(0, 1));
  cache.hold(OTHER, holding(0));
  await vi.waitFor(() => expect(cache.picture(width, 0)).not.toBeNull());
  cache.release(ONE);
  expect(cache.picture(width, 0)).not.toBeNull();
  cache.release(OTHER);
  expect([0, 1, 2].map((frame) => cache.has(width, frame))).toEqual([false, false, false]);
  await vi.waitFor(() => expect(closed.sort()).toEqual([0, 1]));
});

test("a picture that cannot be decoded is told of once", async () => {
  const cache = filled([99, 1]);
  const failed = vi.fn();
  cache.onError = failed;
  cache.hold(ONE, holding(99, 1));
  await vi.waitFor(() => expect(cache.picture(width, 1)).not.toBeNull());
  cache.hold(ONE, holding(99, 1));
  expect(failed.mock.calls).toEqual([[99, new Error("no picture")]]);
});

test("it tells which frames are here, once for many that come together", () => {
  vi.useFakeTimers();
  const cache = filled([4, 2, 3, 9]);
  expect(cache.ready.value.get(width)).toBeUndefined();
  vi.runAllTimers();
  expect(cache.ready.value.get(width)).toEqual([
    { start: 2, stop: 5 },
    { start: 9, stop: 10 },
  ]);
});
