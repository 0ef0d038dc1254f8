import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdit, type Edit } from "../core/edits.ts";
import { boxAt, stateAt } from "../core/interpolate.ts";
import type { Track } from "../core/track.ts";
import {
  boxStateAt,
  endingAt,
  endOf,
  intoState,
  keyframeAt,
  startingAt,
  toggleOccluded,
  toggleOutside,
} from "./scope.ts";
import { CAR, createApp, PERSON } from "./testing.ts";

const COUNT = 100;
const FRAMES = Array.from({ length: COUNT }, (_, frame) => frame);

/** The first track after an edit of it, itself where no edit is needed. */
function after(track: Track, edit: Edit | null): Track {
  const { store } = createApp([CAR, PERSON]);
  const annotation = store.document.annotation.peek();
  const changed = edit === null ? annotation : applyEdit(annotation, edit);
  return changed.tracks.get(track.id) ?? track;
}

const car = createApp([CAR]).track(1);
const person = createApp([PERSON]).track(2);

describe("occluded and outside reach up to where they change by themselves", () => {
  test("occluded before a keyframe that is occluded anyway", () => {
    expect(toggleOccluded(car, 20)).toEqual({
      kind: "set_occluded",
      track: 1,
      start: 20,
      stop: 30,
      occluded: true,
    });
  });

  test("visible within an occluded run", () => {
    expect(toggleOccluded(car, 35)).toMatchObject({ start: 35, stop: 50, occluded: false });
  });

  test("occluded after the last change holds to the end", () => {
    expect(toggleOccluded(car, 60)).toEqual({
      kind: "set_occluded",
      track: 1,
      start: 60,
      occluded: true,
    });
  });

  test("inside before the start reaches to the start", () => {
    expect(toggleOutside(car, 4)).toMatchObject({ start: 4, stop: 10, outside: false });
  });

  test.each([toggleOccluded, toggleOutside])(
    "%o changes no frame outside of its range",
    (toggle) => {
      fc.assert(
        fc.property(fc.integer({ min: 11, max: COUNT - 1 }), (frame) => {
          const edit = toggle(car, frame);
          const changed = after(car, edit);
          for (const at of FRAMES) {
            const inside = at >= edit.start && at < (edit.stop ?? COUNT);
            if (!inside) {
              expect(boxAt(changed, at)).toEqual(boxAt(car, at));
              expect(boxStateAt(changed, at)).toBe(boxStateAt(car, at));
            }
          }
          expect(boxStateAt(changed, frame)).not.toBe(boxStateAt(car, frame));
        }),
      );
    },
  );
});

test("a box comes into any state from any other", () => {
  for (const frame of [12, 35, 60]) {
    for (const from of ["visible", "occluded", "outside"] as const) {
      for (const to of ["visible", "occluded", "outside"] as const) {
        const { store, track } = createApp([CAR]);
        for (const state of [from, to]) {
          const edit = intoState(track(1), frame, state);
          if (edit !== null) {
            store.commit(edit);
          }
          expect(boxStateAt(track(1), frame)).toBe(state);
        }
      }
    }
  }
});

describe("start and end", () => {
  test("a track starts and ends where it is told, cut or stretched", () => {
    for (const frame of [0, 5, 10, 11, 42, 99]) {
      const started = after(car, startingAt(car, frame));
      expect(started.keyframes.frames[0]).toBe(frame);
      expect(endOf(started, COUNT)).toBe(COUNT);
    }
    for (const frame of [0, 20, 39, 40, 70, 99]) {
      expect(endOf(after(person, endingAt(person, frame, COUNT)), COUNT)).toBe(frame + 1);
    }
  });

  test("no edit is needed where it is so already", () => {
    expect(startingAt(car, 10)).toBeNull();
    expect(endingAt(car, COUNT - 1, COUNT)).toBeNull();
  });
});

test("a keyframe that is added moves no box", () => {
  const changed = after(car, keyframeAt(car, 17));
  expect(stateAt(changed, 17).exact).toBe(true);
  expect(FRAMES.map((frame) => boxAt(changed, frame))).toEqual(
    FRAMES.map((frame) => boxAt(car, frame)),
  );
});
