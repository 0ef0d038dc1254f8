import type { Glyph } from "../store/review.ts";

/** The drawings of errors, 12 x 12, as strokes; some are filled. */
export const GLYPHS: Readonly<Record<Glyph, { stroke: string; fill: string }>> = {
  miss: { stroke: "M1.8 6a4.2 4.2 0 108.4 0 4.2 4.2 0 10-8.4 0", fill: "" },
  fp: { stroke: "M2 2l8 8M10 2l-8 8", fill: "" },
  idsw: { stroke: "", fill: "M1 1.5L6 6 1 10.5zM11 1.5L6 6l5 4.5z" },
  iou: {
    stroke: "M1.6 6a4.4 4.4 0 108.8 0 4.4 4.4 0 10-8.8 0",
    fill: "M6 1.6a4.4 4.4 0 010 8.8z",
  },
};

/** Paint the mark of an error in a colour, its middle at a point. */
export function paintGlyph(
  context: CanvasRenderingContext2D,
  glyph: Glyph,
  colour: string,
  x: number,
  y: number,
): void {
  const { stroke, fill } = GLYPHS[glyph];
  context.save();
  context.translate(x - 6, y - 6);
  context.lineWidth = 1.8;
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.stroke(new Path2D(stroke));
  context.fill(new Path2D(fill));
  context.restore();
}
