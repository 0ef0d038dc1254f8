import { stateAt } from "../core/interpolate.ts";
import { type Flag, indexAt } from "../core/keyframes.ts";
import { startOf, type Track } from "../core/track.ts";
import type { App } from "./app.ts";
import { boxStateAt, nextChange } from "./scope.ts";

/** The frames that an act reaches; without `stop` to the end of the clip. */
export type Reach = { readonly start: number; readonly stop?: number };

/** The selected range, or from the frame shown to where the flag next changes by itself. */
export function reachOf(app: App, track: Track, frame: number, flag: Flag): Reach {
  const range = app.view.range.value;
  const now = flag === "outside" ? !stateAt(track, frame).present : stateAt(track, frame)[flag];
  return range ?? { start: frame, ...nextChange(track, flag, frame, now) };
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
export function absent(track: Track, frame: number, { view }: App): string | null {
  const range = view.range.value;
  if (range !== null) {
    return range.stop <= startOf(track) ? `#${track.id} starts only at ${startOf(track)}.` : null;
  }
  return boxStateAt(track, frame) === "outside"
    ? `#${track.id} is outside on frame ${frame}. X brings it back.`
    : null;
}
