import type { Edit, Propagate } from "../core/edits.ts";
import { type Span, spans, startOf, type Track } from "../core/track.ts";
import { type Action, type App, act, viewOnly } from "./app.ts";
import { range } from "./change.ts";
import { type Deed, deedAction, doAll, noneOf } from "./deed.ts";
import { chosenEvent, removeEvent } from "./events.ts";
import { markCount, removeSelectedMarks } from "./marks.ts";
import { outside, unborn } from "./reasons.ts";
import { endingAt, endOf, startingAt } from "./scope.ts";
import { counted, trackText } from "./text.ts";
import { subject } from "./track.ts";

/** Says which frames a box is kept on: from the frame shown, by so many, or to the end of a range. */
type Keep = (frame: number, reach: number, range: Span | null, count: number) => Span;

const ON_RANGE: Deed = {
  why: ({ id, ...rest }, _, { view, derived }) => {
    const span = view.range.value;
    const track = { id, ...rest };
    const there = span && spans(track, derived.video.value.frame_count).some(overlaps(span));
    return span === null
      ? "Select a range first: Shift-drag on the timeline."
      : there
        ? null
        : `There is nothing of #${id} on the range.`;
  },
  make: (track, _, app) => {
    const span = app.view.range.peek();
    return span && without(app, track, span);
  },
  said: (_, { id }, _frame, app) => {
    const { start, stop } = app.view.range.peek() ?? { start: 0, stop: 0 };
    return `Deleted #${id} on ${range(app, start, stop)}.`;
  },
};

const WHOLE: Deed = {
  make: ({ id: track }) => ({ kind: "remove_track", track }),
  said: (_, track) =>
    `Deleted ${trackText(track)}, ${counted(track.keyframes.frames.length, "keyframe")}.`,
};

/** From when to when the selected tracks live, and what of them is deleted; each says what went. */
export const LIFE = {
  "start-here": deedAction(
    "Start here",
    startsAt((frame) => frame),
  ),
  "end-here": deedAction(
    "End here",
    endsAt((frame) => frame),
  ),
  "start-first": deedAction(
    "Live from the first frame",
    startsAt(() => 0),
  ),
  "end-last": deedAction(
    "Live to the last frame",
    endsAt((_, count) => count - 1),
  ),
  "only-here": deedAction("Live on this frame only", {
    why: outside,
    make: ({ id: track }, frame) => ({ kind: "trim_track", track, start: frame, stop: frame + 1 }),
    said: (_, { id }, frame) => `#${id} lives on frame ${frame} only.`,
  }),
  propagate: keeping("for the next", (frame, reach, span, count) => ({
    start: frame,
    stop: Math.min(span ? span.stop : frame + 1 + reach, count),
  })),
  "propagate-back": keeping("for the last", (frame, reach, span) => ({
    start: Math.max(0, span ? span.start : frame - reach),
    stop: frame + 1,
  })),
  "delete-frame": deedAction((app) => `Delete ${subject(app)} on this frame`, {
    why: outside,
    make: (track, frame, app) => without(app, track, { start: frame, stop: frame + 1 }),
    said: (_, { id }, frame) => `Deleted #${id} on frame ${frame}.`,
  }),
  "delete-range": deedAction((app) => `Delete ${subject(app)} on the range`, ON_RANGE),
  "delete-before": deedAction((app) => `Delete ${subject(app)} before this frame`, {
    why: (track, frame) =>
      frame > startOf(track) ? null : `There is nothing of #${track.id} before this frame.`,
    make: (track, stop, app) => without(app, track, { start: 0, stop }),
    said: (_, track, frame, app) => `Deleted #${track.id} on ${range(app, startOf(track), frame)}.`,
  }),
  "delete-rest": deedAction((app) => `Delete ${subject(app)} from here on`, {
    why: (track, frame) => unborn(track, frame),
    make: (track, start, app) => without(app, track, { start, stop: frameCount(app) }),
    said: (_, { id }, frame, app) => `Deleted #${id} on ${range(app, frame)}.`,
  }),
  "delete-whole": deedAction((app) => `Delete ${subject(app)} altogether`, WHOLE),
  "delete-track": act(deleteTitle, deleteNearest, {
    blocked: (app) =>
      markCount(app) > 0 || meansEvent(app) ? viewOnly(app) : noneOf(nearest(app))(app),
  }),
} satisfies Record<string, Action>;

/** Let the selected tracks start on a frame. */
export function startTrackAt(app: App, to: number): void {
  doAll(
    app,
    startsAt(() => to),
  );
}

/** Let the selected tracks end with a frame. */
export function endTrackAt(app: App, to: number): void {
  doAll(
    app,
    endsAt(() => to),
  );
}

function startsAt(at: (frame: number) => number): Deed {
  return {
    why: (track, frame, app) =>
      at(frame) < endOf(track, frameCount(app))
        ? null
        : `#${track.id} has ended before frame ${at(frame)}.`,
    make: (track, frame) => startingAt(track, at(frame)),
    said: (_, track, frame, app) => {
      const [to, start] = [at(frame), startOf(track)];
      const what =
        to > start ? `Deleted on ${range(app, start, to)}` : `Now also on ${range(app, to, start)}`;
      return `#${track.id} starts at ${to}. ${what}.`;
    },
  };
}

function endsAt(at: (frame: number, count: number) => number): Deed {
  return {
    why: (track, frame, app) => unborn(track, at(frame, frameCount(app))),
    make: (track, frame, app) => endingAt(track, at(frame, frameCount(app)), frameCount(app)),
    said: (_, track, frame, app) => {
      const to = at(frame, frameCount(app));
      const stop = endOf(track, frameCount(app));
      const what =
        to + 1 < stop
          ? `Deleted on ${range(app, to + 1, stop)}`
          : `Now also on ${range(app, stop, to + 1)}`;
      return `#${track.id} ends with ${to}. ${what}.`;
    },
  };
}

/** Keep the box of the frame shown on others: to the end of the selected range, else for so many frames. */
function keeping(words: string, keep: Keep): Action {
  const span = (app: App, frame: number) =>
    keep(frame, app.view.reach.value, around(app, frame), frameCount(app));
  return deedAction<Propagate>(
    (app) => {
      const { start, stop } = span(app, app.view.frame.value);
      return `Keep the box ${words} ${counted(stop - start - 1, "frame")}`;
    },
    {
      why: (track, frame, app) => {
        const { start, stop } = span(app, frame);
        return (
          outside(track, frame, app) ?? (stop - start > 1 ? null : "The clip has no frame there.")
        );
      },
      make: ({ id: track }, frame, app) => ({
        kind: "propagate",
        track,
        frame,
        ...span(app, frame),
      }),
      said: ({ start = 0, stop }, { id }, _, app) =>
        `The box of #${id} is kept on ${range(app, start, stop)}.`,
    },
  );
}

/** The selected range if the frame lies in it. */
function around({ view }: App, frame: number): Span | null {
  const span = view.range.value;
  return span && span.start <= frame && frame < span.stop ? span : null;
}

/** The edit that makes a track absent on a range; of one that is nowhere else, removal. */
function without(app: App, track: Track, { start, stop }: Span): Edit {
  const all = spans(track, frameCount(app));
  return all.every((span) => start <= span.start && span.stop <= stop)
    ? { kind: "remove_track", track: track.id }
    : { kind: "set_outside", track: track.id, start, stop };
}

function overlaps(a: Span): (b: Span) => boolean {
  return (b) => a.start < b.stop && b.start < a.stop;
}

function frameCount({ derived }: App): number {
  return derived.video.value.frame_count;
}

/** Whether an event is selected, and no track that Delete could mean. */
function meansEvent(app: App): boolean {
  return app.view.selection.value.size === 0 && chosenEvent(app) !== null;
}

/** What Delete does when no keyframe is selected: on the range if there is one, else altogether. */
function nearest({ view }: App): Deed {
  return view.range.value === null ? WHOLE : ON_RANGE;
}

function deleteTitle(app: App): string {
  const marks = markCount(app);
  const where = app.view.range.value === null ? "" : " on the range";
  if (meansEvent(app)) {
    return "Delete the event";
  }
  return marks > 0
    ? `Delete ${counted(marks, "selected keyframe")}`
    : `Delete ${subject(app)}${where}`;
}

function deleteNearest(app: App): void {
  if (markCount(app) > 0) {
    removeSelectedMarks(app);
  } else if (meansEvent(app)) {
    removeEvent(app);
  } else {
    doAll(app, nearest(app));
  }
}
