import { type Camera, type Point, toImage, toScreen } from "../core/geometry.ts";
import { type Box, contains } from "../core/shapes/box.ts";
import { type Handle, handlePosition, RESIZE_HANDLES } from "../core/shapes/handles.ts";
import type { Shape } from "../store/derived.ts";

/** How far the rotate handle stands above its box, in css px. */
const ROTATE_GAP = 28;
/** Half the side of a handle's hit area, in css px. */
const REACH = 8;
/** A box is hit this far outside its edge, in css px, so that thin ones can be caught. */
const TOLERANCE = 3;
/** Handles in the middle of a side hide when that side is shorter, in css px. */
const SHORT_SIDE = 32;

/** The handles that a box shows at this zoom. */
export function visibleHandles(box: Box, scale: number): Handle[] {
  const wide = box.w * scale >= SHORT_SIDE;
  const high = box.h * scale >= SHORT_SIDE;
  const resize = RESIZE_HANDLES.filter(
    (handle) => handle.length === 2 || (handle === "n" || handle === "s" ? wide : high),
  );
  return [...resize, "rotate"];
}

/** Where a handle is on the stage. */
export function handleOnStage(box: Box, handle: Handle, camera: Camera): Point {
  return toScreen(camera, handlePosition(box, handle, ROTATE_GAP / camera.scale));
}

/** The handle under a point of the stage, null when there is none: the middle of a box moves it, however small it is. */
export function hitHandle(box: Box, camera: Camera, point: Point): Handle | null {
  const { x, y } = toImage(camera, point);
  if (contains(grown(box, -box.w / 4, -box.h / 4), x, y)) {
    return null;
  }
  const distance = (handle: Handle) => {
    const at = handleOnStage(box, handle, camera);
    return Math.max(Math.abs(at.x - point.x), Math.abs(at.y - point.y));
  };
  const [nearest] = visibleHandles(box, camera.scale)
    .filter((handle) => distance(handle) <= REACH)
    .sort((a, b) => distance(a) - distance(b));
  return nearest ?? null;
}

/** All shapes under a point of the stage, the smallest first. */
export function hitShapes(shapes: readonly Shape[], camera: Camera, point: Point): Shape[] {
  const { x, y } = toImage(camera, point);
  const slack = TOLERANCE / camera.scale;
  return shapes
    .filter(({ box }) => contains(grown(box, slack, slack), x, y))
    .sort((a, b) => a.box.w * a.box.h - b.box.w * b.box.h);
}

function grown(box: Box, dx: number, dy: number): Box {
  return { ...box, x: box.x - dx, y: box.y - dy, w: box.w + 2 * dx, h: box.h + 2 * dy };
}
