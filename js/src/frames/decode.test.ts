import { afterEach, expect, test, vi } from "vitest";
import { bytesOf, type Decoded, decodeJpeg, sizeOf } from "./decode.ts";

const JPEG = Uint8Array.of(1, 2, 3);
const frame = { displayWidth: 854, displayHeight: 480, format: "I420" } as Decoded;
const bitmap = { width: 854, height: 480 } as Decoded;

afterEach(() => vi.unstubAllGlobals());

/** A browser whose image decoder is given to this function. */
function stubDecoder(decode: () => Promise<{ image: Decoded }>) {
  const made: unknown[] = [];
  const close = vi.fn();
  vi.stubGlobal(
    "ImageDecoder",
    class {
      constructor(init: unknown) {
        made.push(init);
      }
      decode = decode;
      close = close;
    },
  );
  return { made, close };
}

test("decoding begins with the call, and leaves no decoder behind", async () => {
  const { made, close } = stubDecoder(async () => ({ image: frame }));
  const decoded = decodeJpeg(JPEG);
  expect(made).toEqual([{ data: JPEG, type: "image/jpeg" }]);
  expect(await decoded).toBe(frame);
  expect(close).toHaveBeenCalledTimes(1);
});

test("what cannot be decoded says so, and leaves no decoder behind", async () => {
  const { close } = stubDecoder(() => Promise.reject(new Error("no picture")));
  await expect(decodeJpeg(JPEG)).rejects.toThrow("no picture");
  expect(close).toHaveBeenCalledTimes(1);
});

test("a page of plain http, which has no such decoder, makes bitmaps", async () => {
  vi.stubGlobal("createImageBitmap", async (blob: Blob) => {
    expect(blob.type).toBe("image/jpeg");
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(JPEG);
    return bitmap;
  });
  expect(await decodeJpeg(JPEG)).toBe(bitmap);
});

test("a picture of either kind knows its size, and the memory it takes", () => {
  expect(sizeOf(frame)).toEqual({ width: 854, height: 480 });
  expect(sizeOf(bitmap)).toEqual({ width: 854, height: 480 });
  expect(bytesOf(frame)).toBe(854 * 480 * 1.5);
  expect(bytesOf({ ...frame, format: "BGRX" } as Decoded)).toBe(854 * 480 * 4);
  expect(bytesOf(bitmap)).toBe(854 * 480 * 4);
});
