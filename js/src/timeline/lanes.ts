import { computed, signal as reactive } from "@preact/signals-core";
import type { Annotation } from "../core/annotation.ts";
import type { AnnotationEvent } from "../core/events.ts";
import type { Rect } from "../core/geometry.ts";
import type { Track } from "../core/track.ts";
import { paintChip } from "../stage/paint.ts";
import { type Row, rowOfTrack } from "../store/rows.ts";
import type { Store } from "../store/store.ts";
import type { Paints } from "./canvas.ts";
import { type EventRow, hitEvent, paintEvent, paintLink, pressEvents } from "./events.ts";
import { hitTrack } from "./hit.ts";
import { type Lane, paintRinged, paintTrack } from "./marks.ts";
import { LANE_HEIGHT, rowAt, rowsInSight } from "./place.ts";
import { layPlayhead } from "./playhead.ts";
import { type Cancel, type Drag, onPress, type Press, pressOf } from "./pointer.ts";
import { pressNothing, pressTrack, type Shown, type Trial } from "./press.ts";
import { addMark } from "./propose.ts";
import { paintRange } from "./range.ts";
import { lookAt, paintReviewed, paintStranger } from "./review.ts";
import { centreX, frameAtX, type Scale } from "./scale.ts";
import { paintSignal, pressSignal } from "./signals.ts";
import type { Strip } from "./strip.ts";

/** One lane a track: its spans and keyframes, and what the pointer does to them. */
export function mountLanes(strip: Strip): Cancel {
  const { host, store, signal } = strip;
  const { view, derived, document } = store;
  const trial = reactive<Trial | null>(null);
  const marquee = reactive<Rect | null>(null);
  const labels = computed(() => trial.value?.annotation ?? document.annotation.value);

  strip.layer(
    () => {
      labels.value;
      view.event.value;
      view.thresholds.value;
      derived.rows.value;
      derived.errors.value;
      derived.error.value;
      derived.swatch.value;
      view.selection.value;
      derived.marks.value;
      view.hidden.value;
      view.locked.value;
      view.window.value;
      view.laneScroll.value;
    },
    ({ context, paints, scale, height }) =>
      paintLanes(context, store, labels.peek(), paints, scale, height),
  );
  layPlayhead(strip);
  strip.layer(
    () => {
      trial.value;
      marquee.value;
      view.tip.value;
      view.range.value;
      view.window.value;
      view.laneScroll.value;
    },
    (ground) => {
      const { paints, scale, height } = ground;
      const under = trial.peek();
      if (view.range.peek() !== null) {
        paintRange(ground.context, paints, scale, height, view.range.peek());
      }
      if (view.tip.peek() !== null) {
        paintHovered(ground.context, store, paints, scale);
      }
      if (marquee.peek() !== null) {
        paintMarquee(ground.context, paints, marquee.peek());
      }
      if (under !== null) {
        const { context } = ground;
        const { font } = paints;
        paintChip({ context, width: scale.width, height, font }, under.text, under);
      }
    },
  );
  followPointer(strip);
  const add = (event: MouseEvent) => addByDoubleClick(store, strip.scale(), pressOf(event, host));
  host.addEventListener("dblclick", add, { signal });
  const goThere = (event: MouseEvent) => {
    const at = { ...pressOf(event, host), shift: false, ctrl: false };
    const row = rowAt(store, at.y);
    const { selection } = view;
    const oneOfSeveral = (id: number) => selection.peek().size > 1 && selection.peek().has(id);
    if (row?.kind === "track" && !oneOfSeveral(row.track.id)) {
      pressTrack(store, { trial, marquee }, strip.scale(), row.track, at).click?.();
    }
  };
  host.addEventListener("contextmenu", goThere, { signal });
  return onPress(host, signal, (press) => {
    view.tip.value = null;
    const row = rowAt(store, press.y);
    const scale = strip.scale();
    const shown = { trial, marquee };
    return row === null
      ? pressNothing(store, scale, press)
      : row.kind === "prediction"
        ? { click: () => lookAt(store, row, frameAtX(scale, press.x)) }
        : row.kind === "track"
          ? pressRow(store, shown, scale, row.track, press)
          : row.kind === "signal"
            ? pressSignal(store, scale, row.signal, press)
            : pressEvents(store, shown, scale, row, press);
  });
}

/** A press on a track's lane; in a review, which does not show its keyframes, it takes hold of nothing. */
function pressRow(store: Store, shown: Shown, scale: Scale, track: Track, press: Press): Drag {
  const drag = pressTrack(store, shown, scale, track, press);
  if (store.derived.review.peek() === null || press.shift) {
    return drag;
  }
  const click = () => {
    drag.click?.();
    lookAt(store, { kind: "track", track }, frameAtX(scale, press.x));
  };
  return { click };
}

/** A double click on a bar puts a keyframe there. */
function addByDoubleClick(store: Store, scale: Scale, { x, y }: Press): void {
  const { view, derived } = store;
  const row = rowAt(store, y);
  if (row?.kind === "events" && hitEvent(scale, row, x) !== null) {
    // Its label, tracks and attributes are edited in the panel.
    view.panel.value = true;
  }
  const reviewed = derived.review.peek() !== null;
  if (
    row?.kind !== "track" ||
    reviewed ||
    view.readOnly.peek() ||
    view.locked.peek().has(row.track.id)
  ) {
    return;
  }
  const { track } = row;
  const frame = frameAtX(scale, x);
  const hit = hitTrack(scale, track, derived.video.peek().frame_count, x);
  if (hit.kind === "bar") {
    store.commit(addMark(track, frame));
  } else if (hit.kind === "gap") {
    store.notify(
      "info",
      `#${track.id} is outside on frame ${frame}. Drag the end of its bar here.`,
    );
  }
}

/** The cursor says what a press would take hold of; over a keyframe a tip says what it is. */
function followPointer(strip: Strip): void {
  const { host, store, signal } = strip;
  const { view, derived } = store;
  const move = (event: PointerEvent) => {
    const { x, y } = pressOf(event, host);
    const row = event.buttons === 0 ? rowAt(store, y) : null;
    const bare = derived.review.peek() !== null;
    const track = row?.kind === "track" && !bare ? row.track : null;
    const scale = strip.scale();
    const part = row?.kind === "events" ? hitEvent(scale, row, x)?.part : undefined;
    const hit = track && hitTrack(scale, track, derived.video.peek().frame_count, x);
    const resizes = hit?.kind === "end" || part === "start" || part === "stop";
    const moves = hit?.kind === "keyframe" || part === "body";
    host.style.cursor = resizes ? "ew-resize" : moves ? "grab" : "";
    const before = view.tip.peek();
    if (track === null || hit?.kind !== "keyframe") {
      view.tip.value = null;
    } else if (before?.frame !== hit.frame || before.track !== track.id) {
      const middle = (rowOfTrack(derived.rows.peek(), track.id) + 0.5) * LANE_HEIGHT;
      const at = { x: centreX(scale, hit.frame), y: middle - view.laneScroll.peek() };
      view.tip.value = { track: track.id, frame: hit.frame, ...at };
    }
  };
  const leave = ({ relatedTarget }: PointerEvent) => {
    if (!(relatedTarget instanceof Element && relatedTarget.closest("[role=tooltip]"))) {
      view.tip.value = null;
    }
  };
  host.addEventListener("pointermove", move, { signal });
  host.addEventListener("pointerleave", leave, { signal });
}

function paintLanes(
  context: CanvasRenderingContext2D,
  store: Store,
  { tracks, events }: Annotation,
  paints: Paints,
  scale: Scale,
  height: number,
): void {
  const { view, derived } = store;
  const chosen = events.find(({ id }) => id === view.event.peek());
  const colourOf = (label: string) => paints.swatch(derived.colours.peek().get(label));
  for (const [row, top] of rowsInSight(store, height)) {
    const place = { context, scale, y: top + LANE_HEIGHT / 2, paints };
    const track = row.kind === "track" ? tracks.get(row.track.id) : undefined;
    if (row.kind === "signal") {
      const threshold = view.thresholds.peek().get(row.signal.name) ?? null;
      paintSignal({ ...place, colour: paints.fg2 }, row.signal, threshold);
    }
    if (row.kind === "prediction") {
      paintStranger({ ...place, colour: paints.fg2 }, store, row.track);
    }
    if (track && view.selection.peek().has(track.id)) {
      context.fillStyle = paints.tint;
      context.fillRect(0, top, scale.width, LANE_HEIGHT);
    }
    context.fillStyle = paints.line;
    context.fillRect(0, top + LANE_HEIGHT - 1, scale.width, 1);
    if (row.kind === "events") {
      for (const event of eventsOn(row, events, derived.rows.peek())) {
        paintEvent({ ...place, colour: colourOf(row.label) }, event, event === chosen);
      }
    } else if (track) {
      if (chosen?.tracks.includes(track.id)) {
        paintLink({ ...place, colour: colourOf(chosen.label) }, chosen);
      }
      paintLane(place, store, track);
    }
  }
}

/** The events of a lane as they would be, and on the first lane of their label those that are not on one yet. */
function eventsOn(
  row: EventRow,
  events: readonly AnnotationEvent[],
  rows: readonly Row[],
): AnnotationEvent[] {
  const lanes = rows.flatMap((other) =>
    other.kind === "events" && other.label === row.label ? [other] : [],
  );
  const placed = new Set(lanes.flatMap((lane) => lane.events.map(({ id }) => id)));
  const own = new Set(row.events.map(({ id }) => id));
  return events.filter(
    ({ id, label }) => own.has(id) || (label === row.label && !placed.has(id) && lanes[0] === row),
  );
}

function paintLane(place: Omit<Lane, "colour">, store: Store, track: Track): void {
  const { view, derived } = store;
  const { scale, paints } = place;
  const faded = view.hidden.peek().has(track.id);
  const lane: Lane = faded
    ? { ...place, colour: paints.fg3, paints: { ...paints, barAlpha: 0.15 } }
    : { ...place, colour: paints.swatch(derived.swatch.peek()(track)) };
  if (derived.review.peek() !== null) {
    paintReviewed(lane, store, track);
    return;
  }
  const small = view.locked.peek().has(track.id);
  paintTrack(lane, track, derived.video.peek().frame_count, small);
  for (const frame of derived.marks.peek().get(track.id) ?? []) {
    paintRinged(lane, centreX(scale, frame), paints.accent);
  }
}

function paintHovered(
  context: CanvasRenderingContext2D,
  { view, derived, document }: Store,
  paints: Paints,
  scale: Scale,
): void {
  const tip = view.tip.peek();
  const track = tip && document.annotation.peek().tracks.get(tip.track);
  if (track) {
    const colour = paints.swatch(derived.swatch.peek()(track));
    paintRinged({ context, scale, y: tip.y, colour, paints }, tip.x, paints.fg2);
  }
}

function paintMarquee(context: CanvasRenderingContext2D, paints: Paints, rect: Rect | null): void {
  if (rect !== null) {
    context.fillStyle = paints.accent;
    context.globalAlpha = 0.12;
    context.fillRect(rect.x, rect.y, rect.w, rect.h);
    context.globalAlpha = 1;
    context.lineWidth = 1;
    context.strokeStyle = paints.accent;
    context.strokeRect(rect.x + 0.5, rect.y + 0.5, rect.w, rect.h);
  }
}
