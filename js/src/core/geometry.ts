/** A point or a vector, in image or in screen pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An upright rectangle: its top-left corner and its size. */
export interface Rect extends Point {
  readonly w: number;
  readonly h: number;
}

/** Where the image lies on the screen: `screen = image * scale + (x, y)`. */
export interface Camera extends Point {
  readonly scale: number;
}

/** The point that lies (dx, dy) from `centre` once that vector is turned by `degrees`, clockwise as seen on the screen. */
export function rotateBy(centre: Point, dx: number, dy: number, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return { x: centre.x + (dx * cos - dy * sin), y: centre.y + (dx * sin + dy * cos) };
}

/** `point` turned about `centre` by `degrees`, clockwise as seen on the screen. */
export function rotate(point: Point, centre: Point, degrees: number): Point {
  return rotateBy(centre, point.x - centre.x, point.y - centre.y, degrees);
}

/** The smallest upright rectangle around `points`. */
export function hull(points: readonly Point[]): Rect {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
}

/** Left, top, right and bottom of a rectangle. */
export function toXyxy(rect: Rect): [number, number, number, number] {
  return [rect.x, rect.y, rect.x + rect.w, rect.y + rect.h];
}

/** The rectangle between left, top, right and bottom. */
export function fromXyxy([x0, y0, x1, y1]: readonly [number, number, number, number]): Rect {
  return { x: x0, y: y0, w: x1 - x0, h: y1 - y0 };
}

/** Where a point of the image is seen on the screen. */
export function toScreen(camera: Camera, point: Point): Point {
  return { x: point.x * camera.scale + camera.x, y: point.y * camera.scale + camera.y };
}

/** Which point of the image is seen at a point of the screen. */
export function toImage(camera: Camera, point: Point): Point {
  return { x: (point.x - camera.x) / camera.scale, y: (point.y - camera.y) / camera.scale };
}
