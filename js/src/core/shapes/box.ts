import { AnnotationError } from "../errors.ts";
import { hull, type Point, type Rect, rotate, rotateBy } from "../geometry.ts";

/** A box in image pixels; `rotation` in degrees clockwise about its centre, in (-180, 180]. */
export interface Box extends Rect {
  readonly rotation: number;
}

/** A box on the wire: `[x, y, w, h]`, with the rotation fifth unless it is 0. */
export type BoxJson =
  | readonly [x: number, y: number, w: number, h: number]
  | readonly [x: number, y: number, w: number, h: number, rotation: number];

/** Degrees brought into (-180, 180]; those within stay as they are, to the last bit. */
export function normalizeRotation(degrees: number): number {
  if (degrees > -180 && degrees <= 180) {
    return degrees;
  }
  const turned = degrees - 360 * Math.floor(degrees / 360);
  return turned > 180 ? turned - 360 : turned;
}

/** The box as it is stored: rotation in (-180, 180], no negative zero; throws AnnotationError when it is not a box. */
export function checkBox({ x, y, w, h, rotation }: Box): Box {
  const values = [x, y, w, h, rotation];
  if (!values.every(Number.isFinite)) {
    throw new AnnotationError(`box [${values.join(", ")}] is not finite: give numbers`);
  }
  if (w <= 0 || h <= 0) {
    throw new AnnotationError(
      `box [${values.join(", ")}] has no area: width and height must be positive`,
    );
  }
  return { x: x + 0, y: y + 0, w, h, rotation: normalizeRotation(rotation) + 0 };
}

/** The box of a wire value; throws AnnotationError when it is not one. */
export function boxFromJson(json: BoxJson): Box {
  if (!Array.isArray(json) || (json.length !== 4 && json.length !== 5)) {
    throw new AnnotationError(
      `${JSON.stringify(json)} is not a box: give [x, y, w, h] or [x, y, w, h, rotation]`,
    );
  }
  const [x, y, w, h, rotation = 0] = json;
  return checkBox({ x, y, w, h, rotation });
}

/** The wire value of a box. */
export function boxToJson(box: Box): BoxJson {
  const { x, y, w, h, rotation } = box;
  return rotation === 0 ? [x, y, w, h] : [x, y, w, h, rotation];
}

/** The box `t` of the way from `a` to `b`, turning by the shortest arc. */
export function interpolateBox(a: Box, b: Box, t: number): Box {
  const half = b.rotation - a.rotation + 180;
  const arc = half - 360 * Math.floor(half / 360) - 180;
  const turn = arc === -180 ? 180 : arc;
  return {
    x: a.x + (b.x - a.x) * t,
    y: a.y + (b.y - a.y) * t,
    w: a.w + (b.w - a.w) * t,
    h: a.h + (b.h - a.h) * t,
    rotation: normalizeRotation(a.rotation + turn * t),
  };
}

/** The point that a box turns about. */
export function centre(box: Box): Point {
  return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
}

/** The four corners in the picture: top-left, top-right, bottom-right, bottom-left of the unturned box. */
export function corners(box: Box): [Point, Point, Point, Point] {
  const middle = centre(box);
  const corner = (right: number, down: number): Point =>
    rotateBy(middle, (right * box.w) / 2, (down * box.h) / 2, box.rotation);
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}

/** The smallest upright rectangle around a turned box. */
export function bounds(box: Box): Rect {
  return box.rotation === 0 ? { x: box.x, y: box.y, w: box.w, h: box.h } : hull(corners(box));
}

/** Whether the point lies in the box or on its edge. */
export function contains(box: Box, px: number, py: number): boolean {
  const { x, y } = rotate({ x: px, y: py }, centre(box), -box.rotation);
  return x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
}

/** The box moved by a vector. */
export function move(box: Box, dx: number, dy: number): Box {
  return { ...box, x: box.x + dx, y: box.y + dy };
}
