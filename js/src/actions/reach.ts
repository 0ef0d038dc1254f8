import type { Edit, SetHold, SetOccluded, SetOutside } from "../core/edits.ts";
import { stateAt } from "../core/interpolate.ts";
import { type Flag, indexAt } from "../core/keyframes.ts";
import { nextKeyframe, startOf, type Track } from "../core/track.ts";
import type { Scope } from "../store/view.ts";
import type { App } from "./app.ts";
import { outside, unborn } from "./reasons.ts";
import { type BoxState, endOf, intoState, nextChange } from "./scope.ts";
import { rangeText } from "./text.ts";

/** The scopes that a person chooses from, as the panel names them. */
export const SCOPES: readonly (readonly [Scope, string])[] = [
  ["change", "Until it changes"],
  ["keyframe", "To next keyframe"],
  ["frame", "This frame only"],
  ["rest", "To the end"],
  ["track", "Whole track"],
];

/** The frames that an act reaches; without `stop` to the end of the clip. */
export type Reach = { readonly start: number; readonly stop?: number };

/**
 * The frames that a change made on the frame shown covers: the selected range, else what the scope
 * says. `next` is the frame where the thing changes by itself, null where it never does.
 */
export function reach(app: App, track: Track, next: number | null): Reach {
  const range = app.view.range.value;
  const start = app.view.frame.value;
  if (range !== null) {
    return to(app, range.start, range.stop);
  }
  switch (app.view.scope.value) {
    case "change":
      return to(app, start, next);
    case "keyframe":
      return to(app, start, nextKeyframe(track, start));
    case "frame":
      return to(app, start, start + 1);
    case "rest":
      return to(app, start, null);
    case "track":
      return to(app, startOf(track), endOf(track, app.derived.video.value.frame_count));
  }
}

/** The end of the video is never written as a number, so that the last frame means "for good". */
function to(app: App, start: number, stop: number | null): Reach {
  return stop === null || stop >= app.derived.video.value.frame_count ? { start } : { start, stop };
}

/** An edit that was made to hold until things change by themselves, brought to what the person chose. */
function reaching<E extends Ranged>(app: App, track: Track, edit: E): E {
  if (app.view.range.value === null && app.view.scope.value === "change") {
    return edit;
  }
  const { start: _start, stop, ...rest } = edit;
  return { ...rest, ...reach(app, track, stop ?? null) } as E;
}

/** The edit that brings a box into a state as far as the person chose, null when it is in it. */
export function stateEdit(app: App, track: Track, frame: number, state: BoxState): Edit | null {
  const edit = intoState(track, frame, state);
  const widen = (each: Edit) => reaching(app, track, each as Ranged);
  return edit?.kind === "batch" ? { ...edit, edits: edit.edits.map(widen) } : edit && widen(edit);
}

/** How far a change reaches, in words: "from here", "on frames 40 to 59". */
export function reachText(app: App): string {
  const range = app.view.range.value;
  return range === null
    ? WORDS[app.view.scope.value]
    : `on ${rangeText(range.start, range.stop, app.derived.video.value.frame_count)}`;
}

type Ranged = SetOccluded | SetOutside | SetHold;

const WORDS: Readonly<Record<Scope, string>> = {
  change: "from here",
  keyframe: "up to the next keyframe",
  frame: "on this frame",
  rest: "from here to the end",
  track: "on the whole track",
};

/** How far a change of a flag reaches: its own end is where it next changes by itself. */
export function reachOf(app: App, track: Track, frame: number, flag: Flag): Reach {
  const now = flag === "outside" ? !stateAt(track, frame).present : stateAt(track, frame)[flag];
  return reach(app, track, nextChange(track, flag, frame, now).stop ?? null);
}

/** Whether a flag is set on all frames of the selected range, or on the frame shown. */
export function isSet(app: App, track: Track, frame: number, flag: Flag): boolean {
  const { keyframes } = track;
  const range = app.view.range.value ?? { start: frame, stop: frame + 1 };
  if (flag === "outside" && range.start < startOf(track)) {
    return range.stop <= startOf(track);
  }
  const first = Math.max(0, indexAt(keyframes, range.start));
  const last = indexAt(keyframes, range.stop - 1);
  return last >= 0 && keyframes[flag].subarray(first, last + 1).every((value) => value === 1);
}

/** Why a track has nothing on the selected range, or on the frame shown; null when it has. */
export function absent(track: Track, frame: number, app: App): string | null {
  const range = app.view.range.value;
  return range === null ? outside(track, frame, app) : unborn(track, range.stop - 1);
}
