import { frameNamed } from "../core/clock.ts";
import { frameAfter, frameBefore, gaps } from "../core/coverage.ts";
import { indexAt } from "../core/keyframes.ts";
import { type Span, startOf, type Track } from "../core/track.ts";
import type { Mark } from "../store/marks.ts";
import { type Action, type App, act, again, announce, type Reason, tell } from "./app.ts";
import { enterField } from "./focus.ts";
import { goTo, select } from "./navigate.ts";
import { errorFrom, errorMissing, showError } from "./review.ts";
import { trackText } from "./text.ts";

/** Which way to go through the clip. */
type Way = "next" | "previous";

/** Places in the clip that are found, not counted. */
export const TIME = {
  "go-to": act("Go to a frame or a time", (app) => enterField(app.root, "Frame")),
  "jump-size": act("Set the frames per jump", (app) => enterField(app.root, "Frames per jump")),
  middle: act(
    (app) => {
      const frame = middle(app);
      return `Middle between two keyframes${frame === null ? "" : `: ${frame}`}`;
    },
    (app) => goTo(app, middle(app) ?? 0),
    { blocked: (app) => (middle(app) === null ? middleMissing(app) : null) },
  ),
  "previous-start": toStart("previous"),
  "next-start": toStart("next"),
  "previous-empty": toFrame("Previous frame without boxes", "previous", free),
  "next-empty": toFrame("Next frame without boxes", "next", free),
  "previous-mark": toMark("previous"),
  "next-mark": toMark("next"),
  "previous-filled": toFrame("Previous frame with boxes", "previous", covered),
  "next-filled": toFrame("Next frame with boxes", "next", covered),
} satisfies Record<string, Action>;

/** Go to the place that a person has typed, or say why it cannot be. */
export function goToPlace(app: App, text: string): void {
  const { times } = app.derived.video.peek();
  try {
    goTo(app, frameNamed(text, times, app.view.frame.peek()));
  } catch (error) {
    tell(app, error instanceof Error ? sentence(error.message) : String(error));
  }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** The frame halfway between the keyframes around the frame shown, null when none lies between. */
function middle({ view, derived }: App): number | null {
  const track = derived.selected.value;
  if (track === null) {
    return null;
  }
  const { frames } = track.keyframes;
  const index = indexAt(track.keyframes, view.frame.value);
  const [from, to] = [frames[index], frames[index + 1]];
  return from === undefined || to === undefined || to - from < 2 ? null : (from + to) >> 1;
}

function middleMissing({ derived }: App): string {
  const track = derived.selected.value;
  return track === null
    ? "Select a track first."
    : `#${track.id} has no two keyframes around this frame with a frame between them.`;
}

function toStart(way: Way): Action {
  const none: Reason = (app) =>
    startFrom(app, way) === null ? `No track starts ${side(way)}.` : null;
  const run = (app: App) => {
    const track = startFrom(app, way);
    if (track) {
      goTo(app, startOf(track));
      select(app, track);
      announce(app, `${trackText(track)} starts at ${startOf(track)}`);
    }
  };
  return { ...again(`${word(way)} start of a track`, run), blocked: none };
}

/**
 * The track that starts next, by start and then by id: of those that start on the frame shown the
 * ones after the selected one are still to come.
 */
function startFrom({ view, derived }: App, way: Way): Track | null {
  const frame = view.frame.value;
  const chosen = derived.selected.value;
  const id = chosen && startOf(chosen) === frame ? chosen.id : 0;
  const sign = way === "next" ? 1 : -1;
  const order = (track: Track) =>
    [sign * (startOf(track) - frame), sign * (track.id - id)] as const;
  let best: Track | null = null;
  for (const track of derived.lanes.value) {
    if (isBefore([0, 0], order(track)) && (!best || isBefore(order(track), order(best)))) {
      best = track;
    }
  }
  return best;
}

function isBefore(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

function toFrame(title: string, way: Way, ranges: (app: App) => readonly Span[]): Action {
  const find = way === "next" ? frameAfter : frameBefore;
  const found = (app: App) => find(ranges(app), app.view.frame.value);
  const what = title.slice(title.indexOf(" ") + 1);
  return {
    ...again(title, (app) => goTo(app, found(app) ?? 0)),
    blocked: (app) => (found(app) === null ? `There is no ${what} ${side(way)}.` : null),
  };
}

/** To what is to be looked at: an error in a review, else what Python said by `w.show(...)`. */
function toMark(way: Way): Action {
  const found = (app: App) => markFrom(app, way);
  const reviews = ({ derived }: App) => derived.review.value !== null;
  return {
    title: (app) => `${word(way)} ${reviews(app) ? "error" : "mark"}`,
    repeats: true,
    run: (app) => {
      const error = reviews(app) && errorFrom(app, way);
      if (error) {
        showError(app, error);
        return;
      }
      const mark = found(app);
      const { marks, selection } = app.view;
      if (mark === undefined) {
        return;
      }
      goTo(app, mark.start);
      if (mark.track !== null && app.document.annotation.peek().tracks.has(mark.track)) {
        selection.value = new Set([mark.track]);
      }
      const { name, spans } = marks.peek();
      const place = `${name || "Mark"} ${spans.indexOf(mark) + 1} of ${spans.length}`;
      tell(app, mark.text === "" ? `${place}.` : `${place}: ${mark.text}`);
    },
    blocked: (app) =>
      reviews(app)
        ? errorMissing(app, way)
        : app.view.marks.value.spans.length === 0
          ? "There are no marks: w.show(...) in Python sets them."
          : found(app) === undefined
            ? `There is no mark ${side(way)}.`
            : null,
  };
}

/** The mark that starts next; marks that start together are looked at one after the other. */
function markFrom({ view, derived }: App, way: Way): Mark | undefined {
  const { spans } = view.marks.value;
  const frame = view.frame.value;
  const chosen = derived.selected.value?.id ?? null;
  const here = spans.findIndex(({ start, track }) => start === frame && track === chosen);
  if (here >= 0) {
    return spans[here + (way === "next" ? 1 : -1)];
  }
  return way === "next"
    ? spans.find(({ start }) => start > frame)
    : spans.findLast(({ start }) => start < frame);
}

function covered({ derived }: App): readonly Span[] {
  return derived.covered.value;
}

function free({ derived }: App): readonly Span[] {
  return gaps(derived.covered.value, derived.video.value.frame_count);
}

function word(way: Way): string {
  return way === "next" ? "Next" : "Previous";
}

function side(way: Way): string {
  return way === "next" ? "after this frame" : "before this frame";
}
