import { type Keyed, keyText } from "../actions/keymap.ts";
import { counted, trackText } from "../actions/text.ts";
import { stateAt } from "../core/interpolate.ts";
import { nextKeyframe, occludedSpans, spans, type Track } from "../core/track.ts";
import type { LineState, SaveState } from "../store/view.ts";

/** A moment of the video: "0:05.92", from an hour on "1:00:05.92". */
export function clockText(seconds: number): string {
  const hundredths = Math.round(seconds * 100);
  const two = (value: number) => String(value).padStart(2, "0");
  const rest = `${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`;
  const minutes = Math.floor(hundredths / 6000);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours}:${two(minutes % 60)}:${rest}` : `${minutes}:${rest}`;
}

/** What a track is on a frame: "keyframe 4 of 10", "interpolated 132 to 168". */
export function placeText(track: Track, frame: number): string {
  const { present, exact, hold, index } = stateAt(track, frame);
  const { frames } = track.keyframes;
  const next = nextKeyframe(track, frame);
  if (exact) {
    return `keyframe ${index + 1} of ${frames.length}${present ? "" : ", outside"}`;
  }
  if (index < 0) {
    return `starts at ${frames[0]}`;
  }
  if (!present) {
    return `outside since ${frames[index]}`;
  }
  return next === null || hold
    ? `holds ${frames[index]}${next === null ? "" : ` to ${next}`}`
    : `interpolated ${frames[index]} to ${next}`;
}

/** A lane in words: "#2 pedestrian, frames 36 to 412, 10 keyframes, occluded 190 to 214". */
export function laneText(track: Track, frameCount: number): string {
  const present = spans(track, frameCount);
  const first = present[0]?.start ?? 0;
  const last = (present.at(-1)?.stop ?? 1) - 1;
  const count = track.keyframes.frames.length;
  const hidden = occludedSpans(track, frameCount).slice(0, 3);
  return [
    trackText(track),
    `frames ${first} to ${last}`,
    counted(count, "keyframe"),
    ...hidden.map(({ start, stop }) => `occluded ${start} to ${stop - 1}`),
  ].join(", ");
}

/** What to do where there is nothing yet. */
export function noTracks(at: Keyed): string {
  return `No tracks yet. Press ${keyText(at, "draw-tool")} and drag a box.`;
}

/** How the labels stand: a sign for it, what is said first, the rest. */
export type SaveText = [icon: "check" | "busy" | "warning" | null, lead: string, rest: string];

const CURES = {
  cut: ": the kernel cannot be reached",
  gone: ": the kernel was restarted, run the cell again",
};

/** What the toolbar says of saving; `waiting` edits have been without an answer for a while. */
export function saveText(
  save: SaveState,
  line: LineState,
  waiting: number,
  viewOnly: string | null,
): SaveText {
  if (line !== "live") {
    const kept = waiting > 0 ? ` (${waiting} kept here)` : "";
    return ["warning", `Disconnected${kept}`, CURES[line]];
  }
  if (viewOnly !== null) {
    return [null, ...cutAt(viewOnly, ":")];
  }
  if (waiting > 0) {
    return ["busy", counted(waiting, "edit"), " waiting: the kernel is busy"];
  }
  switch (save.state) {
    case "saved":
      return ["check", ...cutAt(save.text, / (to|from) /)];
    case "saving":
      return ["busy", "Saving…", ""];
    case "error":
      return ["warning", "Not saved", save.text && `: ${save.text}`];
    case "off":
      return [null, "Not saved to a file", ""];
    case "unknown":
      return [null, "", ""];
  }
}

/** "Saved to a.json" in its two parts: what is so, and where. */
function cutAt(text: string, mark: RegExp | string): [lead: string, rest: string] {
  const place = text.search(mark);
  return place < 0 ? [text, ""] : [text.slice(0, place), text.slice(place)];
}
