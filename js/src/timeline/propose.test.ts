import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Annotation, createAnnotation } from "../core/annotation.ts";
import { applyEdit } from "../core/edits.ts";
import { boxAt, stateAt } from "../core/interpolate.ts";
import { type KeyframeJson, trackFromJson } from "../core/json.ts";
import { occludedSpans, spans, type Track } from "../core/track.ts";
import { Tracks } from "../core/tracks.ts";
import { type End, hitTrack, keyframeNear } from "./hit.ts";
import {
  copyMarks,
  moveEnd,
  moveMarks,
  type Proposal,
  removeMarks,
  shiftTracks,
} from "./propose.ts";
import { centreX, toX } from "./scale.ts";

const FRAMES = 100;

function made(...tracks: Track[]): Annotation {
  const times = new Float64Array(FRAMES);
  const video = { name: "v", width: 64, height: 48, frame_count: FRAMES, fps: 25, times };
  return createAnnotation({ video, tracks: Tracks.of(tracks) });
}

function trackOf(rows: Record<number, Partial<KeyframeJson>>, id = 1): Track {
  const keyframes = Object.entries(rows).map(([frame, row]) => ({
    frame: Number(frame),
    box: [Number(frame), 0, 10, 10] as const,
    ...row,
  }));
  return trackFromJson({ id, label: "car", keyframes });
}

function framesOf(annotation: Annotation, id = 1): number[] {
  return [...(annotation.tracks.get(id)?.keyframes.frames ?? [])];
}

function after(annotation: Annotation, { edit }: Proposal): Annotation {
  return edit === null ? annotation : applyEdit(annotation, edit);
}

const scale = { window: { start: 0, stop: FRAMES }, width: 1000 };
const tracks = fc
  .uniqueArray(fc.integer({ min: 0, max: FRAMES - 1 }), { minLength: 1, maxLength: 12 })
  .chain((frames) =>
    fc.tuple(
      fc.constant(frames.sort((a, b) => a - b)),
      fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 12, maxLength: 12 }),
    ),
  )
  .map(([frames, flags]) =>
    trackOf(
      Object.fromEntries(
        frames.map((frame, index) => [
          frame,
          {
            outside: index > 0 && flags[index]?.[0] === true,
            occluded: flags[index]?.[1] === true,
          },
        ]),
      ),
    ),
  );

describe("moving keyframes", () => {
  test("stops at the neighbours that stay", () => {
    const annotation = made(trackOf({ 10: {}, 20: {}, 30: {} }));
    const marks = new Map([[1, new Set([20])]]);
    expect(framesOf(after(annotation, moveMarks(annotation, marks, 20, 50)))).toEqual([10, 29, 30]);
    expect(framesOf(after(annotation, moveMarks(annotation, marks, 20, -50)))).toEqual([
      10, 11, 30,
    ]);
    expect(moveMarks(annotation, marks, 20, 4).text).toBe("20 to 24");
  });

  test("any of them, by any distance, keeps all rows and only changes their frames", () => {
    const some = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(tracks, some, fc.integer({ min: -120, max: 120 }), (track, chosen, by) => {
        const annotation = made(track);
        const all = [...track.keyframes.frames];
        const moving = new Set(all.filter((_, index) => chosen[index]));
        fc.pre(moving.size > 0);
        const marks = new Map([[1, moving]]);
        const [held = 0] = moving;
        const proposal = moveMarks(annotation, marks, held, by);
        const moved = after(annotation, proposal).tracks.get(1);
        const done = [...(proposal.marks?.get(1) ?? [])][0] ?? held;
        const shift = done - held;
        expect(Math.abs(shift)).toBeLessThanOrEqual(Math.abs(by));
        expect([...(moved?.keyframes.frames ?? [])]).toEqual(
          all.map((frame) => (moving.has(frame) ? frame + shift : frame)),
        );
        expect([...(moved?.keyframes.outside ?? [])]).toEqual([...track.keyframes.outside]);
        expect([...(moved?.keyframes.boxes ?? [])]).toEqual([...track.keyframes.boxes]);
      }),
    );
  });

  test("several tracks go together, as one edit", () => {
    const annotation = made(trackOf({ 10: {}, 20: {} }), trackOf({ 15: {}, 25: {} }, 2));
    const marks = new Map([
      [1, new Set([20])],
      [2, new Set([15, 25])],
    ]);
    const moved = after(annotation, moveMarks(annotation, marks, 20, -40));
    expect(framesOf(moved)).toEqual([10, 11]);
    expect(framesOf(moved, 2)).toEqual([6, 16]);
  });

  test("a copy leaves the old one", () => {
    const annotation = made(trackOf({ 10: { occluded: true }, 20: {} }));
    const copied = after(annotation, copyMarks(annotation, new Map([[1, new Set([10])]]), 10, 30));
    expect(framesOf(copied)).toEqual([10, 20, 40]);
    const track = copied.tracks.get(1) as Track;
    expect(boxAt(track, 40)?.x).toBe(10);
    expect(stateAt(track, 40).occluded).toBe(true);
  });
});

test("removing all keyframes of a track removes the track", () => {
  const annotation = made(trackOf({ 10: {}, 20: {}, 30: { outside: true } }));
  expect(removeMarks(annotation, new Map([[1, new Set([20])]]))).toMatchObject({
    kind: "remove_keyframe",
  });
  expect(removeMarks(annotation, new Map([[1, new Set([10, 20])]]))).toEqual({
    kind: "remove_track",
    track: 1,
  });
  expect(removeMarks(annotation, new Map())).toBeNull();
});

test("tracks are shifted no further than the clip goes", () => {
  const annotation = made(trackOf({ 10: {}, 20: {} }), trackOf({ 5: {}, 90: {} }, 2));
  const shifted = after(annotation, shiftTracks(annotation, [1, 2], 40));
  expect(framesOf(shifted)).toEqual([19, 29]);
  expect(framesOf(shifted, 2)).toEqual([14, 99]);
  expect(shiftTracks(annotation, [1, 2], -40).text).toBe("−5 frames");
});

describe("ends", () => {
  const ends = fc.constantFrom("start", "stop");

  test("the end of a bar goes where it is dragged, nothing else of the track's presence changes", () => {
    fc.assert(
      fc.property(
        tracks,
        fc.nat(20),
        ends,
        fc.integer({ min: -5, max: 105 }),
        (track, at, side, to) => {
          const bars = spans(track, FRAMES);
          const span = bars[at % bars.length] ?? { start: 0, stop: 0 };
          const end: End = { kind: "end", flag: "outside", side, span };
          const annotation = made(track);
          const moved = after(annotation, moveEnd(track, end, FRAMES, to)).tracks.get(1) as Track;
          const limit =
            side === "start"
              ? [bars[(at % bars.length) - 1]?.stop ?? 0, span.stop - 1]
              : [span.start + 1, bars[(at % bars.length) + 1]?.start ?? FRAMES];
          const edge = Math.max(limit[0] ?? 0, Math.min(to, limit[1] ?? 0));
          const wanted = side === "start" ? { ...span, start: edge } : { ...span, stop: edge };
          const others = bars.filter((bar) => bar !== span);
          for (let frame = 0; frame < FRAMES; frame++) {
            const inside = [...others, wanted].some(
              (bar) => frame >= bar.start && frame < bar.stop,
            );
            expect(boxAt(moved, frame) !== null).toBe(inside);
          }
        },
      ),
    );
  });

  test("the end of an occluded range does so too, and no box moves", () => {
    fc.assert(
      fc.property(
        tracks,
        fc.nat(20),
        ends,
        fc.integer({ min: -5, max: 105 }),
        (track, at, side, to) => {
          const ranges = occludedSpans(track, FRAMES);
          fc.pre(ranges.length > 0);
          const span = ranges[at % ranges.length] ?? { start: 0, stop: 0 };
          const end: End = { kind: "end", flag: "occluded", side, span };
          const annotation = made(track);
          const moved = after(annotation, moveEnd(track, end, FRAMES, to)).tracks.get(1) as Track;
          for (let frame = 0; frame < FRAMES; frame++) {
            expect(boxAt(moved, frame) === null).toBe(boxAt(track, frame) === null);
          }
          const still = side === "start" ? span.stop - 1 : span.start;
          expect(stateAt(moved, still).occluded).toBe(true);
        },
      ),
    );
  });

  test("their words name frames that have the object", () => {
    const track = trackOf({ 10: {}, 40: { outside: true } });
    const span = { start: 10, stop: 40 };
    const end = (side: "start" | "stop"): End => ({ kind: "end", flag: "outside", side, span });
    expect(moveEnd(track, end("start"), FRAMES, 5).text).toBe("10 to 5");
    expect(moveEnd(track, end("stop"), FRAMES, 60).text).toBe("39 to 59");
  });
});

describe("what is under the pointer", () => {
  const track = trackOf({ 10: {}, 30: { occluded: true }, 40: {}, 60: { outside: true } });

  test.each([
    [toX(scale, 10), { kind: "end", flag: "outside", side: "start" }],
    [toX(scale, 60), { kind: "end", flag: "outside", side: "stop" }],
    [centreX(scale, 30), { kind: "keyframe", frame: 30 }],
    [toX(scale, 30) + 13, { kind: "end", flag: "occluded", side: "start" }],
    [toX(scale, 40) - 13, { kind: "end", flag: "occluded", side: "stop" }],
    [centreX(scale, 20), { kind: "bar" }],
    [centreX(scale, 80), { kind: "gap" }],
  ])("at %f px", (x, expected) => {
    expect(hitTrack(scale, track, FRAMES, x)).toMatchObject(expected);
  });

  test("a keyframe is found by its own middle, whatever stands beside it", () => {
    fc.assert(
      fc.property(tracks, (any) => {
        for (const frame of any.keyframes.frames) {
          expect(keyframeNear(scale, any, centreX(scale, frame))).toBe(frame);
        }
      }),
    );
  });
});
