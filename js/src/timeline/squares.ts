import type { Span } from "../core/track.ts";
import { type Glyph, KINDS, type ReviewError } from "../store/review.ts";
import type { Paints } from "./canvas.ts";
import { type Scale, toX } from "./scale.ts";

/** Height of the strip of errors in css px. */
export const DENSITY = 16;
/** A square and the room after it; as many as fit stand on each other. */
const [SIDE, PITCH] = [3, 4];
const MOST = DENSITY / PITCH;

/** The glyphs in each column of the strip from the bottom up: one a kind and track in error there. */
export function squaresOf(errors: readonly ReviewError[], scale: Scale): Glyph[][] {
  const columns: Map<string, Glyph>[] = Array.from(
    { length: Math.max(1, Math.floor(scale.width / PITCH)) },
    () => new Map(),
  );
  for (const { kind, start, stop, truth, prediction } of errors) {
    const { glyph } = KINDS[kind];
    const from = Math.max(0, Math.floor(toX(scale, start) / PITCH));
    const to = Math.max(from + 1, Math.ceil(toX(scale, stop) / PITCH));
    const name = `${glyph} ${truth ?? `P${prediction}`}`;
    for (const column of columns.slice(from, to)) {
      column.set(name, glyph);
    }
  }
  return columns.map((column) => [...column.values()].sort(byOrder).slice(0, MOST));
}

const ORDER: readonly Glyph[] = ["miss", "fp", "idsw", "iou"];

function byOrder(a: Glyph, b: Glyph): number {
  return ORDER.indexOf(a) - ORDER.indexOf(b);
}

/** Paint the strip of errors above the clip. */
export function paintDensity(
  context: CanvasRenderingContext2D,
  { errors, line }: Paints,
  width: number,
  squares: readonly (readonly Glyph[])[],
): void {
  if (squares.every((column) => column.length === 0)) {
    return;
  }
  for (const [index, column] of squares.entries()) {
    for (const [row, glyph] of column.entries()) {
      context.fillStyle = errors[glyph];
      context.fillRect(index * PITCH, DENSITY - (row + 1) * PITCH + 1, SIDE, SIDE);
    }
  }
  context.fillStyle = line;
  context.fillRect(0, DENSITY, width, 1);
}

/** Paint a line along the frames that a person has verified. */
export function paintVerified(
  context: CanvasRenderingContext2D,
  { accent }: Paints,
  scale: Scale,
  verified: readonly Span[],
): void {
  context.fillStyle = accent;
  for (const { start, stop } of verified) {
    const from = toX(scale, start);
    context.fillRect(from, DENSITY - 1, Math.max(1, toX(scale, stop) - from), 2);
  }
}
