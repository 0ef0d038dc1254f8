import fc from "fast-check";
import { expect, test } from "vitest";
import { keyframesOf } from "./keyframes.ts";
import type { Track } from "./track.ts";
import { Tracks } from "./tracks.ts";

const keyframes = keyframesOf([]);

function track(id: number, label = "car"): Track {
  return { id, label, keyframes, attributes: new Map(), group: null, note: "" };
}

const steps = fc.array(
  fc.record({ id: fc.integer({ min: 1, max: 400 }), label: fc.constantFrom("car", "bus", null) }),
  { maxLength: 600 },
);

test("behaves like a map that is sorted by id, and never changes", () => {
  fc.assert(
    fc.property(steps, (changes) => {
      const model = new Map<number, Track>();
      let tracks = Tracks.of([]);
      for (const { id, label } of changes) {
        const before = [...tracks.keys()];
        const same = tracks;
        if (label === null) {
          model.delete(id);
          tracks = tracks.without(id);
        } else {
          const changed = track(id, label);
          model.set(id, changed);
          tracks = tracks.with(changed);
        }
        expect([...same.keys()]).toEqual(before);
      }
      const expected = [...model].sort(([a], [b]) => a - b);
      expect([...tracks]).toEqual(expected);
      expect(tracks.size).toBe(model.size);
      expect(tracks.lastId).toBe(Math.max(0, ...model.keys()));
      for (let id = 0; id <= 401; id++) {
        expect(tracks.get(id)).toBe(model.get(id));
      }
    }),
    { numRuns: 30 },
  );
});

test("takes tracks in any order, and a map as it is or of its kind", () => {
  const many = Array.from({ length: 1000 }, (_, index) => track(1000 - index));
  const tracks = Tracks.of(many);
  expect([...tracks.keys()]).toEqual(many.map(({ id }) => id).reverse());
  expect(Tracks.from(tracks)).toBe(tracks);
  expect([...Tracks.from(new Map([[3, track(3)]])).keys()]).toEqual([3]);
});

test("a change shares all tracks but one", () => {
  const tracks = Tracks.of(Array.from({ length: 300 }, (_, index) => track(index + 1)));
  const changed = tracks.with(track(150, "bus"));
  const different = [...tracks.values()].filter((each) => changed.get(each.id) !== each);
  expect(different.map(({ id }) => id)).toEqual([150]);
});
