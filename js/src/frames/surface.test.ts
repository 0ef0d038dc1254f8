import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Decoded } from "./decode.ts";
import { Surface } from "./surface.ts";

const SIZE = { displayWidth: 4, displayHeight: 2 };
let painted: unknown[];

beforeEach(() => {
  painted = [];
  const context = {
    putImageData: ({ data }: ImageData) => painted.push(data[0]),
    drawImage: (picture: unknown) => painted.push(picture),
  };
  vi.stubGlobal(
    "OffscreenCanvas",
    class {
      width = 1;
      height = 1;
      getContext = () => context;
    },
  );
  vi.stubGlobal(
    "ImageData",
    class {
      data: Uint8ClampedArray;
      constructor(
        readonly width: number,
        readonly height: number,
      ) {
        this.data = new Uint8ClampedArray(width * height * 4);
      }
    },
  );
});

afterEach(() => vi.unstubAllGlobals());

/** A frame of one grey, which copies itself as so many planes. */
function frameOf(grey: number, planes = 1) {
  const copyTo = async (data: Uint8ClampedArray) => {
    data.fill(grey);
    return Array.from({ length: planes });
  };
  return { ...SIZE, copyTo } as unknown as Decoded;
}

test("the colours of a frame are copied, so that it is not converted with every painting", async () => {
  const surface = new Surface();
  const canvas = await surface.show(frameOf(7));
  expect(painted).toEqual([7]);
  expect([canvas?.width, canvas?.height]).toEqual([4, 2]);
  expect(await surface.show(frameOf(8))).toBe(canvas);
  expect(painted).toEqual([7, 8]);
});

test("of two that come at once the newer one is shown", async () => {
  const surface = new Surface();
  const both = [surface.show(frameOf(7)), surface.show(frameOf(8))];
  expect((await Promise.all(both)).map((shown) => shown !== null)).toEqual([false, true]);
  expect(painted).toEqual([8]);
});

test("what an older picture writes late does not spoil the newer one", async () => {
  const copies: [Uint8ClampedArray, (planes: unknown[]) => void][] = [];
  const slow = () => {
    const copyTo = (data: Uint8ClampedArray) =>
      new Promise((resolve) => copies.push([data, resolve]));
    return { ...SIZE, copyTo } as unknown as Decoded;
  };
  const surface = new Surface();
  const shown = [surface.show(slow()), surface.show(slow())];
  const [older, newer] = copies;
  newer?.[0].fill(8);
  older?.[0].fill(7);
  newer?.[1]([{}]);
  older?.[1]([{}]);
  await Promise.all(shown);
  expect(painted).toEqual([8]);
});

test("a picture that is closed while it is copied is not painted", async () => {
  const frame = { ...SIZE };
  const copyTo = async () => {
    frame.displayWidth = 0;
    throw new Error("closed");
  };
  const picture = Object.assign(frame, { copyTo }) as unknown as Decoded;
  expect(await new Surface().show(picture)).toBeNull();
  expect(painted).toEqual([]);
});

test("a bitmap is painted, as is a frame where a browser cannot copy its colours", async () => {
  const surface = new Surface();
  const bitmap = { width: 4, height: 2 } as Decoded;
  const planar = frameOf(7, 3);
  const refused = { ...SIZE, copyTo: () => Promise.reject(new Error("no RGBX")) };
  const pictures = [bitmap, planar, refused as unknown as Decoded];
  for (const picture of pictures) {
    await surface.show(picture);
  }
  expect(painted).toEqual(pictures);
});
