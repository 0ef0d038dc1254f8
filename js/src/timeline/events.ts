import { nextEventId } from "../core/annotation.ts";
import type { AnnotationEvent } from "../core/events.ts";
import { eventToJson } from "../core/json.ts";
import type { Span } from "../core/track.ts";
import type { Row } from "../store/rows.ts";
import type { Store } from "../store/store.ts";
import type { Lane } from "./marks.ts";
import type { Drag, Press } from "./pointer.ts";
import { propose, type Shown, seek } from "./press.ts";
import type { Proposal } from "./propose.ts";
import { dragRange, spanBetween } from "./range.ts";
import { frameAtX, type Scale, toX } from "./scale.ts";

/** A lane of events. */
export type EventRow = Extract<Row, { kind: "events" }>;

/** Half the height of an event's bar. */
const HALF = 8;
/** An end of an event is hit this far from it, in css px, where the event is wide enough. */
const REACH = 6;

/** What of an event is under the pointer. */
export type EventHit = { event: AnnotationEvent; part: "start" | "stop" | "body" };

/** The event at a point of its lane, null between them. */
export function hitEvent(scale: Scale, { events }: EventRow, x: number): EventHit | null {
  for (const event of events) {
    const from = toX(scale, event.start);
    const to = Math.max(toX(scale, event.stop), from + 3);
    const reach = Math.min(REACH, (to - from) / 3);
    if (x >= from - 2 && x <= to + 2) {
      const part = x <= from + reach ? "start" : x >= to - reach ? "stop" : "body";
      return { event, part };
    }
  }
  return null;
}

/** Move an event, or one end of it, by some frames: it stays in the clip and a frame long. */
export function moveEvent({ event, part }: EventHit, by: number, frameCount: number): Proposal {
  const within = (low: number, high: number) => Math.max(low, Math.min(by, high));
  let { start, stop } = event;
  if (part === "start") {
    start += within(-start, stop - 1 - start);
  } else if (part === "stop") {
    stop += within(start + 1 - stop, frameCount - stop);
  } else {
    const shift = within(-start, frameCount - stop);
    start += shift;
    stop += shift;
  }
  const text = `${start} to ${stop - 1}`;
  const same = start === event.start && stop === event.stop;
  const changed = eventToJson({ ...event, start, stop });
  return { edit: same ? null : { kind: "set_event", event: changed }, text };
}

/** A press on a lane of events: a click selects, a drag moves an event or an end, or draws a new one. */
export function pressEvents(
  store: Store,
  shown: Shown,
  scale: Scale,
  row: EventRow,
  from: Press,
): Drag {
  const { view, document } = store;
  const origin = frameAtX(scale, from.x);
  const hit = hitEvent(scale, row, from.x);
  const click = () => {
    view.event.value = hit?.event.id ?? null;
    seek(store, origin);
  };
  const count = store.derived.video.peek().frame_count;
  if (hit !== null) {
    const move = (to: Press) => moveEvent(hit, frameAtX(scale, to.x) - origin, count);
    return { ...propose(store, shown, null, move), click };
  }
  if (from.shift) {
    return { ...dragRange(store, scale, from), click };
  }
  const id = nextEventId(document.annotation.peek());
  const draw = (to: Press): Proposal => {
    const span = spanBetween(origin, frameAtX(scale, to.x), count);
    const event = { id, label: row.label, ...span };
    return { edit: { kind: "add_event", event }, text: `${span.start} to ${span.stop - 1}` };
  };
  const drag = propose(store, shown, null, draw);
  return {
    ...drag,
    finish(to) {
      drag.finish?.(to);
      view.event.value = id;
    },
    click,
  };
}

/** Paint an event: a bar with the tracks that take part in it and what else is said of it. */
export function paintEvent(lane: Lane, event: AnnotationEvent, chosen: boolean): void {
  const { context, scale, paints, colour, y } = lane;
  const from = toX(scale, event.start);
  const to = Math.max(toX(scale, event.stop), from + 3);
  if (to < 0 || from > scale.width) {
    return;
  }
  context.beginPath();
  context.roundRect(from, y - HALF, to - from, 2 * HALF, 2);
  context.globalAlpha = 0.35;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = chosen ? 2 : 1;
  context.strokeStyle = chosen ? paints.accent : colour;
  context.stroke();
  paintWords(lane, wordsOf(event), Math.max(from, 0) + 5, Math.min(to, scale.width) - 5);
}

/** Tint the frames of the selected event on the lane of a track that takes part in it. */
export function paintLink({ context, scale, y, colour }: Lane, { start, stop }: Span): void {
  context.globalAlpha = 0.18;
  context.fillStyle = colour;
  context.fillRect(toX(scale, start), y - 12, toX(scale, stop) - toX(scale, start), 23);
  context.globalAlpha = 1;
}

function wordsOf({ tracks, attributes }: AnnotationEvent): string {
  return [...tracks.map((id) => `#${id}`), ...[...attributes.values()].map(String)].join(" ");
}

function paintWords({ context, paints, y }: Lane, words: string, from: number, to: number): void {
  if (words === "" || to - from < 16) {
    return;
  }
  context.save();
  context.beginPath();
  context.rect(from, y - HALF, to - from, 2 * HALF);
  context.clip();
  context.font = paints.font;
  context.fillStyle = paints.fg;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(words, from, y + 0.5);
  context.restore();
}
