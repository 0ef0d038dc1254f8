import { computed } from "@preact/signals-core";
import type { Paints } from "./canvas.ts";
import { paintMarked } from "./marked.ts";
import { followPeek } from "./peek.ts";
import { type Cancel, onPress } from "./pointer.ts";
import { seek } from "./press.ts";
import { dragRange, dragRangeEnd, isRangeEnd, paintRange } from "./range.ts";
import { paintReady } from "./ready.ts";
import { centreX, frameAtX, type Scale, tickSteps } from "./scale.ts";
import type { Strip } from "./strip.ts";

/** Frame numbers over the lanes, with the playhead's flag; press and drag scrub, with Shift they select a range. */
export function mountRuler(strip: Strip): Cancel {
  const { host, store, signal } = strip;
  const { view, derived, document } = store;
  const notes = computed(() => document.annotation.value.notes);
  strip.layer(
    () => {
      view.window.value;
      view.range.value;
      view.marks.value;
      view.ready.value;
      derived.video.value;
      notes.value;
    },
    ({ context, paints, scale, height }) => {
      paintReady(context, paints, scale, height, view.ready.peek());
      paintRange(context, paints, scale, height, view.range.peek());
      paintNotes(context, paints, scale, notes.peek().keys());
      paintTicks(context, paints, scale, height, derived.video.peek().frame_count);
      paintMarked(context, paints, scale, view.marks.peek().spans);
    },
  );
  strip.layer(
    () => {
      view.window.value;
      view.frame.value;
      derived.video.value;
    },
    ({ context, paints, scale, height }) =>
      paintFlag(context, paints, scale, height, view.frame.peek()),
  );
  const goTo = (x: number) => seek(store, frameAtX(strip.scale(), x));
  const hover = ({ offsetX }: PointerEvent) => {
    const end = isRangeEnd(view.range.peek(), strip.scale(), offsetX);
    host.style.cursor = end ? "ew-resize" : "";
  };
  host.addEventListener("pointermove", hover, { signal });
  followPeek(strip);
  return onPress(host, signal, (press) => {
    const scale = strip.scale();
    if (press.shift) {
      return dragRange(store, scale, press);
    }
    const end = dragRangeEnd(store, scale, press);
    if (end !== null) {
      return { ...end, click: () => goTo(press.x) };
    }
    goTo(press.x);
    return { move: ({ x }) => goTo(x) };
  });
}

/** Mark the frames that have a note with a corner at the top. */
function paintNotes(
  context: CanvasRenderingContext2D,
  paints: Paints,
  scale: Scale,
  frames: Iterable<number>,
): void {
  context.fillStyle = paints.accent;
  for (const frame of frames) {
    const x = centreX(scale, frame);
    if (x >= -5 && x <= scale.width + 5) {
      context.beginPath();
      context.moveTo(x - 5, 0);
      context.lineTo(x + 5, 0);
      context.lineTo(x, 6);
      context.fill();
    }
  }
}

function paintTicks(
  context: CanvasRenderingContext2D,
  paints: Paints,
  scale: Scale,
  height: number,
  count: number,
): void {
  const { label, tick } = tickSteps(scale);
  const stop = Math.min(scale.window.stop - 0.5, count);
  context.font = paints.font;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.lineWidth = 1;
  context.strokeStyle = paints.fg3;
  context.fillStyle = paints.fg2;
  for (let frame = Math.ceil(scale.window.start / tick) * tick; frame < stop; frame += tick) {
    const x = centreX(scale, frame);
    const labelled = frame % label === 0;
    context.beginPath();
    context.moveTo(x, labelled ? height - 6 : height - 3);
    context.lineTo(x, height);
    context.stroke();
    if (labelled) {
      const half = context.measureText(String(frame)).width / 2;
      context.fillText(String(frame), Math.max(half, Math.min(x, scale.width - half)), 11.5);
    }
  }
}

/** Paint the playhead's flag: whole even at the ends, its point on the middle of the frame. */
export function paintFlag(
  context: CanvasRenderingContext2D,
  paints: Pick<Paints, "font" | "accent" | "accentInk">,
  scale: Scale,
  height: number,
  frame: number,
): void {
  const at = centreX(scale, frame);
  context.font = `700 ${paints.font}`;
  const half = Math.max(16, context.measureText(String(frame)).width / 2 + 6);
  const x = Math.max(half, Math.min(at, scale.width - half));
  context.fillStyle = paints.accent;
  context.fillRect(at - 0.75, height - 2, 1.5, 2);
  context.beginPath();
  context.moveTo(x - half, 1);
  context.lineTo(x + half, 1);
  context.lineTo(x + half, 13);
  context.lineTo(x + half - 5, 13);
  context.lineTo(at, height - 1);
  context.lineTo(x - half + 5, 13);
  context.lineTo(x - half, 13);
  context.fill();
  context.fillStyle = paints.accentInk;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.fillText(String(frame), x, 11.5);
}
