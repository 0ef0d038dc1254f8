import { type Annotation, labelNamed, nextId, withTracks } from "../annotation.ts";
import { EditError } from "../errors.ts";
import { geometryAt } from "../interpolate.ts";
import { concat, frameOf, type Keyframes, put } from "../keyframes.ts";
import { type AttributeSteps, startOf, stepValue, type Track } from "../track.ts";
import { mergeSteps } from "./attributes.ts";
import {
  after,
  checkFrame,
  presentAt,
  replaceKeyframes,
  rowAt,
  trackRenamed,
  trackWith,
  withEvents,
} from "./common.ts";
import { endAt, headBefore } from "./spans.ts";
import type { MergeTracks, SplitTrack, SwapTracks } from "./wire.ts";

/** End the track at a frame and let a new one go on from there. */
export function splitTrack(annotation: Annotation, edit: SplitTrack): Annotation {
  const track = trackWith(annotation, edit.track);
  const { frame, new_track: id = nextId(annotation) } = edit;
  checkFrame(annotation, frame);
  if (annotation.tracks.has(id) || !Number.isSafeInteger(id) || id < 1) {
    throw new EditError(`#${id} cannot be the id of the new track: give a free positive one`);
  }
  if (frame <= startOf(track) || !presentAt(track.keyframes, frame)) {
    throw new EditError(
      `track #${track.id} cannot be split at ${frame}: choose a frame after its start ${startOf(track)} where it is present`,
    );
  }
  const earlier = {
    ...track,
    keyframes: endAt(track.keyframes, frame),
    attributes: mapSteps(track.attributes, (steps) => steps.filter(([at]) => at < frame)),
  };
  const later = {
    ...track,
    id,
    note: "",
    keyframes: tailFrom(track.keyframes, frame),
    attributes: mapSteps(track.attributes, (steps) =>
      mergeSteps(
        steps.slice(
          Math.max(
            0,
            steps.findLastIndex(([at]) => at <= frame),
          ),
        ),
      ),
    ),
  };
  return withTracks(annotation, [earlier, later]);
}

/** Make one track of two that follow each other. */
export function mergeTracks(annotation: Annotation, edit: MergeTracks): Annotation {
  const track = trackWith(annotation, edit.track);
  const other = trackWith(annotation, edit.other);
  if (track === other) {
    throw new EditError(`track #${track.id} cannot be merged with itself: give two tracks`);
  }
  const [a, b] = startOf(track) <= startOf(other) ? [track, other] : [other, track];
  const start = startOf(b);
  const overlap = a.keyframes.frames.find(
    (frame, index) => frame >= start && a.keyframes.outside[index] === 0,
  );
  if (overlap !== undefined) {
    throw new EditError(
      `tracks #${a.id} and #${b.id} overlap: #${b.id} starts at ${start}, #${a.id} still has a keyframe at ${overlap}; split or trim first`,
    );
  }
  const head = headBefore(a.keyframes, start, geometryAt(b.keyframes, start));
  const merged: Track = {
    ...track,
    keyframes: concat(head, b.keyframes),
    attributes: mergeAttributes(annotation, track.label, a, b, start),
    group: track.group ?? other.group,
    note: [track.note, other.note].filter((note) => note !== "").join("\n"),
  };
  const renamed = withEvents(annotation, trackRenamed(other.id, track.id));
  return withTracks(renamed, [merged], [other.id]);
}

/** Exchange the keyframes of two tracks from a frame on. */
export function swapTracks(annotation: Annotation, edit: SwapTracks): Annotation {
  const track = trackWith(annotation, edit.track);
  const other = trackWith(annotation, edit.other);
  checkFrame(annotation, edit.frame);
  if (track === other) {
    throw new EditError(`track #${track.id} cannot be swapped with itself: give two tracks`);
  }
  const [a, b] = [track.keyframes, other.keyframes];
  const swapped = replaceKeyframes(annotation, track, join(a, b, edit.frame));
  return replaceKeyframes(swapped, other, join(b, a, edit.frame));
}

/** `a` before the frame, `b` from there on. */
function join(a: Keyframes, b: Keyframes, frame: number): Keyframes {
  if (frameOf(b, 0) <= frame) {
    return concat(headBefore(a, frame, geometryAt(b, frame)), tailFrom(b, frame));
  }
  return concat(endAt(a, frame), b);
}

/** The rows from a frame on, beginning with one on the frame itself. */
function tailFrom(keyframes: Keyframes, frame: number): Keyframes {
  return put(after(keyframes, frame), rowAt(keyframes, frame));
}

function mergeAttributes(
  annotation: Annotation,
  label: string,
  a: Track,
  b: Track,
  start: number,
): AttributeSteps {
  const declared = labelNamed(annotation, label)?.attributes ?? [];
  const fixed = new Set(declared.filter(({ per }) => per === "track").map(({ name }) => name));
  const names = new Set([...a.attributes.keys(), ...b.attributes.keys()]);
  const merged = [...names].map((name) => {
    const first = a.attributes.get(name) ?? [];
    const second = b.attributes.get(name) ?? [];
    if (fixed.has(name)) {
      return [name, first.length > 0 ? first : second] as const;
    }
    const steps = mergeSteps([
      ...first.filter(([at]) => at < start),
      [start, stepValue(second, start)],
      ...second.filter(([at]) => at > start),
    ]);
    return [name, steps] as const;
  });
  return new Map(merged.filter(([, steps]) => steps.length > 0));
}

function mapSteps(
  attributes: AttributeSteps,
  change: (steps: NonNullable<ReturnType<AttributeSteps["get"]>>) => typeof steps,
): AttributeSteps {
  const changed = [...attributes].map(([name, steps]) => [name, change(steps)] as const);
  return new Map(changed.filter(([, steps]) => steps.length > 0));
}
