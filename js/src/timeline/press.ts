import type { Signal } from "@preact/signals-core";
import type { Annotation } from "../core/annotation.ts";
import { applyEdit, type Edit } from "../core/edits.ts";
import type { Rect } from "../core/geometry.ts";
import type { Track } from "../core/track.ts";
import type { Store } from "../store/store.ts";
import type { Marks } from "../store/view.ts";
import { hitTrack } from "./hit.ts";
import { marksIn } from "./marquee.ts";
import type { Drag, Press } from "./pointer.ts";
import { copyMarks, moveEnd, moveMarks, type Proposal, shiftTracks } from "./propose.ts";
import { dragRange } from "./range.ts";
import { centreX, frameAtX, type Scale, toX } from "./scale.ts";

/** What letting go would do: the labels as they would be, and words at the pointer. */
export type Trial = { annotation: Annotation; text: string; x: number; y: number };

/** What a gesture on the lanes shows while it is under way. */
export type Shown = { trial: Signal<Trial | null>; marquee: Signal<Rect | null> };

/** The playhead catches what is dragged this close to it, in css px. */
const SNAP = 6;

/** A press on a track's lane: a click selects and shows the frame, a drag moves what is held. */
export function pressTrack(
  store: Store,
  shown: Shown,
  scale: Scale,
  track: Track,
  from: Press,
): Drag {
  const hit = hitTrack(scale, track, store.derived.video.peek().frame_count, from.x);
  const select = () => choose(store, track.id, from.shift || from.ctrl);
  const jump = (frame: number) => {
    select();
    seek(store, frame);
  };
  if (hit.kind === "keyframe") {
    return pressKeyframe(store, shown, scale, track, hit.frame, from);
  }
  if (from.shift) {
    return { ...dragRange(store, scale, from), click: select };
  }
  if (from.ctrl) {
    return { ...dragShift(store, shown, scale, track, from), click: select };
  }
  const click = () => jump(frameAtX(scale, from.x));
  if (hit.kind === "end") {
    const count = store.derived.video.peek().frame_count;
    const move = (to: Press) =>
      moveEnd(track, hit, count, target(store, scale, hit.span[hit.side], from, to, "edge"));
    return { ...propose(store, shown, track, move), click };
  }
  return { ...dragMarquee(store, shown, scale, from), click };
}

/** A press below the lanes: a click selects nothing, with Shift a drag selects a range. */
export function pressNothing(store: Store, scale: Scale, from: Press): Drag {
  const click = () => {
    store.view.selection.value = new Set();
    store.view.keyframes.value = new Map();
    store.view.event.value = null;
  };
  return from.shift ? { ...dragRange(store, scale, from), click } : { click };
}

function pressKeyframe(
  store: Store,
  shown: Shown,
  scale: Scale,
  track: Track,
  frame: number,
  from: Press,
): Drag {
  const { view, document } = store;
  const before = store.derived.marks.peek();
  if (from.shift || from.ctrl) {
    return {
      click() {
        view.keyframes.value = toggleMark(before, track.id, frame);
      },
    };
  }
  const own: Marks = new Map([[track.id, new Set([frame])]]);
  const marks = before.get(track.id)?.has(frame) ? before : own;
  const make = from.alt ? copyMarks : moveMarks;
  const move = (to: Press) =>
    make(
      document.annotation.peek(),
      marks,
      frame,
      target(store, scale, frame, from, to, "middle") - frame,
    );
  return {
    ...propose(store, shown, track, move),
    click() {
      choose(store, track.id, false);
      view.keyframes.value = own;
      seek(store, frame);
    },
  };
}

function dragShift(store: Store, shown: Shown, scale: Scale, track: Track, from: Press): Drag {
  const { view, document } = store;
  const chosen = view.selection.peek();
  const ids = chosen.has(track.id) ? chosen : [track.id];
  const origin = frameAtX(scale, from.x);
  return propose(store, shown, track, (to) =>
    shiftTracks(document.annotation.peek(), ids, frameAtX(scale, to.x) - origin),
  );
}

function dragMarquee(store: Store, { marquee }: Shown, scale: Scale, from: Press): Drag {
  const { view } = store;
  const before = view.keyframes.peek();
  const end = () => {
    marquee.value = null;
  };
  return {
    move(to) {
      const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
      const rect = { x, y, w: Math.abs(to.x - from.x), h: Math.abs(to.y - from.y) };
      marquee.value = rect;
      view.keyframes.value = marksIn(store, scale, rect);
    },
    finish: end,
    cancel() {
      end();
      view.keyframes.value = before;
    },
  };
}

/** Show what letting go would do while the pointer moves, and do it then. */
export function propose(
  store: Store,
  { trial }: Shown,
  track: Track | null,
  make: (to: Press) => Proposal,
): Drag {
  const { view, document } = store;
  if (track !== null && view.locked.peek().has(track.id)) {
    const text = `#${track.id} ${track.label} is locked. Unlock it first.`;
    return { finish: () => store.notify("info", text) };
  }
  if (view.readOnly.peek()) {
    return {};
  }
  const cancel = () => {
    trial.value = null;
  };
  return {
    move({ x, y, ...keys }) {
      const { edit, text } = make({ x, y, ...keys });
      trial.value = { annotation: tried(document.annotation.peek(), edit), text, x, y };
    },
    finish(to) {
      const { edit, marks } = make(to);
      cancel();
      if (edit !== null && store.commit(edit) && marks) {
        view.keyframes.value = marks;
      }
    },
    cancel,
  };
}

/** The labels after an edit; as they are where somebody else has taken away what is dragged. */
function tried(now: Annotation, edit: Edit | null): Annotation {
  try {
    return edit === null ? now : applyEdit(now, edit);
  } catch {
    return now;
  }
}

/** The frame that something is dragged to; the playhead catches it. */
function target(
  { view }: Store,
  scale: Scale,
  frame: number,
  from: Press,
  to: Press,
  part: "middle" | "edge",
): number {
  const at = (value: number) => (part === "middle" ? centreX(scale, value) : toX(scale, value));
  const x = at(frame) + to.x - from.x;
  const playhead = view.frame.peek();
  const caught = [playhead, playhead + 1].find((value) => Math.abs(at(value) - x) <= SNAP);
  const free = frameAtX(scale, part === "middle" ? x : x + toX(scale, 0.5) - toX(scale, 0));
  return caught === undefined || (part === "middle" && caught !== playhead) ? free : caught;
}

function choose({ view }: Store, id: number, adding: boolean): void {
  const next = new Set(adding ? view.selection.peek() : []);
  if (!next.delete(id)) {
    next.add(id);
  }
  view.selection.value = next;
  view.event.value = null;
}

/** Show a frame; playback stops. */
export function seek({ view, derived }: Store, frame: number): void {
  view.playing.value = false;
  view.frame.value = Math.max(0, Math.min(frame, derived.video.peek().frame_count - 1));
}

function toggleMark(marks: Marks, track: number, frame: number): Marks {
  const frames = new Set(marks.get(track));
  if (!frames.delete(frame)) {
    frames.add(frame);
  }
  const next = new Map(marks);
  if (frames.size > 0) {
    next.set(track, frames);
  } else {
    next.delete(track);
  }
  return next;
}
