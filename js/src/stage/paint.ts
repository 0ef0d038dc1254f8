import { type Camera, type Point, type Rect, toScreen } from "../core/geometry.ts";
import { type Box, bounds, corners } from "../core/shapes/box.ts";
import type { Swatch } from "../store/colours.ts";
import type { Shape } from "../store/derived.ts";
import { handleOnStage, visibleHandles } from "./hit.ts";

/** What painting needs besides the shapes. */
export type Brush = {
  /** Of the canvas, which counts as touched when this is read. */
  readonly context: CanvasRenderingContext2D;
  camera: Camera;
  /** Size of the stage in css px. */
  width: number;
  height: number;
  colour(swatch?: Swatch): string;
  font: string;
};

/** What a text is painted on. */
type Paper = Pick<Brush, "context" | "font" | "width" | "height">;

/** Where a box is on the stage: its smallest upright rectangle, in css px. */
export type Place = { left: number; top: number; right: number; bottom: number };

/** A box that can be seen, and where it is. */
export type Seen = { shape: Shape; place: Place };

/** Black around every line, so that it is seen on any picture. */
export const HALO = "rgba(0,0,0,.6)";
/** What texts on the stage are written on. */
export const CHIP = "rgba(17,18,20,.88)";
/** Height of a chip in css px. */
export const CHIP_HEIGHT = 18;
const CHIP_EDGE = 5;
const HANDLE = 8;

/** Paint the picture of a frame, or of the part of it that `rect` is. */
export function paintPicture(
  { context, camera }: Brush,
  image: ImageBitmap | OffscreenCanvas,
  rect: Rect,
): void {
  const { scale } = camera;
  const pixelated = (scale * rect.w) / image.width > 3;
  context.imageSmoothingEnabled = !pixelated;
  context.imageSmoothingQuality = "high";
  const { x, y } = toScreen(camera, rect);
  context.drawImage(image, x, y, rect.w * scale, rect.h * scale);
}

/** Where a box is on the stage. */
export function placeOf(camera: Camera, box: Box): Place {
  const hull = bounds(box);
  const { x: left, y: top } = toScreen(camera, hull);
  return { left, top, right: left + hull.w * camera.scale, bottom: top + hull.h * camera.scale };
}

/** Whether any part of a place can be seen. */
export function inSight({ left, top, right, bottom }: Place, { width, height }: Brush): boolean {
  return right >= 0 && bottom >= 0 && left <= width && top <= height;
}

/** The boxes that can be seen. */
export function seenOf(brush: Brush, shapes: readonly Shape[]): Seen[] {
  return shapes
    .map((shape) => ({ shape, place: placeOf(brush.camera, shape.box) }))
    .filter(({ place }) => inSight(place, brush));
}

/** Add the outline of a box to the current path. */
export function addBox({ context, camera }: Brush, box: Box): void {
  if (box.rotation === 0) {
    const { x, y } = toScreen(camera, box);
    context.rect(x, y, box.w * camera.scale, box.h * camera.scale);
    return;
  }
  const [first, ...rest] = corners(box).map((corner) => toScreen(camera, corner));
  context.moveTo(first?.x ?? 0, first?.y ?? 0);
  for (const { x, y } of rest) {
    context.lineTo(x, y);
  }
  context.closePath();
}

/** Stroke the current path in a colour of this width, with a halo. */
export function strokeHaloed(context: CanvasRenderingContext2D, colour: string, width = 2): void {
  context.lineJoin = "miter";
  context.lineWidth = width + 2;
  context.strokeStyle = HALO;
  context.stroke();
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}

/** Fill the current path in a colour, this much. */
export function fillFaint(context: CanvasRenderingContext2D, colour: string, alpha: number): void {
  if (alpha > 0) {
    context.globalAlpha = alpha;
    context.fillStyle = colour;
    context.fill();
    context.globalAlpha = 1;
  }
}

/** Paint the line from a selected box to its rotate handle: it goes behind the tag. */
export function paintStem({ context, camera }: Brush, box: Box): void {
  const top = handleOnStage(box, "n", camera);
  const knob = handleOnStage(box, "rotate", camera);
  context.beginPath();
  context.moveTo(top.x, top.y);
  context.lineTo(knob.x, knob.y);
  strokeHaloed(context, "#fff", 1);
}

/** Paint the handles of a selected box. */
export function paintHandles({ context, camera }: Brush, box: Box): void {
  context.lineWidth = 1;
  context.strokeStyle = "#000";
  context.fillStyle = "#fff";
  for (const handle of visibleHandles(box, camera.scale)) {
    const { x, y } = handleOnStage(box, handle, camera);
    context.beginPath();
    if (handle === "rotate") {
      context.arc(x, y, HANDLE / 2, 0, 2 * Math.PI);
    } else {
      const [left, upper] = [Math.round(x - HANDLE / 2) + 0.5, Math.round(y - HANDLE / 2) + 0.5];
      context.rect(left, upper, HANDLE, HANDLE);
    }
    context.fill();
    context.stroke();
  }
}

/** Paint a line of text on a dark chip, its top-left corner (or top-right one) at a point, but whole on the stage. */
export function paintChip(brush: Paper, text: string, at: Point, leftwards = false): void {
  const { context, width, height } = brush;
  context.font = brush.font;
  const chipWidth = context.measureText(text).width + 2 * CHIP_EDGE;
  const x = Math.max(4, Math.min(leftwards ? at.x - chipWidth : at.x, width - chipWidth - 4));
  const y = Math.max(4, Math.min(at.y, height - CHIP_HEIGHT - 4));
  context.fillStyle = CHIP;
  context.fillRect(x, y, chipWidth, CHIP_HEIGHT);
  context.fillStyle = "#fff";
  context.textBaseline = "middle";
  context.fillText(text, x + CHIP_EDGE, y + CHIP_HEIGHT / 2 + 0.5);
}

/** Paint lines over the whole stage that cross at a point. */
export function paintCross({ context, width, height }: Brush, { x, y }: Point): void {
  const [across, down] = [Math.round(y) + 0.5, Math.round(x) + 0.5];
  context.beginPath();
  context.moveTo(0, across);
  context.lineTo(width, across);
  context.moveTo(down, 0);
  context.lineTo(down, height);
  context.lineWidth = 3;
  context.strokeStyle = "rgba(0,0,0,.3)";
  context.stroke();
  context.lineWidth = 1;
  context.strokeStyle = "rgba(255,255,255,.8)";
  context.stroke();
}
