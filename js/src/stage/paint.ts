import { type Camera, type Point, toScreen } from "../core/geometry.ts";
import { type Box, bounds, corners } from "../core/shapes/box.ts";
import type { Swatch } from "../store/colours.ts";
import type { Shape } from "../store/derived.ts";
import { handleOnStage, visibleHandles } from "./hit.ts";

/** What painting needs besides the shapes. */
export type Brush = {
  context: CanvasRenderingContext2D;
  camera: Camera;
  /** Size of the stage in css px. */
  width: number;
  height: number;
  colour(swatch?: Swatch): string;
  font: string;
};

const HALO = "rgba(0,0,0,.6)";
const TAG_INK = "#111";
const CHIP = "rgba(17,18,20,.88)";
const TAG_HEIGHT = 16;
const HANDLE = 8;

/** Paint the picture of a frame. */
export function paintPicture({ context, camera }: Brush, image: ImageBitmap, size: Point): void {
  const pixelated = (camera.scale * size.x) / image.width > 3;
  context.imageSmoothingEnabled = !pixelated;
  context.imageSmoothingQuality = "high";
  context.drawImage(image, camera.x, camera.y, size.x * camera.scale, size.y * camera.scale);
}

/** Paint one shape: its outline, hatched when occluded, and its tag. */
export function paintShape(brush: Brush, shape: Shape, swatch: Swatch | undefined, tag: boolean) {
  const colour = brush.colour(swatch);
  outline(brush, shape.box, colour, shape.selected ? 0.14 : 0);
  if (shape.occluded) {
    hatch(brush, shape.box, colour);
  }
  if (tag) {
    paintTag(brush, shape, colour);
  }
}

/** Paint the box that is being drawn. */
export function paintDraft(brush: Brush, box: Box, swatch: Swatch | undefined): void {
  outline(brush, box, brush.colour(swatch), 0.14);
}

/** Paint the handles of a selected box. */
export function paintHandles({ context, camera }: Brush, box: Box): void {
  context.lineWidth = 1;
  context.strokeStyle = "#000";
  context.fillStyle = "#fff";
  const top = handleOnStage(box, "n", camera);
  const knob = handleOnStage(box, "rotate", camera);
  context.beginPath();
  context.moveTo(top.x, top.y);
  context.lineTo(knob.x, knob.y);
  context.stroke();
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

/** Paint a line of text on a dark chip, its top-left corner at a point of the stage. */
export function paintChip(
  { context, font, width, height }: Pick<Brush, "context" | "font" | "width" | "height">,
  text: string,
  at: Point,
): void {
  context.font = font;
  const chipWidth = context.measureText(text).width + 12;
  const x = Math.max(4, Math.min(at.x, width - chipWidth - 4));
  const y = Math.min(at.y, height - TAG_HEIGHT - 4);
  context.fillStyle = CHIP;
  context.fillRect(x, y, chipWidth, TAG_HEIGHT + 4);
  context.fillStyle = "#fff";
  context.textBaseline = "middle";
  context.fillText(text, x + 6, y + TAG_HEIGHT / 2 + 2.5);
}

function path({ context, camera }: Brush, box: Box): void {
  const [first, ...rest] = corners(box).map((corner) => toScreen(camera, corner));
  context.beginPath();
  context.moveTo(first?.x ?? 0, first?.y ?? 0);
  for (const { x, y } of rest) {
    context.lineTo(x, y);
  }
  context.closePath();
}

function outline(brush: Brush, box: Box, colour: string, fill: number): void {
  const { context } = brush;
  path(brush, box);
  if (fill > 0) {
    context.globalAlpha = fill;
    context.fillStyle = colour;
    context.fill();
    context.globalAlpha = 1;
  }
  context.lineJoin = "miter";
  context.lineWidth = 4;
  context.strokeStyle = HALO;
  context.stroke();
  context.lineWidth = 2;
  context.strokeStyle = colour;
  context.stroke();
}

function hatch(brush: Brush, box: Box, colour: string): void {
  const { context, camera, width, height } = brush;
  const hull = bounds(box);
  const from = toScreen(camera, hull);
  const to = toScreen(camera, { x: hull.x + hull.w, y: hull.y + hull.h });
  const left = Math.max(from.x, 0);
  const right = Math.min(to.x, width);
  const top = Math.max(from.y, 0);
  const bottom = Math.min(to.y, height);
  const reach = bottom - top;
  context.save();
  path(brush, box);
  context.clip();
  context.beginPath();
  for (let x = left - reach - ((left - reach) % 7); x < right; x += 7) {
    context.moveTo(x, bottom);
    context.lineTo(x + reach, top);
  }
  context.globalAlpha = 0.7;
  context.lineWidth = 1.5;
  context.strokeStyle = colour;
  context.stroke();
  context.restore();
}

function paintTag(brush: Brush, { box, track, selected, locked }: Shape, colour: string): void {
  const { context, camera, width, height, font } = brush;
  const hull = bounds(box);
  const corner = toScreen(camera, hull);
  const end = toScreen(camera, { x: hull.x + hull.w, y: hull.y + hull.h });
  if (end.x < 0 || end.y < 0 || corner.x > width || corner.y > height) {
    return;
  }
  const text = `#${track.id} ${track.label}`;
  const indent = locked ? 18 : 4;
  context.font = selected ? `600 ${font}` : font;
  const tagWidth = context.measureText(text).width + indent + 4;
  const x = Math.max(0, Math.min(corner.x - 2, width - tagWidth));
  const y = Math.max(0, Math.min(corner.y - TAG_HEIGHT - 1, height - TAG_HEIGHT));
  context.fillStyle = colour;
  context.fillRect(x, y, tagWidth, TAG_HEIGHT);
  context.fillStyle = TAG_INK;
  context.textBaseline = "middle";
  context.fillText(text, x + indent, y + TAG_HEIGHT / 2 + 0.5);
  if (locked) {
    paintLock(context, x + 2, y);
  }
}

function paintLock(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.save();
  context.translate(x, y);
  context.lineWidth = 1.5;
  context.strokeStyle = TAG_INK;
  context.stroke(new Path2D("M3.5 7h9v6h-9zM5.5 7V5a2.5 2.5 0 015 0v2"));
  context.restore();
}
