import { AnnotationError } from "./errors.ts";
import { frameOf, indexAt, type Keyframes, slice } from "./keyframes.ts";

/** What an attribute can say. */
export type AttributeValue = string | number | boolean;

/** From this frame on the attribute has this value; null means it is not set. */
export type AttributeStep = readonly [frame: number, value: AttributeValue | null];

/** Attribute names with their steps, sorted by frame. */
export type AttributeSteps = ReadonlyMap<string, readonly AttributeStep[]>;

/** One object through the video: its keyframes and its attributes. Immutable. */
export interface Track {
  readonly id: number;
  readonly label: string;
  readonly keyframes: Keyframes;
  readonly attributes: AttributeSteps;
  /** Number of the group it belongs to: tracks that go together and keep their ids. */
  readonly group: number | null;
  /** A text for a person to read. */
  readonly note: string;
}

/** A half-open range of frames. */
export interface Span {
  readonly start: number;
  readonly stop: number;
}

/** The track with other keyframes; leading outside ones are dropped, with none left it throws AnnotationError. */
export function withKeyframes(track: Track, keyframes: Keyframes): Track {
  return { ...track, keyframes: dropLeadingOutside(track.id, keyframes) };
}

/** The keyframes from the first present one on; throws AnnotationError when there is none. */
export function dropLeadingOutside(id: number, keyframes: Keyframes): Keyframes {
  const first = keyframes.outside.indexOf(0);
  if (first < 0) {
    throw new AnnotationError(`track #${id} is nowhere present: remove the track instead`);
  }
  return first === 0 ? keyframes : slice(keyframes, first);
}

/** The first frame the track is present on. */
export function startOf(track: Track): number {
  return frameOf(track.keyframes, 0);
}

/** Where the track is present, up to the end of a video of `frameCount` frames. */
export function spans({ keyframes }: Track, frameCount: number): readonly Span[] {
  return remembered(presence, keyframes, frameCount, () => keyframes.outside);
}

/** Where the track is present and occluded. */
export function occludedSpans({ keyframes }: Track, frameCount: number): readonly Span[] {
  const { outside, occluded } = keyframes;
  return remembered(occlusion, keyframes, frameCount, () =>
    outside.map((out, index) => (out === 0 && occluded[index] === 1 ? 0 : 1)),
  );
}

/** The value of an attribute on a frame, null when it is not set there. */
export function attributeAt(track: Track, name: string, frame: number): AttributeValue | null {
  return stepValue(track.attributes.get(name) ?? [], frame);
}

/** The value that sorted steps give to a frame. */
export function stepValue(steps: readonly AttributeStep[], frame: number): AttributeValue | null {
  return steps.findLast(([at]) => at <= frame)?.[1] ?? null;
}

/** Frame of the first keyframe after `frame`, null when there is none. */
export function nextKeyframe(track: Track, frame: number): number | null {
  return track.keyframes.frames[indexAt(track.keyframes, frame) + 1] ?? null;
}

/** Frame of the last keyframe before `frame`, null when there is none. */
export function prevKeyframe(track: Track, frame: number): number | null {
  return track.keyframes.frames[indexAt(track.keyframes, frame - 1)] ?? null;
}

/** The spans found before: tables never change, and most outlive many edits. */
type Found = WeakMap<Keyframes, { frameCount: number; found: readonly Span[] }>;
const presence: Found = new WeakMap();
const occlusion: Found = new WeakMap();

function remembered(
  known: Found,
  keyframes: Keyframes,
  frameCount: number,
  flags: () => Uint8Array,
): readonly Span[] {
  const before = known.get(keyframes);
  if (before?.frameCount === frameCount) {
    return before.found;
  }
  const found = runs(keyframes, frameCount, flags());
  known.set(keyframes, { frameCount, found });
  return found;
}

/** Where the flag of the governing keyframe is 0. */
function runs({ frames }: Keyframes, frameCount: number, flags: Uint8Array): Span[] {
  const found: Span[] = [];
  for (let first = flags.indexOf(0); first >= 0; ) {
    const end = flags.indexOf(1, first);
    found.push({ start: frames[first] ?? 0, stop: frames[end] ?? frameCount });
    first = end < 0 ? -1 : flags.indexOf(0, end);
  }
  return found;
}
