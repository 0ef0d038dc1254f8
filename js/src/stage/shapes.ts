import type { Track } from "../core/track.ts";
import type { Swatch } from "../store/colours.ts";
import type { Shape } from "../store/derived.ts";
import type { Store } from "../store/store.ts";
import { addBox, type Brush, fillFaint, HALO, inSight, type Place, placeOf } from "./paint.ts";
import { paintTag, tagText } from "./tags.ts";

/** How boxes look. */
export type Look = {
  swatch(track: Track): Swatch | undefined;
  /** How much they are filled, 0 to 1. */
  fill: number;
  /** What their tags say; null for none. */
  tag: ((shape: Shape) => string) | null;
};

/** The look that a view gives to its boxes; tags may be asked for whether they are shown or not. */
export function lookOf({ view, derived }: Store, tags = view.tags.peek()): Look {
  const parts = view.tagParts.peek();
  const frame = view.frame.peek();
  return {
    swatch: derived.swatch.peek(),
    fill: view.fill.peek(),
    tag: tags ? (shape) => tagText(shape, parts, frame) : null,
  };
}

/** How far apart the lines of a hatch are, in css px. */
const HATCH = 7;

/**
 * Paint boxes: outlines, a hatch on the occluded ones, tags above them all. A thousand of them are
 * one path for the halo and one for each colour, for a canvas is slow at changes of style.
 */
export function paintShapes(brush: Brush, shapes: readonly Shape[], look: Look): void {
  const { context, camera } = brush;
  const seen = shapes.flatMap((shape) => {
    const place = placeOf(camera, shape.box);
    return inSight(place, brush) ? [{ shape, place }] : [];
  });
  context.lineJoin = "miter";
  context.beginPath();
  for (const { shape } of seen) {
    addBox(brush, shape.box);
  }
  context.lineWidth = 4;
  context.strokeStyle = HALO;
  context.stroke();
  for (const [colour, group] of grouped(seen, ({ shape }) =>
    brush.colour(look.swatch(shape.track)),
  )) {
    paintGroup(brush, group, colour, look);
  }
  if (look.tag !== null) {
    for (const { shape, place } of seen) {
      paintTag(brush, shape, place, brush.colour(look.swatch(shape.track)), look.tag(shape));
    }
  }
}

type Seen = { shape: Shape; place: Place };

function paintGroup(brush: Brush, group: readonly Seen[], colour: string, look: Look): void {
  const { context } = brush;
  context.beginPath();
  for (const { shape } of group) {
    addBox(brush, shape.box);
  }
  fillFaint(context, colour, look.fill);
  context.lineWidth = 2;
  context.strokeStyle = colour;
  context.stroke();
  const occluded = group.filter(({ shape }) => shape.occluded);
  if (occluded.length > 0) {
    context.beginPath();
    for (const { shape } of occluded) {
      addBox(brush, shape.box);
    }
    context.fillStyle = hatch(context, colour);
    context.fill();
  }
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
