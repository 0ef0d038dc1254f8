import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { type Annotation, createAnnotation } from "./annotation.ts";
import { boxAt, stateAt } from "./interpolate.ts";
import { labelFromJson, type TrackJson, trackFromJson } from "./json.ts";
import { type Keyframe, keyframesOf, SOURCES } from "./keyframes.ts";
import type { Label } from "./labels.ts";
import type { Box } from "./shapes/box.ts";
import { dropLeadingOutside, type Track } from "./track.ts";

/** Length of the video that test annotations have. */
export const FRAMES = 40;

/** A label without attributes. */
export function label(name: string, attributes: Label["attributes"] = []): Label {
  return labelFromJson({ name, attributes });
}

/** An annotation of a small video with the labels "car" and "person" and some tracks. */
export function annotationOf(...tracks: (Track | TrackJson)[]): Annotation {
  const ready = tracks.map((track) =>
    track.attributes instanceof Map ? (track as Track) : trackFromJson(track as TrackJson),
  );
  return createAnnotation({
    video: {
      name: "small.mp4",
      width: 640,
      height: 480,
      frame_count: FRAMES,
      fps: 25,
      times: Float64Array.from({ length: FRAMES }, (_, frame) => frame / 25),
    },
    labels: [label("car"), label("person")],
    tracks: new Map(ready.map((track) => [track.id, track])),
  });
}

const pixels = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true }).map((value) => Math.round(value * 8) / 8 + 0);

/** Any box of a sensible size. */
export const anyBox: fc.Arbitrary<Box> = fc.record({
  x: pixels(-100, 600),
  y: pixels(-100, 500),
  w: pixels(2, 300),
  h: pixels(2, 300),
  rotation: pixels(-179.75, 180),
});

/** Any keyframe row inside the small video. */
export const anyKeyframe: fc.Arbitrary<Keyframe> = fc.record({
  frame: fc.nat(FRAMES - 1),
  box: anyBox,
  outside: fc.boolean(),
  occluded: fc.boolean(),
  hold: fc.boolean(),
  source: fc.constantFrom(...SOURCES),
  score: fc.option(fc.double({ min: 0, max: 1, noNaN: true }).map((score) => score + 0)),
});

/** Any track with that id inside the small video. */
export function anyTrack(id: number): fc.Arbitrary<Track> {
  return fc
    .uniqueArray(anyKeyframe, { selector: (row) => row.frame, minLength: 1, maxLength: 7 })
    .filter((rows) => rows.some((row) => !row.outside))
    .map((rows) => ({
      id,
      label: "car",
      keyframes: dropLeadingOutside(id, keyframesOf(rows)),
      attributes: new Map(),
      group: null,
      note: "",
    }));
}

/** What a track shows on each frame of the small video. */
export function shown(track: Track | undefined): { box: Box | null; occluded: boolean }[] {
  return Array.from({ length: FRAMES }, (_, frame) => {
    const box = track ? boxAt(track, frame) : null;
    return { box, occluded: track && box ? stateAt(track, frame).occluded : false };
  });
}

/** Whether two boxes are the same up to rounding; absent is the same as absent. */
export function close(a: Box | null, b: Box | null): boolean {
  if (a === null || b === null) {
    return a === b;
  }
  const turn = Math.abs(a.rotation - b.rotation);
  const off = [a.x - b.x, a.y - b.y, a.w - b.w, a.h - b.h, Math.min(turn, 360 - turn)];
  return off.every((value) => Math.abs(value) < 1e-6);
}

/** The vectors that both languages must agree on, from a file of `tests/vectors`. */
export function readVectors<Vector>(name: string): Vector[] {
  const folder = join(import.meta.dirname, "../../../tests/vectors");
  return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Vector[];
}
