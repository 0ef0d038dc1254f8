import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyBox, close } from "../testing.ts";
import type { Box } from "./box.ts";
import { centre, corners } from "./box.ts";
import { dragHandle, handlePosition, RESIZE_HANDLES, type ResizeHandle } from "./handles.ts";

const box: Box = { x: 10, y: 20, w: 40, h: 30, rotation: 0 };
const anyHandle = fc.constantFrom(...RESIZE_HANDLES);
const OPPOSITE: Readonly<Record<ResizeHandle, ResizeHandle>> = {
  nw: "se",
  n: "s",
  ne: "sw",
  e: "w",
  se: "nw",
  s: "n",
  sw: "ne",
  w: "e",
};

function drag(from: Box, handle: ResizeHandle, dx: number, dy: number, options = {}): Box {
  return dragHandle(from, handle, { x: 0, y: 0 }, { x: dx, y: dy }, options);
}

describe("where handles are", () => {
  test("the corner handles are the corners", () => {
    fc.assert(
      fc.property(anyBox, (any) => {
        const found = (["nw", "ne", "se", "sw"] as const).map((at) => handlePosition(any, at));
        expect(found).toEqual(corners(any));
      }),
    );
  });

  test("the rotate handle stands above the top side, turned with the box", () => {
    expect(handlePosition(box, "rotate", 8)).toEqual({ x: 30, y: 12 });
    const turned = handlePosition({ ...box, rotation: 90 }, "rotate", 8);
    expect(turned.x).toBeCloseTo(30 + 15 + 8, 12);
    expect(turned.y).toBeCloseTo(35, 12);
  });
});

describe("resizing", () => {
  test.each([
    ["e", { w: 45 }],
    ["w", { x: 15, w: 35 }],
    ["s", { h: 33 }],
    ["n", { y: 23, h: 27 }],
    ["se", { w: 45, h: 33 }],
    ["nw", { x: 15, y: 23, w: 35, h: 27 }],
  ] as const)("%s moves its own sides", (handle, changed) => {
    expect(drag(box, handle, 5, 3)).toEqual({ ...box, ...changed });
  });

  test("from the centre moves both sides", () => {
    expect(drag(box, "e", 5, 0, { centre: true })).toEqual({ ...box, x: 5, w: 50 });
  });

  test("keeps the ratio", () => {
    expect(drag(box, "e", 40, 0, { ratio: true })).toEqual({ ...box, y: 5, w: 80, h: 60 });
    expect(drag(box, "se", 40, 0, { ratio: true })).toEqual({ ...box, w: 80, h: 60 });
  });

  test("stops at the least size, the opposite side in place", () => {
    expect(drag(box, "w", 100, 0)).toEqual({ ...box, x: 49, w: 1 });
    expect(drag(box, "se", -100, -100, { minSize: 4 })).toEqual({ ...box, w: 4, h: 4 });
    const ratio = drag(box, "se", -100, -100, { minSize: 3, ratio: true });
    expect(ratio).toEqual({ ...box, w: 4, h: 3 });
  });

  test("keeps the opposite handle where it is, whatever the rotation", () => {
    const offset = fc.double({ min: -400, max: 400, noNaN: true });
    fc.assert(
      fc.property(anyBox, anyHandle, offset, offset, fc.boolean(), (any, handle, dx, dy, ratio) => {
        const after = drag(any, handle, dx, dy, { ratio });
        const fixed = handlePosition(any, OPPOSITE[handle]);
        const still = handlePosition(after, OPPOSITE[handle]);
        expect(Math.hypot(fixed.x - still.x, fixed.y - still.y)).toBeLessThan(1e-9);
      }),
    );
  });

  test("dragging back gives the box back", () => {
    const offset = fc.double({ min: -0.9, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(anyBox, anyHandle, offset, offset, fc.boolean(), (any, handle, u, v, mid) => {
        const reach = (Math.min(any.w, any.h) - 1) / 4;
        const from = handlePosition(any, handle);
        const to = { x: from.x + u * reach, y: from.y + v * reach };
        const options = { centre: mid };
        const there = dragHandle(any, handle, from, to, options);
        expect(close(dragHandle(there, handle, to, from, options), any)).toBe(true);
      }),
    );
  });
});

describe("turning", () => {
  test("follows the pointer around the centre", () => {
    const from = handlePosition(box, "rotate", 10);
    const middle = centre(box);
    const after = dragHandle(box, "rotate", from, { x: middle.x + 50, y: middle.y });
    expect(after.rotation).toBeCloseTo(90, 9);
    expect({ ...after, rotation: 0 }).toEqual(box);
  });

  test("turning back gives the box back", () => {
    const offset = fc.double({ min: 5, max: 50, noNaN: true });
    fc.assert(
      fc.property(anyBox, offset, offset, (any, dx, dy) => {
        const middle = centre(any);
        const from = handlePosition(any, "rotate", 10);
        const to = { x: middle.x + dx, y: middle.y - dy };
        const there = dragHandle(any, "rotate", from, to);
        expect(close(dragHandle(there, "rotate", to, from), any)).toBe(true);
      }),
    );
  });
});
