import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Annotation } from "./annotation.ts";
import { applyEdit, type Edit } from "./edits.ts";
import { EditError } from "./errors.ts";
import { geometryAt } from "./interpolate.ts";
import { trackToJson } from "./json.ts";
import { partsToJson } from "./parts.ts";
import { boxToJson } from "./shapes/box.ts";
import { annotationOf, anyBox, anyTrack, close, FRAMES, shown } from "./testing.ts";
import { startOf, type Track } from "./track.ts";

const anyFrame = fc.nat(FRAMES - 1);
const anyRange = fc
  .tuple(anyFrame, fc.integer({ min: 1, max: FRAMES }))
  .filter(([start, stop]) => start < stop)
  .map(([start, stop]) => ({ start, stop }));
const anyPair = fc.tuple(anyTrack(1), anyTrack(2));

const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constant("set_keyframe" as const),
    track: fc.constant(1),
    frame: anyFrame,
    box: anyBox.map(boxToJson),
  }),
  anyFrame.map((frame): Edit => ({ kind: "remove_keyframe", track: 1, frame })),
  fc
    .tuple(anyRange, fc.boolean())
    .map(([range, outside]): Edit => ({ kind: "set_outside", track: 1, ...range, outside })),
  fc
    .tuple(anyRange, fc.boolean())
    .map(([range, occluded]): Edit => ({ kind: "set_occluded", track: 1, ...range, occluded })),
  fc
    .tuple(anyRange, fc.boolean())
    .map(([range, hold]): Edit => ({ kind: "set_hold", track: 1, ...range, hold })),
  anyFrame.map((frame): Edit => ({ kind: "split_track", track: 1, frame })),
  anyFrame.map((frame): Edit => ({ kind: "swap_tracks", track: 1, other: 2, frame })),
  anyRange.map((range): Edit => ({ kind: "trim_track", track: 1, ...range })),
  fc.integer({ min: -9, max: 9 }).map((by): Edit => ({ kind: "shift_track", track: 1, by })),
  fc.constant<Edit>({ kind: "merge_tracks", track: 1, other: 2 }),
  fc.constant<Edit>({ kind: "set_attribute", track: 1, name: "pose", value: "a", start: 3 }),
  fc
    .tuple(anyFrame, anyFrame)
    .map(([frame, to]): Edit => ({ kind: "move_keyframe", track: 1, frame, to })),
  fc
    .tuple(anyFrame, anyRange)
    .map(([frame, range]): Edit => ({ kind: "propagate", track: 1, frame, ...range })),
  fc.integer({ min: 1, max: 5 }).map((id): Edit => ({ kind: "set_track_id", track: 1, id })),
  fc.option(fc.nat(2)).map((group): Edit => ({ kind: "set_group", tracks: [1, 2], group })),
  fc
    .constantFrom({ track: 1 }, { frame: 3 }, {})
    .map((where): Edit => ({ kind: "set_note", text: "a taxi", ...where })),
  fc
    .tuple(fc.constantFrom("add_event" as const, "set_event" as const), fc.nat(2), anyRange)
    .map(([kind, id, range]): Edit => ({ kind, event: { id, label: "person", ...range } })),
  fc.nat(2).map((event): Edit => ({ kind: "remove_event", event })),
  fc
    .constantFrom("rain", 3, true, null)
    .map((value): Edit => ({ kind: "set_clip_attribute", name: "weather", value })),
  fc.constantFrom("text" as const, "number" as const).map(
    (type): Edit => ({
      kind: "declare_clip_attributes",
      attributes: [{ name: "weather", type }],
    }),
  ),
  fc
    .tuple(
      fc.constantFrom("add_label" as const, "edit_label" as const),
      fc.constantFrom("person", "van"),
      fc.constantFrom("car", "van", null),
    )
    .map(([kind, name, parent]): Edit => ({ kind, label: { name, parent, key: "p" } })),
  fc
    .constantFrom("person", "van", "car")
    .map((name): Edit => ({ kind: "rename_label", label: "person", name })),
  fc
    .constantFrom({ into: "car" }, { into: "van" }, {})
    .map((into): Edit => ({ kind: "remove_label", label: "person", ...into })),
  fc.constant<Edit>({ kind: "rename_attribute", label: "person", attribute: "pose", name: "gait" }),
);

/** Some tracks, and an event, a note and a value of the clip. */
function documentOf(...tracks: Track[]): Annotation {
  return [
    {
      kind: "add_event",
      event: { id: 1, label: "person", start: 2, stop: 9, tracks: [1] },
    } as const,
    { kind: "set_note", text: "a crash", frame: 3 } as const,
    { kind: "set_clip_attribute", name: "weather", value: "rain" } as const,
  ].reduce<Annotation>(applyEdit, annotationOf(...tracks));
}

function written(annotation: Annotation): string {
  const tracks = [...annotation.tracks.values()].map(trackToJson);
  return JSON.stringify([tracks, partsToJson(annotation)]);
}

/** The annotation after the edit; null when it was refused, which must be an EditError. */
function attempt(annotation: Annotation, edit: Edit): Annotation | null {
  try {
    return applyEdit(annotation, edit);
  } catch (error) {
    expect(error).toBeInstanceOf(EditError);
    return null;
  }
}

function inside({ start, stop }: { start: number; stop: number }, frame: number): boolean {
  return start <= frame && frame < stop;
}

describe("every edit", () => {
  test("leaves what it was given alone and shares the other tracks", () => {
    fc.assert(
      fc.property(anyPair, anyTrack(3), anyEdit, ([a, b], other, edit) => {
        const annotation = documentOf(a, b, other);
        const copy = structuredClone(annotation);
        const result = attempt(annotation, edit);
        expect(annotation).toEqual(copy);
        if (result !== null) {
          expect(result.tracks.get(3)).toBe(other);
        }
      }),
    );
  });

  test("leaves tables in order that begin with a present keyframe", () => {
    fc.assert(
      fc.property(anyPair, anyEdit, (pair, edit) => {
        const result = attempt(annotationOf(...pair), edit);
        for (const { keyframes } of result?.tracks.values() ?? []) {
          expect(keyframes.outside[0]).toBe(0);
          expect([...keyframes.frames]).toEqual(
            [...new Set(keyframes.frames)].sort((a, b) => a - b),
          );
          expect(keyframes.frames[0]).toBeGreaterThanOrEqual(0);
          expect(keyframes.frames.at(-1)).toBeLessThan(FRAMES);
        }
      }),
    );
  });

  test("gives the same object back when it changes nothing, and only then", () => {
    fc.assert(
      fc.property(anyPair, anyEdit, (pair, edit) => {
        let before = documentOf(...pair);
        for (let round = 0; round < 2; round += 1) {
          const after = attempt(before, edit) ?? before;
          expect(after === before).toBe(written(after) === written(before));
          before = after;
        }
      }),
    );
  });

  test("never gives an id twice", () => {
    fc.assert(
      fc.property(anyPair, anyEdit, (pair, edit) => {
        const before = documentOf(...pair);
        const after = attempt(before, edit) ?? before;
        expect(after.next_id).toBeGreaterThanOrEqual(before.next_id);
        expect(after.next_id).toBeGreaterThan(Math.max(0, ...after.tracks.keys()));
      }),
    );
  });

  test("means the same after a journey as JSON", () => {
    fc.assert(
      fc.property(anyPair, anyEdit, (pair, edit) => {
        const annotation = documentOf(...pair);
        const [here, there] = [edit, JSON.parse(JSON.stringify(edit)) as Edit].map((each) =>
          written(attempt(annotation, each) ?? annotation),
        );
        expect(there).toEqual(here);
      }),
    );
  });
});

describe("ranges", () => {
  test("set_outside changes presence on its range only, and no geometry", () => {
    fc.assert(
      fc.property(anyTrack(1), anyRange, fc.boolean(), (track, range, outside) => {
        const edit = { kind: "set_outside", track: 1, ...range, outside } as const;
        const result = attempt(annotationOf(track), edit)?.tracks.get(1);
        const before = shown(track);
        const want = before.map(({ box }, frame) =>
          inside(range, frame) ? !outside : box !== null,
        );
        expect(result === undefined).toBe(!want.includes(true));
        if (result === undefined) {
          return;
        }
        const after = shown(result);
        expect(after.map(({ box }) => box !== null)).toEqual(want);
        after.forEach(({ box }, frame) => {
          expect(box === null || close(box, geometryAt(track.keyframes, frame))).toBe(true);
        });
      }),
    );
  });

  test("set_occluded changes occlusion on its range only, and no box", () => {
    fc.assert(
      fc.property(anyTrack(1), anyRange, fc.boolean(), (track, range, occluded) => {
        const edit = { kind: "set_occluded", track: 1, ...range, occluded } as const;
        const result = attempt(annotationOf(track), edit)?.tracks.get(1);
        expect(result === undefined).toBe(range.stop <= startOf(track));
        const before = shown(track);
        shown(result ?? track).forEach((now, frame) => {
          const was = before[frame];
          expect(close(now.box, was?.box ?? null)).toBe(true);
          const changed = result && now.box && inside(range, frame);
          expect(now.occluded).toBe(changed ? occluded : was?.occluded);
        });
      }),
    );
  });

  test("trim_track keeps exactly the range", () => {
    fc.assert(
      fc.property(anyTrack(1), anyRange, (track, range) => {
        const edit = { kind: "trim_track", track: 1, ...range } as const;
        const result = attempt(annotationOf(track), edit)?.tracks.get(1);
        const want = shown(track).map(({ box }, frame) => (inside(range, frame) ? box : null));
        expect(result === undefined).toBe(want.every((box) => box === null));
        if (result !== undefined) {
          shown(result).forEach(({ box }, frame) => {
            expect(close(box, want[frame] ?? null)).toBe(true);
          });
        }
      }),
    );
  });
});

describe("boxes over a while", () => {
  test("propagate shows one box on its range, and changes no other frame", () => {
    fc.assert(
      fc.property(anyTrack(1), anyFrame, anyRange, (track, frame, range) => {
        const edit = { kind: "propagate", track: 1, frame, ...range } as const;
        const before = shown(track);
        const result = attempt(annotationOf(track), edit)?.tracks.get(1);
        expect(result === undefined).toBe(before[frame]?.box === null);
        shown(result ?? track).forEach((now, at) => {
          const want = result && inside(range, at) ? before[frame] : before[at];
          expect(close(now.box, want?.box ?? null)).toBe(true);
          expect(now.occluded).toBe(want?.occluded);
        });
      }),
    );
  });

  test("set_hold changes boxes on its range only, where each stays from keyframe to keyframe", () => {
    fc.assert(
      fc.property(anyTrack(1), anyRange, fc.boolean(), (track, range, hold) => {
        const edit = { kind: "set_hold", track: 1, ...range, hold } as const;
        const result = attempt(annotationOf(track), edit)?.tracks.get(1) ?? track;
        const [before, now] = [shown(track), shown(result)];
        now.forEach(({ box, occluded }, at) => {
          expect(box === null).toBe(before[at]?.box === null);
          expect(occluded).toBe(before[at]?.occluded);
          if (!inside(range, at)) {
            expect(close(box, before[at]?.box ?? null)).toBe(true);
          } else if (hold && box !== null && !result.keyframes.frames.includes(at)) {
            expect(close(box, now[at - 1]?.box ?? null)).toBe(true);
          }
        });
      }),
    );
  });

  test("a keyframe that has moved can be moved back", () => {
    fc.assert(
      fc.property(anyTrack(1), anyFrame, anyFrame, (track, frame, to) => {
        const there = attempt(annotationOf(track), { kind: "move_keyframe", track: 1, frame, to });
        if (there !== null) {
          const edit = { kind: "move_keyframe", track: 1, frame: to, to: frame } as const;
          expect(applyEdit(there, edit).tracks.get(1)).toEqual(track);
        }
      }),
    );
  });
});

describe("identities", () => {
  test("a split shows the same boxes, and a merge after it too", () => {
    fc.assert(
      fc.property(anyTrack(1), anyFrame, (track, frame) => {
        const split = attempt(annotationOf(track), { kind: "split_track", track: 1, frame });
        const before = shown(track);
        expect(split === null).toBe(frame <= startOf(track) || before[frame]?.box === null);
        if (split === null) {
          return;
        }
        const merged = applyEdit(split, { kind: "merge_tracks", track: 1, other: 2 });
        const [earlier, later] = [shown(split.tracks.get(1)), shown(split.tracks.get(2))];
        const whole = shown(merged.tracks.get(1));
        expect([...merged.tracks.keys()]).toEqual([1]);
        before.forEach(({ box, occluded }, at) => {
          const [mine, none] = at < frame ? [earlier[at], later[at]] : [later[at], earlier[at]];
          expect(none?.box).toBeNull();
          for (const part of [mine, whole[at]]) {
            expect(close(part?.box ?? null, box)).toBe(true);
            expect(part?.occluded).toBe(occluded);
          }
        });
      }),
    );
  });

  test("a merge shows the earlier track before the later one starts, then that one", () => {
    fc.assert(
      fc.property(anyPair, (pair) => {
        const merge = { kind: "merge_tracks", track: 1, other: 2 } as const;
        const result = attempt(annotationOf(...pair), merge)?.tracks.get(1);
        if (result === undefined) {
          return;
        }
        const [a, b] = startOf(pair[0]) < startOf(pair[1]) ? pair : [pair[1], pair[0]];
        const [early, late] = [shown(a), shown(b)];
        shown(result).forEach((now, frame) => {
          const was = frame < startOf(b) ? early[frame] : late[frame];
          expect(close(now.box, was?.box ?? null)).toBe(true);
          expect(now.occluded).toBe(was?.occluded);
        });
      }),
    );
  });

  test("a swap exchanges exactly the frames from there on", () => {
    fc.assert(
      fc.property(anyPair, anyFrame, (pair, frame) => {
        const swap = { kind: "swap_tracks", track: 1, other: 2, frame } as const;
        const result = attempt(annotationOf(...pair), swap);
        if (result === null) {
          return;
        }
        const [a, b] = [shown(pair[0]), shown(pair[1])];
        const now = [shown(result.tracks.get(1)), shown(result.tracks.get(2))];
        for (let at = 0; at < FRAMES; at += 1) {
          const want = at < frame ? [a[at], b[at]] : [b[at], a[at]];
          expect(close(now[0]?.[at]?.box ?? null, want[0]?.box ?? null)).toBe(true);
          expect(close(now[1]?.[at]?.box ?? null, want[1]?.box ?? null)).toBe(true);
        }
      }),
    );
  });
});

test("shifting there and back gives the same track", () => {
  fc.assert(
    fc.property(anyTrack(1), fc.integer({ min: -9, max: 9 }), (track, by) => {
      const there = attempt(annotationOf(track), { kind: "shift_track", track: 1, by });
      if (there !== null) {
        const back = applyEdit(there, { kind: "shift_track", track: 1, by: -by });
        expect(back.tracks.get(1)).toEqual(track);
      }
    }),
  );
});
