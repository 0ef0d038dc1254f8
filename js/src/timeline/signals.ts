import { peakOf, type Signal, selectedBy } from "../store/signals.ts";
import type { Store } from "../store/store.ts";
import type { Lane } from "./marks.ts";
import { LANE_HEIGHT } from "./place.ts";
import type { Drag, Press } from "./pointer.ts";
import { centreX, frameAtX, type Scale, toX } from "./scale.ts";

/** Room above and below the curve, in css px. */
const EDGE = 2;

/** Paint a signal on its lane: a curve, its threshold, and what lies above it with its peaks. */
export function paintSignal(lane: Lane, signal: Signal, threshold: number | null): void {
  const { context, scale, paints, colour } = lane;
  const top = lane.y - LANE_HEIGHT / 2;
  if (threshold !== null) {
    paintSelected(lane, signal, threshold, top);
  }
  context.beginPath();
  const first = Math.max(0, frameAtX(scale, 0) - 1);
  const last = Math.min(signal.values.length - 1, frameAtX(scale, scale.width) + 1);
  let drawn = false;
  for (let frame = first; frame <= last; frame++) {
    const value = signal.values[frame] ?? Number.NaN;
    if (Number.isNaN(value)) {
      drawn = false;
    } else {
      const at = [centreX(scale, frame), top + yOf(signal, value)] as const;
      drawn ? context.lineTo(...at) : context.moveTo(...at);
      drawn = true;
    }
  }
  context.lineWidth = 1;
  context.strokeStyle = colour;
  context.stroke();
  if (threshold !== null) {
    const y = Math.round(top + yOf(signal, threshold)) + 0.5;
    context.beginPath();
    context.setLineDash([4, 3]);
    context.moveTo(0, y);
    context.lineTo(scale.width, y);
    context.strokeStyle = paints.accent;
    context.stroke();
    context.setLineDash([]);
  }
}

function paintSelected(lane: Lane, signal: Signal, threshold: number, top: number): void {
  const { context, scale, paints } = lane;
  for (const range of selectedBy(signal, threshold)) {
    const from = toX(scale, range.start);
    context.fillStyle = paints.tint;
    context.fillRect(from, top, Math.max(1, toX(scale, range.stop) - from), LANE_HEIGHT - 1);
    const peak = peakOf(signal, range);
    context.beginPath();
    const y = top + yOf(signal, signal.values[peak] ?? 0);
    context.arc(centreX(scale, peak), y, 2.5, 0, 2 * Math.PI);
    context.fillStyle = paints.accent;
    context.fill();
  }
}

/** A press on a signal's lane: a click goes to the frame, dragging up and down sets its threshold. */
export function pressSignal(
  { view, derived }: Store,
  scale: Scale,
  signal: Signal,
  { x, y: from }: Press,
): Drag {
  // The lane's top: a lane begins at a multiple of its height, less what is scrolled.
  const top = from - ((from + view.laneScroll.peek()) % LANE_HEIGHT);
  return {
    move: ({ y }) => {
      const value = valueAt(signal, y - top);
      view.thresholds.value = new Map(view.thresholds.peek()).set(signal.name, value);
    },
    click: () => {
      const count = derived.video.peek().frame_count;
      view.frame.value = Math.max(0, Math.min(frameAtX(scale, x), count - 1));
    },
  };
}

function yOf({ low, high }: Signal, value: number): number {
  const share = high > low ? (value - low) / (high - low) : 0.5;
  return EDGE + (1 - Math.max(0, Math.min(share, 1))) * (LANE_HEIGHT - 1 - 2 * EDGE);
}

function valueAt({ low, high }: Signal, y: number): number {
  const share = 1 - (y - EDGE) / (LANE_HEIGHT - 1 - 2 * EDGE);
  return low + Math.max(0, Math.min(share, 1)) * (high - low);
}
