import type { Point, Rect } from "../core/geometry.ts";
import { type Box, bounds, move } from "../core/shapes/box.ts";

/** So much of a box stays in the picture, in its pixels. */
const INSIDE = 1;

/** Width and height of a picture. */
export type Size = { readonly width: number; readonly height: number };

/** The boxes moved together, as far as each of them keeps a part in the picture. */
export function moveWithin(boxes: readonly Box[], dx: number, dy: number, size: Size): Box[] {
  const moved = boxes.map((box) => move(box, dx, dy));
  const back = moved.map((box) => wayBack(bounds(box), size));
  const x = farthest(back.map((way) => way.x));
  const y = farthest(back.map((way) => way.y));
  return moved.map((box) => move(box, x, y));
}

/** The box, moved back where it would have no part in the picture. */
export function keepWithin(box: Box, size: Size): Box {
  const { x, y } = wayBack(bounds(box), size);
  return x === 0 && y === 0 ? box : move(box, x, y);
}

/** Whether the rectangle has a part in the picture. */
export function touches(rect: Rect, { width, height }: Size): boolean {
  return rect.x < width && rect.y < height && rect.x + rect.w > 0 && rect.y + rect.h > 0;
}

function wayBack({ x, y, w, h }: Rect, { width, height }: Size): Point {
  return { x: intoRange(x, w, width), y: intoRange(y, h, height) };
}

function intoRange(start: number, length: number, size: number): number {
  return Math.max(0, INSIDE - start - length) + Math.min(0, size - INSIDE - start);
}

function farthest(ways: readonly number[]): number {
  return ways.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
}
