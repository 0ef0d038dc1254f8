import type { Edit } from "../core/edits.ts";
import type { Track } from "../core/track.ts";
import { type App, type Reason, unselected, viewOnly } from "./app.ts";
import { locked, outside, unborn } from "./reasons.ts";
import { rangeText } from "./text.ts";

/** Makes an edit of a track on the frame shown; null where none is needed. */
export type Make<E> = (track: Track, frame: number, app: App) => E | null;

/** Says what an edit did; the track is as it was before. */
export type Say<E> = (app: App, track: Track, frame: number, made: E) => void;

/** Make an edit of the selected track on the frame shown, and say what it did. */
export function change<E extends Edit>(app: App, make: Make<E>, say: Say<E>): void {
  const { view, derived } = app;
  const track = derived.selected.peek();
  const frame = view.frame.peek();
  const made = track && make(track, frame, app);
  if (track && made && app.commit(made)) {
    say(app, track, frame, made);
  }
}

/** The frames of a range in words. */
export function range(app: App, start: number, stop?: number): string {
  return rangeText(start, stop, app.derived.video.peek().frame_count);
}

/** Why the selected track cannot be changed now, null when it can. */
export const lockedOut: Reason = (app) =>
  viewOnly(app) ?? unselected(app) ?? ofTrack((track) => locked(app, track))(app);

/** Why nothing can be done to its box on the frame shown. */
export const boxless: Reason = (app) =>
  lockedOut(app) ?? ofTrack((track, frame) => outside(track, frame, app))(app);

/** Why it cannot end on the frame shown, or be split there: what has not started cannot. */
export function notStarted(margin: number): Reason {
  return (app) => lockedOut(app) ?? ofTrack((track, frame) => unborn(track, frame, margin))(app);
}

/** Ask something of the selected track on the frame shown; null when none is selected. */
export function ofTrack<T>(ask: (track: Track, frame: number) => T): (app: App) => T | null {
  return ({ view, derived }) => {
    const track = derived.selected.value;
    return track && ask(track, view.frame.value);
  };
}
