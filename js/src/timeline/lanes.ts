import type { Track } from "../core/track.ts";
import { sheet } from "../stage/sheet.ts";
import { follow } from "../store/follow.ts";
import type { Store } from "../store/store.ts";
import type { Paints } from "./canvas.ts";
import { paintHovered, paintTrack } from "./marks.ts";
import { type Cancel, onPress } from "./pointer.ts";
import { dragRange, paintRange } from "./range.ts";
import { centreX, type Scale } from "./scale.ts";

/** Height of a lane in css px. */
export const LANE_HEIGHT = 24;
/** A keyframe is hit this far from its middle, in css px. */
const REACH = 6;

/** A keyframe under the pointer. */
type Mark = { track: Track; frame: number };

/** One lane a track: spans and keyframes. Click selects the track, or jumps to a keyframe. */
export function mountLanes(
  host: HTMLElement,
  store: Store,
  paints: () => Paints,
  signal: AbortSignal,
): Cancel {
  const { view, derived } = store;
  const scaleOf = (width: number): Scale => ({ window: view.window.peek(), width });
  let hovered: Mark | null = null;

  const base = sheet(host, signal, (context, width, height) =>
    paintLanes(context, store, paints(), scaleOf(width), height),
  );
  const top = sheet(host, signal, (context, width, height) => {
    const scale = scaleOf(width);
    paintRange(context, paints(), scale, height, view.range.peek());
    if (hovered !== null) {
      const y = laneMiddle(store, hovered.track);
      const colour = paints().swatch(derived.colours.peek().get(hovered.track.label));
      paintHovered({ context, scale, y, colour, paints: paints() }, centreX(scale, hovered.frame));
    }
    context.fillStyle = paints().accent;
    context.fillRect(centreX(scale, view.frame.peek()) - 0.75, 0, 1.5, height);
  });
  follow(signal, () => {
    derived.lanes.value;
    derived.colours.value;
    view.selection.value;
    view.hidden.value;
    view.locked.value;
    view.window.value;
    view.laneScroll.value;
    base();
  });
  follow(signal, () => {
    view.frame.value;
    view.range.value;
    view.window.value;
    view.laneScroll.value;
    top();
  });
  const hover = (event: PointerEvent) => {
    const mark = markAt(store, scaleOf(host.clientWidth), event.offsetX, event.offsetY);
    if (mark?.frame !== hovered?.frame || mark?.track !== hovered?.track) {
      hovered = mark;
      host.style.cursor = mark ? "pointer" : "default";
      host.title = mark ? `Keyframe ${mark.frame} of #${mark.track.id} ${mark.track.label}` : "";
      top();
    }
  };
  host.addEventListener("pointermove", hover, { signal });
  return onPress(host, signal, (press) => {
    const scale = scaleOf(host.clientWidth);
    const act = () => select(store, scale, press.x, press.y, press.shift || press.ctrl);
    if (press.shift) {
      return { ...dragRange(store, scale, press), click: act };
    }
    act();
    return {};
  });
}

function paintLanes(
  context: CanvasRenderingContext2D,
  { view, derived }: Store,
  paints: Paints,
  scale: Scale,
  height: number,
): void {
  const lanes = derived.lanes.peek();
  const count = derived.video.peek().frame_count;
  const scroll = view.laneScroll.peek();
  const first = Math.floor(scroll / LANE_HEIGHT);
  const last = Math.min(lanes.length, Math.ceil((scroll + height) / LANE_HEIGHT));
  for (const [offset, track] of lanes.slice(first, last).entries()) {
    const top = (first + offset) * LANE_HEIGHT - scroll;
    if (view.selection.peek().has(track.id)) {
      context.fillStyle = paints.tint;
      context.fillRect(0, top, scale.width, LANE_HEIGHT);
    }
    context.fillStyle = paints.line;
    context.fillRect(0, top + LANE_HEIGHT - 1, scale.width, 1);
    const colour = paints.swatch(derived.colours.peek().get(track.label));
    context.globalAlpha = 1;
    context.save();
    const lane = { context, scale, y: top + LANE_HEIGHT / 2, colour, paints };
    const faded = view.hidden.peek().has(track.id);
    paintTrack(
      faded ? { ...lane, colour: paints.fg3, paints: { ...paints, barAlpha: 0.15 } } : lane,
      track,
      count,
      view.locked.peek().has(track.id),
    );
    context.restore();
  }
}

function laneMiddle({ view, derived }: Store, track: Track): number {
  const index = derived.lanes.peek().indexOf(track);
  return index * LANE_HEIGHT - view.laneScroll.peek() + LANE_HEIGHT / 2;
}

function trackAt({ view, derived }: Store, y: number): Track | null {
  return derived.lanes.peek()[Math.floor((y + view.laneScroll.peek()) / LANE_HEIGHT)] ?? null;
}

function markAt(store: Store, scale: Scale, x: number, y: number): Mark | null {
  const track = trackAt(store, y);
  let nearest: Mark | null = null;
  let distance = REACH;
  for (const frame of track?.keyframes.frames ?? []) {
    const away = Math.abs(centreX(scale, frame) - x);
    if (track && away <= distance) {
      nearest = { track, frame };
      distance = away;
    }
  }
  return nearest;
}

function select(store: Store, scale: Scale, x: number, y: number, adding: boolean): void {
  const { view } = store;
  const track = trackAt(store, y);
  const mark = markAt(store, scale, x, y);
  view.selection.value = new Set([
    ...(adding ? view.selection.peek() : []),
    ...(track ? [track.id] : []),
  ]);
  if (mark !== null) {
    view.playing.value = false;
    view.frame.value = mark.frame;
  }
}
