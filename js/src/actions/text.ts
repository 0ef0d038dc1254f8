import type { Track } from "../core/track.ts";

/** A track's name: "#2 car". */
export function trackText({ id, label }: Track): string {
  return `#${id} ${label}`;
}

/** The frames of a half-open range, without `stop` to the end: "frame 4", "frames 4 to 9". */
export function rangeText(start: number, stop: number | undefined, frameCount: number): string {
  const last = (stop ?? frameCount) - 1;
  if (start === last) {
    return `frame ${start}`;
  }
  return stop === undefined ? `frames ${start} to ${last}, the end` : `frames ${start} to ${last}`;
}

/** A number with its noun: "1 track", "7 tracks", "1,000 tracks". */
export function counted(count: number, noun: string): string {
  // What the browser has for this takes milliseconds when it is first asked.
  const grouped = String(count).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${grouped} ${noun}${count === 1 ? "" : "s"}`;
}
