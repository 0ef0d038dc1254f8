import type { AnnotationEvent } from "./events.ts";
import type { Attribute, Label } from "./labels.ts";
import type { AttributeValue, Track } from "./track.ts";
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
  /** What is said of the whole clip. */
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  /** The attributes that may be said of the clip; where none is declared, any may. */
  readonly declared: readonly Attribute[];
  /** A text for a person to read, by frame, in the order of frames. */
  readonly notes: ReadonlyMap<number, string>;
  /** Id that a new track gets; it never goes back, so that no id is given twice. */
  readonly next_id: number;
  /** Counts the changes of `labels` and `declared`. */
  readonly label_version: number;
}

/** An annotation of a video with what is given; everything else is empty. */
export function createAnnotation(
  parts: Pick<Annotation, "video"> & Partial<Annotation>,
): Annotation {
  const tracks = parts.tracks ?? new Map();
  return {
    labels: [],
    events: [],
    attributes: new Map(),
    declared: [],
    notes: new Map(),
    label_version: 1,
    ...parts,
    tracks,
    next_id: Math.max(parts.next_id ?? 1, Tracks.from(tracks).lastId + 1),
  };
}

/** The id a new track gets. */
export function nextId(annotation: Annotation): number {
  return annotation.next_id;
}

/** The id a new event gets: one more than the largest, 1 when there is none. */
export function nextEventId({ events }: Annotation): number {
  return events.reduce((largest, { id }) => Math.max(largest, id), 0) + 1;
}

/** The number a new group of tracks gets, 1 for the first. */
export function nextGroup({ tracks }: Annotation): number {
  let largest = 0;
  for (const { group } of tracks.values()) {
    largest = Math.max(largest, group ?? 0);
  }
  return largest + 1;
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
  return { ...annotation, tracks, next_id: Math.max(annotation.next_id, tracks.lastId + 1) };
}

/** The annotation with another label set, or other attributes declared for the clip: a new version of it. */
export function withLabels(
  annotation: Annotation,
  parts: Partial<Pick<Annotation, "labels" | "declared" | "tracks" | "events">>,
): Annotation {
  return { ...annotation, ...parts, label_version: annotation.label_version + 1 };
}
