import type { Box } from "../core/shapes/box.ts";
import type { Track } from "../core/track.ts";
import type { Swatch } from "../store/colours.ts";
import type { Shape } from "../store/derived.ts";
import type { Store } from "../store/store.ts";
import { errorsHere } from "./errors.ts";
import { addBox, type Brush, HALO, type Place, type Seen, seenOf } from "./paint.ts";
import { paintTags, TAG_HEIGHT, type Tag, type TagLook, tagText } from "./tags.ts";

/** How boxes look. */
export type Look = {
  swatch(track: Track): Swatch | undefined;
  /** How much they are filled, 0 to 1. */
  fill: number;
  /** Null where they have no tags. */
  tags: TagLook | null;
  /** Tags of other boxes, which fill and hatch leave free. */
  free?: readonly Tag[];
};

/** The look that a view gives to its boxes; tags may be asked for whether they are shown or not. */
export function lookOf(
  { view, derived }: Store,
  tags = view.tags.peek(),
  { passing, beside }: Omit<TagLook, "tag"> = { passing: false, beside: [] },
): Look {
  const parts = view.tagParts.peek();
  const frame = view.frame.peek();
  const named = new Set(errorsHere(derived, frame).map(({ truth }) => truth));
  const tag = (shape: Shape) => (named.has(shape.track.id) ? null : tagText(shape, parts, frame));
  return {
    swatch: derived.swatch.peek(),
    fill: view.fill.peek(),
    tags: tags ? { tag, passing, beside } : null,
  };
}

/** How far apart the lines of a hatch are, in css px. */
const HATCH = 7;

/**
 * Paint boxes: outlines, a hatch on the occluded ones, tags above them all. Each upright one is a
 * rectangle of its own: for a canvas a thousand of those are ten times as fast as one path of them. Returns
 * the tags that the rest keeps clear of.
 */
export function paintShapes(brush: Brush, shapes: readonly Shape[], look: Look): readonly Tag[] {
  const seen = seenOf(brush, shapes);
  if (seen.length === 0) {
    return [];
  }
  const { context } = brush;
  context.lineJoin = "miter";
  context.lineWidth = 4;
  context.strokeStyle = HALO;
  for (const { shape, place } of seen) {
    outline(brush, shape.box, place, "stroke");
  }
  for (const [colour, group] of grouped(seen, ({ shape }) =>
    brush.colour(look.swatch(shape.track)),
  )) {
    paintGroup(brush, group, colour, look);
  }
  return look.tags === null
    ? []
    : paintTags(brush, seen, look.tags, ({ track }) => brush.colour(look.swatch(track)));
}

function paintGroup(brush: Brush, group: readonly Seen[], colour: string, look: Look): void {
  const { context } = brush;
  const occluded = group.filter(({ shape }) => shape.occluded);
  context.save();
  leaveFree(brush, look.free ?? []);
  if (look.fill > 0) {
    context.globalAlpha = look.fill;
    context.fillStyle = colour;
    for (const { shape, place } of group) {
      outline(brush, shape.box, place, "fill");
    }
    context.globalAlpha = 1;
  }
  if (occluded.length > 0) {
    context.fillStyle = hatch(context, colour);
    for (const { shape, place } of occluded) {
      outline(brush, shape.box, place, "fill");
    }
  }
  context.restore();
  context.lineWidth = 2;
  context.strokeStyle = colour;
  for (const { shape, place } of group) {
    outline(brush, shape.box, place, "stroke");
  }
}

/** Paint nothing on these tags until the context is restored. */
function leaveFree({ context, width, height }: Brush, tags: readonly Tag[]): void {
  if (tags.length > 0) {
    context.beginPath();
    context.rect(0, 0, width, height);
    for (const { x, y, width: long } of tags) {
      context.rect(x, y, long, TAG_HEIGHT);
    }
    context.clip("evenodd");
  }
}

/** Stroke or fill one box. */
function outline(brush: Brush, box: Box, place: Place, way: "stroke" | "fill"): void {
  const { context } = brush;
  if (box.rotation === 0) {
    // On whole pixels a line is sharp, and painted in two thirds of the time.
    const [left, top] = [toPixel(place.left), toPixel(place.top)];
    const [width, height] = [toPixel(place.right) - left, toPixel(place.bottom) - top];
    // No name is put together here: it is done three thousand times a frame.
    if (way === "stroke") {
      context.strokeRect(left, top, width, height);
    } else {
      context.fillRect(left, top, width, height);
    }
  } else {
    context.beginPath();
    addBox(brush, box);
    context[way]();
  }
}

/** The nearest edge of a pixel of the screen, in css px. */
function toPixel(place: number): number {
  return Math.round(place * devicePixelRatio) / devicePixelRatio;
}

const patterns = new Map<string, CanvasPattern>();

/** Slanted lines of a colour, to fill with. */
function hatch(context: CanvasRenderingContext2D, colour: string): CanvasPattern | string {
  const key = `${colour} ${devicePixelRatio}`;
  const known = patterns.get(key);
  if (known) {
    return known;
  }
  const side = Math.round(HATCH * devicePixelRatio);
  const tile = new OffscreenCanvas(side, side);
  const lines = tile.getContext("2d");
  if (lines === null) {
    return colour;
  }
  lines.lineWidth = 1.5 * devicePixelRatio;
  lines.strokeStyle = colour;
  lines.globalAlpha = 0.7;
  for (const shift of [-side, 0, side]) {
    lines.moveTo(shift - 2, side + 2);
    lines.lineTo(shift + side + 2, -2);
  }
  lines.stroke();
  const pattern = context.createPattern(tile, "repeat");
  if (pattern === null) {
    return colour;
  }
  pattern.setTransform(new DOMMatrix().scale(HATCH / side));
  patterns.set(key, pattern);
  return pattern;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) {
      group.push(item);
    } else {
      groups.set(key, [item]);
    }
  }
  return groups;
}
