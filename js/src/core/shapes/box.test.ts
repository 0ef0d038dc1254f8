import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AnnotationError } from "../errors.ts";
import { anyBox } from "../testing.ts";
import {
  type BoxJson,
  bounds,
  boxFromJson,
  boxToJson,
  centre,
  checkBox,
  contains,
  corners,
  interpolateBox,
  move,
  normalizeRotation,
} from "./box.ts";

const box = { x: 10, y: 20, w: 40, h: 30, rotation: 0 };

describe("wire form", () => {
  test("leaves out a rotation of 0", () => {
    expect(boxToJson(box)).toEqual([10, 20, 40, 30]);
    expect(boxToJson({ ...box, rotation: 5 })).toEqual([10, 20, 40, 30, 5]);
  });

  test("comes back as it was", () => {
    fc.assert(
      fc.property(anyBox, (any) => {
        expect(boxFromJson(boxToJson(any))).toEqual(any);
      }),
    );
  });

  test.each([
    [[1, 2, 3]],
    [[1, 2, 0, 4]],
    [[1, 2, 3, -4]],
    [[Number.NaN, 2, 3, 4]],
    [[1, 2, 3, 4, Number.POSITIVE_INFINITY]],
    ["box"],
  ])("refuses %s", (json) => {
    expect(() => boxFromJson(json as unknown as BoxJson)).toThrow(AnnotationError);
  });
});

describe("rotation", () => {
  test.each([
    [0, 0],
    [180, 180],
    [-180, 180],
    [190, -170],
    [-190, 170],
    [720, 0],
  ])("%d is stored as %d", (given, stored) => {
    expect(normalizeRotation(given)).toBe(stored);
    expect(checkBox({ ...box, rotation: given }).rotation).toBe(stored);
  });

  test("in range is left bit for bit", () => {
    expect(checkBox({ ...box, rotation: -0.1 }).rotation).toBe(-0.1);
  });

  test("no negative zero is stored", () => {
    expect(checkBox({ ...box, x: -0, rotation: -0 })).toStrictEqual({ ...box, x: 0 });
  });

  test.each([
    [170, -170, 0.5, 180],
    [-170, 170, 0.75, 175],
    [0, 180, 0.5, 90],
    [180, 0, 0.5, -90],
    [10, 20, 0.25, 12.5],
  ])("from %d to %d takes the shortest arc", (from, to, t, expected) => {
    const middle = interpolateBox({ ...box, rotation: from }, { ...box, rotation: to }, t);
    expect(middle.rotation).toBe(expected);
  });
});

describe("shape", () => {
  test("a turn of 90 degrees is clockwise on the screen", () => {
    const [topLeft] = corners({ x: 0, y: 0, w: 4, h: 2, rotation: 90 });
    expect(topLeft.x).toBeCloseTo(3, 12);
    expect(topLeft.y).toBeCloseTo(-1, 12);
  });

  test("bounds hold all corners", () => {
    fc.assert(
      fc.property(anyBox, (any) => {
        const { x, y, w, h } = bounds(any);
        for (const corner of corners(any)) {
          expect(corner.x).toBeGreaterThanOrEqual(x - 1e-9);
          expect(corner.x).toBeLessThanOrEqual(x + w + 1e-9);
          expect(corner.y).toBeGreaterThanOrEqual(y - 1e-9);
          expect(corner.y).toBeLessThanOrEqual(y + h + 1e-9);
        }
      }),
    );
  });

  test("contains what lies between centre and corner, not what lies beyond", () => {
    fc.assert(
      fc.property(anyBox, fc.double({ min: 0, max: 0.99, noNaN: true }), (any, share) => {
        const middle = centre(any);
        for (const corner of corners(any)) {
          const dx = corner.x - middle.x;
          const dy = corner.y - middle.y;
          expect(contains(any, middle.x + dx * share, middle.y + dy * share)).toBe(true);
          expect(contains(any, middle.x + dx * 1.01, middle.y + dy * 1.01)).toBe(false);
        }
      }),
    );
  });

  test("moves without turning", () => {
    expect(move(box, 1, -2)).toEqual({ ...box, x: 11, y: 18 });
  });
});
