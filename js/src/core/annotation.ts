import type { Event } from "./events.ts";
import type { Label } from "./labels.ts";
import type { Track } from "./track.ts";

/** What an annotation knows of its video. */
export interface VideoInfo {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly frame_count: number;
  readonly fps: number;
  /** Presentation time of each frame in seconds. */
  readonly times: Float64Array;
}

/** All labels of one video. Immutable: an edit makes a new one that shares every track it left alone. */
export interface Annotation {
  readonly video: VideoInfo;
  readonly labels: readonly Label[];
  readonly tracks: ReadonlyMap<number, Track>;
  readonly events: readonly Event[];
}

/** The id a new track gets: one more than the largest, 1 when there is none. */
export function nextId(annotation: Annotation): number {
  let largest = 0;
  for (const id of annotation.tracks.keys()) {
    largest = Math.max(largest, id);
  }
  return largest + 1;
}

/** The declared label of that name, undefined when there is none. */
export function labelNamed(annotation: Annotation, name: string): Label | undefined {
  return annotation.labels.find((label) => label.name === name);
}

/** The annotation with one track added, or put in place of the one with its id. */
export function withTrack(annotation: Annotation, track: Track): Annotation {
  return { ...annotation, tracks: new Map(annotation.tracks).set(track.id, track) };
}

/** The annotation without a track. */
export function withoutTrack(annotation: Annotation, id: number): Annotation {
  const tracks = new Map(annotation.tracks);
  tracks.delete(id);
  return { ...annotation, tracks };
}
