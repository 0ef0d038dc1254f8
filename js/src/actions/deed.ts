import type { Edit } from "../core/edits.ts";
import type { Track } from "../core/track.ts";
import { type Action, type App, act, did, type Reason, type Title, viewOnly } from "./app.ts";
import { commitAll, namesOf } from "./many.ts";
import { locked } from "./reasons.ts";

/** Something done to a track on the frame shown; done to all selected ones it is one edit. */
export type Deed<E extends Edit = Edit> = {
  /** Why it cannot be done to this track, null when it can. */
  why?(track: Track, frame: number, app: App): string | null;
  /** The edit; null when the track is so already. */
  make(track: Track, frame: number, app: App): E | null;
  /** What was done, as a sentence; the track is as it was before. */
  said(made: E, track: Track, frame: number, app: App): string;
};

/** An action that does something to each selected track; those that cannot be changed are skipped and named. */
export function deedAction<E extends Edit>(
  title: Title,
  deed: Deed<E>,
  more: Omit<Action, "run" | "title" | "blocked"> = {},
): Action {
  return act(title, (app) => doAll(app, deed), { ...more, blocked: noneOf(deed) });
}

/** Do something to each selected track as one edit, and say what was done and what was skipped. */
export function doAll<E extends Edit>(app: App, deed: Deed<E>): boolean {
  const frame = app.view.frame.peek();
  const skipped: string[] = [];
  const done: { track: Track; edit: E; text: string }[] = [];
  for (const track of selectedTracks(app)) {
    const reason = whyNot(app, deed, track, frame);
    const edit = reason === null ? deed.make(track, frame, app) : null;
    if (reason !== null) {
      skipped.push(reason);
    } else if (edit !== null) {
      done.push({ track, edit, text: deed.said(edit, track, frame, app) });
    }
  }
  const edits = done.map(({ edit }) => edit);
  if (!commitAll(app, edits)) {
    return false;
  }
  const { selection } = app.view;
  const left = selectedTracks(app).map(({ id }) => id);
  if (left.length < selection.peek().size) {
    selection.value = new Set(left);
  }
  did(app, [summary(done), ...skipped.map((reason) => `Skipped: ${reason}`)].join(" "));
  return true;
}

/** The selected tracks, in the order in which they were selected. */
export function selectedTracks({ view, document }: App): Track[] {
  const { tracks } = document.annotation.value;
  return [...view.selection.value].flatMap((id) => tracks.get(id) ?? []);
}

/** Why nothing can be done to any selected track: the reason of the first. */
export function noneOf<E extends Edit>(deed: Deed<E>): Reason {
  return (app) => {
    const tracks = selectedTracks(app);
    const frame = app.view.frame.value;
    const reasons = tracks.map((track) => whyNot(app, deed, track, frame));
    const none = tracks.length === 0 ? "Select a track first." : null;
    return viewOnly(app) ?? none ?? (reasons.includes(null) ? null : (reasons[0] ?? null));
  };
}

function whyNot<E extends Edit>(app: App, deed: Deed<E>, track: Track, frame: number) {
  return locked(app, track) ?? deed.why?.(track, frame, app) ?? null;
}

/** What was done to several tracks: once if it was the same, else to each. */
function summary(done: readonly { track: Track; text: string }[]): string {
  const texts = new Set(done.map(({ text }) => text));
  const [first] = texts;
  if (first === undefined || done.length === 1) {
    return first ?? "";
  }
  if (texts.size === 1) {
    return `${namesOf(done.map(({ track }) => track))}: ${first}`;
  }
  const shown = done.slice(0, 3).map(({ track, text }) => named(track, text));
  return [...shown, ...(done.length > 3 ? [`And ${done.length - 3} more.`] : [])].join(" ");
}

function named(track: Track, text: string): string {
  return text.includes(`#${track.id}`) ? text : `#${track.id}: ${text}`;
}
