import type { AnnotationEvent } from "./events.ts";
import type { Label } from "./labels.ts";
import type { Track } from "./track.ts";
import { Tracks } from "./tracks.ts";

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
  /** By id, in the order of ids. */
  readonly tracks: ReadonlyMap<number, Track>;
  readonly events: readonly AnnotationEvent[];
}

/** The id a new track gets: one more than the largest, 1 when there is none. */
export function nextId(annotation: Annotation): number {
  return Tracks.from(annotation.tracks).lastId + 1;
}

/** The declared label of that name, undefined when there is none. */
export function labelNamed(annotation: Annotation, name: string): Label | undefined {
  return annotation.labels.find((label) => label.name === name);
}

/** The annotation with tracks added, or put in place of those with their ids, and others removed. */
export function withTracks(
  annotation: Annotation,
  changed: Iterable<Track>,
  removed: Iterable<number> = [],
): Annotation {
  let tracks = Tracks.from(annotation.tracks);
  for (const track of changed) {
    tracks = tracks.with(track);
  }
  for (const id of removed) {
    tracks = tracks.without(id);
  }
  return { ...annotation, tracks };
}
