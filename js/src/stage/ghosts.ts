import { toScreen } from "../core/geometry.ts";
import { boxAt, geometryAt, stateAt } from "../core/interpolate.ts";
import { type Box, centre } from "../core/shapes/box.ts";
import { nextKeyframe, prevKeyframe, type Track } from "../core/track.ts";
import {
  addBox,
  type Brush,
  CHIP_HEIGHT,
  fillFaint,
  type Place,
  paintChip,
  placeOf,
  strokeHaloed,
} from "./paint.ts";

/** The box of a keyframe near the frame shown. */
export type Ghost = { frame: number; box: Box; before: boolean };

/** Frames on each side that a trail goes through. */
const TRAIL = 50;
/** Width that a frame on a chip takes, in css px. */
const CHIP_WIDTH = 48;

/** The boxes of the keyframes before and after a frame, where the object is there and elsewhere. */
export function ghostsOf(track: Track, frame: number): Ghost[] {
  const here = geometryAt(track.keyframes, frame);
  return [prevKeyframe(track, frame), nextKeyframe(track, frame)].flatMap((at) => {
    const box = at === null ? null : boxAt(track, at);
    return at === null || box === null || isSame(box, here)
      ? []
      : [{ frame: at, box, before: at < frame }];
  });
}

/** Paint ghosts: thin outlines, a faint fill, and their frames where the box itself does not cross them. */
export function paintGhosts(
  brush: Brush,
  ghosts: readonly Ghost[],
  colour: string,
  shown: Box | null,
): void {
  const { context, camera } = brush;
  const own = shown && placeOf(camera, shown);
  for (const { frame, box, before } of ghosts) {
    context.beginPath();
    addBox(brush, box);
    fillFaint(context, colour, 0.08);
    strokeHaloed(context, colour, 1);
    const { left, right, bottom } = placeOf(camera, box);
    const text = before ? `‹${frame}` : `${frame}›`;
    const at = { x: before ? left : right, y: bottom - CHIP_HEIGHT + 1 };
    const start = before ? left - CHIP_WIDTH : right;
    const chip = { left: start, right: start + CHIP_WIDTH, top: at.y, bottom: bottom + 1 };
    if (own === null || !crosses(own, chip)) {
      paintChip(brush, text, at, before);
    }
  }
}

/** Whether the outline of one place goes through another. */
function crosses(outline: Place, place: Place): boolean {
  const meets =
    outline.left <= place.right &&
    outline.right >= place.left &&
    outline.top <= place.bottom &&
    outline.bottom >= place.top;
  const holds =
    outline.left < place.left &&
    outline.right > place.right &&
    outline.top < place.top &&
    outline.bottom > place.bottom;
  return meets && !holds;
}

/** A piece of the way of a box's centre: in a straight line from frame to frame. */
export type Leg = { from: Stop; to: Stop; past: boolean };

/** A place on the way of a box's centre. */
export type Stop = { frame: number; x: number; y: number; keyframe: boolean };

/** The way of a box's centre through the frames around, without those that it is absent on or jumps over. */
export function trailOf(track: Track, frame: number, frameCount: number): Leg[] {
  const from = Math.max(0, frame - TRAIL);
  const to = Math.min(frameCount - 1, frame + TRAIL);
  const keyframes = [...track.keyframes.frames].filter((at) => at > from && at < to);
  const frames = [...new Set([from, ...keyframes, frame, to])].sort((a, b) => a - b);
  return frames.slice(1).flatMap((stop, index) => {
    const start = frames[index] ?? stop;
    const { present, hold } = stateAt(track, start);
    return present && !hold
      ? [{ from: stopAt(track, start), to: stopAt(track, stop), past: stop <= frame }]
      : [];
  });
}

function stopAt(track: Track, frame: number): Stop {
  const { x, y } = centre(geometryAt(track.keyframes, frame));
  return { frame, x, y, keyframe: stateAt(track, frame).exact };
}

/** Paint a trail: the past brighter than the future, a dot on each keyframe. */
export function paintTrail({ context, camera }: Brush, legs: readonly Leg[], colour: string): void {
  for (const past of [false, true]) {
    context.globalAlpha = past ? 1 : 0.55;
    context.beginPath();
    for (const leg of legs.filter((leg) => leg.past === past)) {
      const [a, b] = [toScreen(camera, leg.from), toScreen(camera, leg.to)];
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
    }
    strokeHaloed(context, colour, 1.5);
    for (const stop of legs
      .filter((leg) => leg.past === past)
      .flatMap(({ from, to }) => [from, to])) {
      if (stop.keyframe) {
        const { x, y } = toScreen(camera, stop);
        context.beginPath();
        context.arc(x, y, 3, 0, 2 * Math.PI);
        strokeHaloed(context, colour, 1);
        context.fillStyle = colour;
        context.fill();
      }
    }
  }
  context.globalAlpha = 1;
}

function isSame(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h && a.rotation === b.rotation;
}
