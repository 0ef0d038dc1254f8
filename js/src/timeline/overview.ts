import { computed } from "@preact/signals-core";
import { type Span, spans } from "../core/track.ts";
import type { Store } from "../store/store.ts";
import type { Paints } from "./canvas.ts";
import { boxesByFrame, mostByColumn } from "./density.ts";
import { followPeek } from "./peek.ts";
import { layPlayhead } from "./playhead.ts";
import { type Cancel, type Drag, onPress } from "./pointer.ts";
import { seek } from "./press.ts";
import { dragRange, paintRange } from "./range.ts";
import { paintReady } from "./ready.ts";
import { clampWindow, frameAtX, MIN_FRAMES, type Scale, toX } from "./scale.ts";
import { DENSITY, paintDensity, paintVerified, squaresOf } from "./squares.ts";
import type { Ground, Strip } from "./strip.ts";

/** Room above and below the clip, in css px. */
const EDGE_ROOM = 4.5;
/** So many tracks have a line each; more of them are only counted. */
const MOST_LINES = 24;
/** So many boxes on a frame are drawn as high as there is room; fewer stay lower. */
const MOST_BOXES = 4;
/** Half the width of the hit area of the window's edges, in css px. */
const EDGE = 6;

/** The whole clip in one strip, the window of the lanes framed in it. */
export function mountOverview(strip: Strip): Cancel {
  const { host, store, signal } = strip;
  const { view, derived } = store;
  const boxes = computed(() => boxesByFrame(derived.lanes.value, derived.video.value.frame_count));
  strip.layer(
    () => {
      derived.lanes.value;
      derived.video.value;
      derived.swatch.value;
      derived.review.value;
      view.hidden.value;
    },
    (ground) =>
      lowered(ground, store, (height) => {
        const { context, paints, scale } = ground;
        paintClip(context, store, boxes.peek(), paints, scale, height);
      }),
  );
  strip.layer(
    () => {
      derived.review.value;
      derived.errors.value;
    },
    ({ context, paints, scale }) => {
      paintDensity(context, paints, scale.width, squaresOf(derived.errors.peek(), scale));
      paintVerified(context, paints, scale, derived.review.peek()?.verified ?? []);
    },
  );
  strip.layer(
    () => {
      view.window.value;
      view.range.value;
      view.ready.value;
      derived.review.value;
      derived.video.value;
    },
    (ground) =>
      lowered(ground, store, (rest) => {
        const { context, paints, scale } = ground;
        paintReady(context, paints, scale, rest, view.ready.peek());
        paintRange(context, paints, scale, rest, view.range.peek());
        paintWindow(context, paints, scale, view.window.peek(), rest);
      }),
  );
  layPlayhead(strip);
  // The first press of two may already bring the window to the pointer.
  let outside = [false, false];
  const whole = () => {
    if (outside[0]) {
      view.window.value = strip.scale().window;
    }
  };
  host.addEventListener("dblclick", whole, { signal });
  followPeek(strip);
  return onPress(host, signal, (press) => {
    const scale = strip.scale();
    const { start, stop } = view.window.peek();
    const frame = frameAtX(scale, press.x);
    outside = [outside[1] ?? false, frame < start || frame >= stop];
    return press.shift ? dragRange(store, scale, press) : beginDrag(store, scale, press.x);
  });
}

/** Paint below the errors, which a review has above the clip; `paint` is told how much room there is. */
function lowered(
  { context, height }: Ground,
  { derived }: Store,
  paint: (height: number) => void,
): void {
  const top = derived.review.peek() === null ? 0 : DENSITY;
  context.save();
  context.translate(0, top);
  paint(height - top);
  context.restore();
}

/** How many boxes there are on each frame, and where there is room a line for each track. */
function paintClip(
  context: CanvasRenderingContext2D,
  store: Store,
  boxes: Int32Array,
  paints: Paints,
  scale: Scale,
  height: number,
): void {
  const room = height - 2 * EDGE_ROOM;
  const most = mostByColumn(boxes, Math.max(1, Math.round(scale.width)));
  const unit = room / Math.max(MOST_BOXES, ...most);
  context.globalAlpha = 0.3;
  context.fillStyle = paints.fg3;
  for (let x = 0, stop = 0; x < most.length; x = stop) {
    const count = most[x] ?? 0;
    // As few rectangles as there are changes.
    for (stop = x + 1; most[stop] === count; stop++);
    const tall = count === 0 ? 0 : Math.max(1, count * unit);
    context.fillRect(x, height - EDGE_ROOM - tall, stop - x, tall);
  }
  context.globalAlpha = 1;
  if (store.derived.lanes.peek().length <= MOST_LINES) {
    paintLines(context, store, paints, scale, room);
  }
}

function paintLines(
  context: CanvasRenderingContext2D,
  { view, derived }: Store,
  paints: Paints,
  scale: Scale,
  room: number,
): void {
  const lanes = derived.lanes.peek();
  const count = derived.video.peek().frame_count;
  const step = room / Math.max(lanes.length, 1);
  context.lineWidth = Math.max(0.5, Math.min(2, step));
  for (const [index, track] of lanes.entries()) {
    const y = EDGE_ROOM + (index + 0.5) * step;
    context.strokeStyle = paints.swatch(derived.swatch.peek()(track));
    context.globalAlpha = view.hidden.peek().has(track.id) ? 0.4 : 1;
    context.beginPath();
    for (const { start, stop } of spans(track, count)) {
      context.moveTo(toX(scale, start), y);
      context.lineTo(toX(scale, stop), y);
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

function paintWindow(
  context: CanvasRenderingContext2D,
  paints: Paints,
  scale: Scale,
  { start, stop }: Span,
  height: number,
): void {
  const from = toX(scale, start);
  const to = toX(scale, stop);
  context.globalAlpha = 0.62;
  context.fillStyle = paints.bg2;
  context.fillRect(0, 0, from, height);
  context.fillRect(to, 0, scale.width - to, height);
  context.globalAlpha = 1;
  context.lineWidth = 1;
  context.strokeStyle = paints.fg2;
  context.strokeRect(from + 0.5, 0.5, to - from - 1, height - 1.5);
  for (const x of [Math.max(from, 3), Math.min(to, scale.width - 3)]) {
    context.beginPath();
    context.roundRect(x - 3, 6.5, 6, 14, 1);
    context.fillStyle = paints.bg;
    context.fill();
    context.stroke();
    context.beginPath();
    context.moveTo(x, 10.5);
    context.lineTo(x, 16.5);
    context.stroke();
  }
}

function beginDrag(store: Store, scale: Scale, x: number): Drag {
  const { view } = store;
  const count = scale.window.stop;
  const { start, stop } = view.window.peek();
  const at = (to: number) => (to / Math.max(scale.width, 1)) * count;
  const goTo = (to: number) => seek(store, frameAtX(scale, to));
  const click = () => goTo(x);
  const whole = stop - start >= count;
  if (Math.abs(x - toX(scale, start)) <= EDGE) {
    return {
      move: (to) => resize(clampEdge(at(to.x), 0, stop - MIN_FRAMES), stop),
      click,
    };
  }
  if (Math.abs(x - toX(scale, stop)) <= EDGE) {
    return {
      move: (to) => resize(start, clampEdge(at(to.x), start + MIN_FRAMES, count)),
      click,
    };
  }
  if (x > toX(scale, start) && x < toX(scale, stop) && !whole) {
    return {
      move: (to) => {
        const by = at(to.x) - at(x);
        view.window.value = clampWindow({ start: start + by, stop: stop + by }, count);
      },
      click,
    };
  }
  goTo(x);
  return { move: (to) => goTo(to.x) };

  function resize(first: number, last: number): void {
    view.window.value = clampWindow({ start: first, stop: last }, count);
  }
}

function clampEdge(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
