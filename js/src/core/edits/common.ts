import { type Annotation, labelNamed, withTracks } from "../annotation.ts";
import { EditError } from "../errors.ts";
import type { AnnotationEvent } from "../events.ts";
import { geometryAt } from "../interpolate.ts";
import {
  indexAt,
  type Keyframe,
  type Keyframes,
  keyframeOf,
  sameKeyframes,
  slice,
} from "../keyframes.ts";
import type { Label } from "../labels.ts";
import { type Span, type Track, withKeyframes } from "../track.ts";

/** The track with that id; throws EditError when there is none. */
export function trackWith(annotation: Annotation, id: number): Track {
  const track = annotation.tracks.get(id);
  if (track === undefined) {
    const ids = [...annotation.tracks.keys()].slice(0, 10).join(", ") || "none";
    throw new EditError(`no track #${id}: tracks are ${ids}`);
  }
  return track;
}

/** The annotation with other keyframes for one of its tracks. */
export function replaceKeyframes(
  annotation: Annotation,
  track: Track,
  keyframes: Keyframes,
): Annotation {
  return sameKeyframes(keyframes, track.keyframes)
    ? annotation
    : withTracks(annotation, [withKeyframes(track, keyframes)]);
}

/** The annotation with some events changed; without a change it stays the same. */
export function withEvents(
  annotation: Annotation,
  change: (event: AnnotationEvent) => AnnotationEvent,
): Annotation {
  const events = annotation.events.map(change);
  return events.every((event, index) => event === annotation.events[index])
    ? annotation
    : { ...annotation, events };
}

/** Lets a track take the part of another in an event, or share its own. */
export function trackRenamed(old: number, id: number): (event: AnnotationEvent) => AnnotationEvent {
  return (event) =>
    event.tracks.includes(old)
      ? { ...event, tracks: [...new Set(event.tracks.map((at) => (at === old ? id : at)))] }
      : event;
}

/** Throws EditError unless the label is declared, else returns it. */
export function labelWith(annotation: Annotation, name: string): Label {
  const label = labelNamed(annotation, name);
  if (label === undefined) {
    const known = annotation.labels.map((other) => JSON.stringify(other.name)).join(", ") || "none";
    throw new EditError(`unknown label ${JSON.stringify(name)}: labels are ${known}; add it first`);
  }
  return label;
}

/** Throws EditError unless the frame is one of the video's. */
export function checkFrame(annotation: Annotation, frame: number): void {
  const count = annotation.video.frame_count;
  if (!Number.isSafeInteger(frame) || frame < 0 || frame >= count) {
    throw new EditError(`frame ${frame} is not in the video: its frames are 0 to ${count - 1}`);
  }
}

/** The range with its end filled in; throws EditError unless it lies in the video. */
export function checkRange(annotation: Annotation, start: number, stop?: number | null): Span {
  const count = annotation.video.frame_count;
  const end = stop ?? count;
  const whole = Number.isSafeInteger(start) && Number.isSafeInteger(end);
  if (!whole || start < 0 || start >= end || end > count) {
    throw new EditError(
      `frames [${start}, ${end}) are no range of the video: give 0 <= start < stop <= ${count}`,
    );
  }
  return { start, stop: end };
}

/** The keyframe on a frame, or else the one that can be inserted there without changing any box. */
export function rowAt(keyframes: Keyframes, frame: number): Keyframe {
  const governing = keyframeOf(keyframes, Math.max(0, indexAt(keyframes, frame)));
  return { ...governing, frame, box: geometryAt(keyframes, frame) };
}

/** Whether the object is present on a frame. */
export function presentAt(keyframes: Keyframes, frame: number): boolean {
  return keyframes.outside[indexAt(keyframes, frame)] === 0;
}

/** The rows before a frame. */
export function before(keyframes: Keyframes, frame: number): Keyframes {
  return slice(keyframes, 0, indexAt(keyframes, frame - 1) + 1);
}

/** The rows after a frame. */
export function after(keyframes: Keyframes, frame: number): Keyframes {
  return slice(keyframes, indexAt(keyframes, frame) + 1);
}
