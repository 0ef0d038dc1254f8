import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FrameCache, key } from "./cache.ts";

/** A picture of a 4K camera: the budget holds four. */
const SIZE = { width: 3840, height: 2160 };
const ONE = {};
const OTHER = {};

beforeEach(() => {
  vi.stubGlobal("createImageBitmap", async () => ({ ...SIZE, close() {} }));
});

afterEach(() => vi.unstubAllGlobals());

async function filled(count: number, hold: (cache: FrameCache) => void = () => {}) {
  const cache = new FrameCache();
  hold(cache);
  for (let frame = 0; frame < count; frame++) {
    cache.put(SIZE.width, frame, Uint8Array.of(frame));
    cache.bitmap(SIZE.width, frame);
  }
  await vi.waitFor(() => expect(cache.bitmap(SIZE.width, count - 1)).not.toBeNull());
  return cache;
}

const named = (frames: readonly number[]) => frames.map((frame) => key(SIZE.width, frame));

test("what views hold stays decoded, however large and however many hold", async () => {
  const cache = await filled(6, (fresh) => {
    fresh.hold(ONE, named([0, 1, 2]));
    fresh.hold(OTHER, named([2, 3, 4, 5]));
  });
  for (const frame of [0, 1, 2, 3, 4, 5]) {
    expect(cache.bitmap(SIZE.width, frame)).not.toBeNull();
  }
});

test("pictures that nobody holds go, and are decoded again when they are looked at", async () => {
  const cache = await filled(8, (fresh) => {
    fresh.hold(ONE, named([0]));
    fresh.hold(ONE, named([7]));
  });
  expect(cache.bitmap(SIZE.width, 0)).toBeNull();
  await vi.waitFor(() => expect(cache.bitmap(SIZE.width, 0)).not.toBeNull());
});
