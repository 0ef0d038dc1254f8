import { indexAt, type Keyframes } from "../core/keyframes.ts";
import { spans, type Track } from "../core/track.ts";
import type { Paints } from "./canvas.ts";
import { centreX, type Scale, toX } from "./scale.ts";

/** Half the height of a bar. */
const BAR = 4;
/** Half the diagonal of a keyframe's diamond. */
const DIAMOND = 4.5;
/** Keyframes closer than this many css px are drawn as ticks instead of diamonds. */
const CROWDED = 10;
/** Ticks closer than this many css px are left out. */
const TICK_GAP = 3;

/** Where one lane is painted. */
export type Lane = {
  context: CanvasRenderingContext2D;
  scale: Scale;
  /** Height of the lane's middle. */
  y: number;
  colour: string;
  paints: Paints;
};

/** Paint a track: its spans, the gaps between them, its keyframes and its ends. */
export function paintTrack(lane: Lane, track: Track, frameCount: number, small: boolean): void {
  const present = spans(track, frameCount);
  for (const [index, { start, stop }] of present.entries()) {
    const before = present[index - 1];
    if (before) {
      paintGap(lane, before.stop, start);
    }
    paintSpan(lane, track.keyframes, start, stop);
  }
  paintKeyframes(lane, track, small);
  for (const { start, stop } of present) {
    paintEnd(lane, toX(lane.scale, start), 1);
    if (stop < frameCount) {
      paintEnd(lane, toX(lane.scale, stop), -1);
    }
  }
}

/** Paint the mark of a keyframe larger and ringed: selected, or the pointer is over it. */
export function paintRinged(lane: Lane, x: number, ring: string): void {
  const { context, paints, y } = lane;
  context.beginPath();
  context.arc(x, y, 9.5, 0, 2 * Math.PI);
  context.fillStyle = paints.bg;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = ring;
  context.stroke();
  diamond(context, x, y, 6);
  context.fillStyle = lane.colour;
  context.fill();
}

/** Paint where a track is present: as few pieces as look different, not one for each keyframe. */
function paintSpan(lane: Lane, keyframes: Keyframes, start: number, stop: number): void {
  const { frames, hold, occluded } = keyframes;
  const isLike = (one: number, other: number) =>
    occluded[one] === occluded[other] && (occluded[one] === 1 || hold[one] === hold[other]);
  let index = indexAt(keyframes, start);
  for (let frame = frames[index]; frame !== undefined && frame < stop; frame = frames[index]) {
    const first = index;
    do {
      index += 1;
    } while (index < frames.length && isLike(first, index));
    const from = toX(lane.scale, frame);
    const to = toX(lane.scale, Math.min(frames[index] ?? stop, stop));
    if (to < 0 || from > lane.scale.width) {
      continue;
    }
    if (occluded[first]) {
      paintOccluded(lane, from, to);
    } else {
      paintVisible(lane, from, to, hold[first] === 1);
    }
  }
}

function paintVisible(
  { context, colour, paints, y }: Lane,
  from: number,
  to: number,
  hold: boolean,
) {
  context.fillStyle = colour;
  context.globalAlpha = paints.barAlpha;
  context.fillRect(from, y - BAR, to - from, 2 * BAR);
  context.globalAlpha = 1;
  context.fillRect(from, (hold ? y + BAR - 0.75 : y) - 0.75, to - from, 1.5);
}

/** Slanted lines in a frame; each is cut where the frame ends, as clipping takes long. */
function paintOccluded({ context, colour, scale, y }: Lane, from: number, to: number): void {
  const left = Math.max(from, -8);
  const right = Math.min(to, scale.width + 8);
  context.beginPath();
  for (let x = left - 2 * BAR - ((left - from) % 5); x < right; x += 5) {
    const [begin, end] = [Math.max(x, left), Math.min(x + 2 * BAR, right)];
    if (begin < end) {
      context.moveTo(begin, y + BAR - (begin - x));
      context.lineTo(end, y + BAR - (end - x));
    }
  }
  context.strokeStyle = colour;
  context.lineWidth = 1.4;
  context.stroke();
  context.lineWidth = 1;
  context.strokeRect(left, y - BAR, right - left, 2 * BAR);
}

function paintGap({ context, scale, paints, y }: Lane, from: number, to: number): void {
  context.setLineDash([1, 3]);
  context.lineWidth = 1;
  context.strokeStyle = paints.fg3;
  context.beginPath();
  context.moveTo(toX(scale, from) + 6, y);
  context.lineTo(toX(scale, to) - 6, y);
  context.stroke();
  context.setLineDash([]);
}

function paintKeyframes(lane: Lane, track: Track, small: boolean): void {
  const { frames, outside, hold, sources } = track.keyframes;
  const first = frames[0];
  const changes = attributeFrames(track);
  let last = Number.NEGATIVE_INFINITY;
  for (const [index, frame] of frames.entries()) {
    const x = centreX(lane.scale, frame);
    if (x < -8 || x > lane.scale.width + 8) {
      continue;
    }
    const edge = frame === first || outside[index] || outside[index - 1];
    const following = frames[index + 1];
    const room = Math.min(
      x - last,
      following === undefined ? CROWDED : centreX(lane.scale, following) - x,
    );
    if (!edge && room >= CROWDED) {
      last = x;
      paintKeyframe(lane, x, hold[index] === 1, sources[index] === 0, small);
    } else if (!edge && x - last >= TICK_GAP) {
      last = x;
      lane.context.fillStyle = lane.colour;
      lane.context.fillRect(x - 0.5, lane.y - BAR, 1, 2 * BAR);
    }
  }
  for (const frame of changes) {
    const { context, paints, y } = lane;
    context.beginPath();
    context.arc(centreX(lane.scale, frame), y + 8.5, 1.75, 0, 2 * Math.PI);
    context.fillStyle = paints.fg;
    context.fill();
  }
}

function paintKeyframe(lane: Lane, x: number, hold: boolean, confirmed: boolean, small: boolean) {
  const { context, colour, paints, y } = lane;
  const size = small ? 3.2 : DIAMOND;
  if (hold) {
    context.beginPath();
    context.rect(x - size + 1, y - size + 1, 2 * size - 2, 2 * size - 2);
  } else {
    diamond(context, x, y, size);
  }
  context.lineWidth = 2;
  context.strokeStyle = paints.bg;
  context.stroke();
  context.fillStyle = confirmed ? colour : paints.bg;
  context.fill();
  if (!confirmed) {
    context.lineWidth = 1.5;
    context.strokeStyle = colour;
    context.stroke();
  }
}

/** Half a diamond on a bar: the track starts (side 1) or ends (side -1) here. */
function paintEnd({ context, colour, paints, scale, y }: Lane, x: number, side: 1 | -1): void {
  if (x < -8 || x > scale.width + 8) {
    return;
  }
  context.beginPath();
  context.moveTo(x, y - 7.5);
  context.lineTo(x, y + 7.5);
  context.lineTo(x + 2 * side, y + 7.5);
  context.lineTo(x + 2 * side, y + 4.8);
  context.lineTo(x + 6.8 * side, y);
  context.lineTo(x + 2 * side, y - 4.8);
  context.lineTo(x + 2 * side, y - 7.5);
  context.closePath();
  context.lineWidth = 2;
  context.strokeStyle = paints.bg;
  context.stroke();
  context.fillStyle = colour;
  context.fill();
}

function diamond(context: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  context.beginPath();
  context.moveTo(x, y - size);
  context.lineTo(x + size, y);
  context.lineTo(x, y + size);
  context.lineTo(x - size, y);
  context.closePath();
}

function attributeFrames(track: Track): Set<number> {
  const frames = new Set<number>();
  for (const steps of track.attributes.values()) {
    for (const [frame] of steps) {
      if (frame > 0) {
        frames.add(frame);
      }
    }
  }
  return frames;
}
