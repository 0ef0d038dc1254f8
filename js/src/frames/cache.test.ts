import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FrameCache } from "./cache.ts";

/** A picture of a 4K camera. */
const SIZE = { width: 3840, height: 2160 };

beforeEach(() => {
  vi.stubGlobal("createImageBitmap", async () => ({ ...SIZE, close() {} }));
});

afterEach(() => vi.unstubAllGlobals());

test("the picture on the stage outlives those decoded ahead, however large they are", async () => {
  const cache = new FrameCache();
  for (const frame of [0, 1, 2, 3, 4]) {
    cache.put(SIZE.width, frame, Uint8Array.of(frame));
    cache.bitmap(SIZE.width, frame);
  }
  await vi.waitFor(() => expect(cache.bitmap(SIZE.width, 4)).not.toBeNull());
  expect(cache.bitmap(SIZE.width, 0)).not.toBeNull();
});

test("pictures that were not looked at for long are decoded again", async () => {
  const cache = new FrameCache();
  for (let frame = 0; frame < 8; frame++) {
    cache.put(SIZE.width, frame, Uint8Array.of(frame));
    cache.bitmap(SIZE.width, frame);
  }
  await vi.waitFor(() => expect(cache.bitmap(SIZE.width, 7)).not.toBeNull());
  expect(cache.bitmap(SIZE.width, 0)).toBeNull();
  await vi.waitFor(() => expect(cache.bitmap(SIZE.width, 0)).not.toBeNull());
});
