import { type Point, rotateBy } from "../geometry.ts";
import { type Box, centre, normalizeRotation } from "./box.ts";

/** The handles that resize a box, clockwise from its top-left corner. */
export const RESIZE_HANDLES = ["nw", "n", "ne", "e", "se", "s", "sw", "w"] as const;

/** A handle that resizes, named by its compass direction on the unturned box. */
export type ResizeHandle = (typeof RESIZE_HANDLES)[number];

/** Any handle of a box. */
export type Handle = ResizeHandle | "rotate";

/** How a handle is dragged. */
export interface DragOptions {
  /** Keep the ratio of width to height. */
  readonly ratio?: boolean;
  /** Keep the centre in place instead of the opposite side. */
  readonly centre?: boolean;
  /** Turn to whole steps of 15 degrees. */
  readonly snap?: boolean;
  /** No side becomes shorter than this many pixels; 1 when not given. */
  readonly minSize?: number;
}

/** Which sides a handle moves: -1 for left or top, 1 for right or bottom, 0 for neither. */
const SIDES: Readonly<Record<ResizeHandle, Point>> = {
  nw: { x: -1, y: -1 },
  n: { x: 0, y: -1 },
  ne: { x: 1, y: -1 },
  e: { x: 1, y: 0 },
  se: { x: 1, y: 1 },
  s: { x: 0, y: 1 },
  sw: { x: -1, y: 1 },
  w: { x: -1, y: 0 },
};

/** Degrees of one step when turning in steps. */
const STEP = 15;

const ORIGIN: Point = { x: 0, y: 0 };

/** Where a handle is in the picture; the rotate handle stands `gap` pixels above the top side. */
export function handlePosition(box: Box, handle: Handle, gap = 0): Point {
  const side = handle === "rotate" ? SIDES.n : SIDES[handle];
  const rise = handle === "rotate" ? gap : 0;
  const dy = (side.y * box.h) / 2 - rise;
  return rotateBy(centre(box), (side.x * box.w) / 2, dy, box.rotation);
}

/** The box after its handle was dragged from one point of the picture to another. */
export function dragHandle(
  box: Box,
  handle: Handle,
  from: Point,
  to: Point,
  options: DragOptions = {},
): Box {
  return handle === "rotate"
    ? turn(box, from, to, options)
    : resize(box, handle, from, to, options);
}

function turn(box: Box, from: Point, to: Point, { snap = false }: DragOptions): Box {
  const middle = centre(box);
  const before = Math.atan2(from.y - middle.y, from.x - middle.x);
  const after = Math.atan2(to.y - middle.y, to.x - middle.x);
  const degrees = ((after - before) * 180) / Math.PI;
  const turned = box.rotation + degrees;
  const rotation = snap ? Math.round(turned / STEP) * STEP : turned;
  return { ...box, rotation: normalizeRotation(rotation) };
}

function resize(
  box: Box,
  handle: ResizeHandle,
  from: Point,
  to: Point,
  { ratio = false, centre: fromCentre = false, minSize = 1 }: DragOptions,
): Box {
  const side = SIDES[handle];
  const drag = rotateBy(ORIGIN, to.x - from.x, to.y - from.y, -box.rotation);
  const reach = fromCentre ? 2 : 1;
  let w = Math.max(box.w + side.x * drag.x * reach, Math.min(minSize, box.w));
  let h = Math.max(box.h + side.y * drag.y * reach, Math.min(minSize, box.h));
  if (ratio) {
    const scale = ratioScale(box, side, w, h, minSize);
    w = box.w * scale;
    h = box.h * scale;
  }
  const growW = w - box.w;
  const growH = h - box.h;
  const shift = fromCentre
    ? ORIGIN
    : rotateBy(ORIGIN, (side.x * growW) / 2, (side.y * growH) / 2, box.rotation);
  return {
    x: box.x + (shift.x - growW / 2),
    y: box.y + (shift.y - growH / 2),
    w,
    h,
    rotation: box.rotation,
  };
}

/** The one scale for both sides: of the dragged side, at a corner the larger of the two. */
function ratioScale(box: Box, side: Point, w: number, h: number, minSize: number): number {
  const scaleW = side.x === 0 ? 0 : w / box.w;
  const scaleH = side.y === 0 ? 0 : h / box.h;
  const smallest = Math.min(1, minSize / Math.min(box.w, box.h));
  return Math.max(scaleW, scaleH, smallest);
}
