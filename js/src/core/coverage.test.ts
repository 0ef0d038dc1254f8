import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coverage, frameAfter, frameBefore, gaps } from "./coverage.ts";
import { boxAt } from "./interpolate.ts";
import { anyTrack, FRAMES } from "./testing.ts";

const FRAME = fc.integer({ min: 0, max: FRAMES - 1 });

describe("frames with and without boxes", () => {
  test("are those that looking at every frame finds", () => {
    fc.assert(
      fc.property(fc.array(anyTrack(1), { maxLength: 3 }), FRAME, (all, frame) => {
        const filled = Array.from({ length: FRAMES }, (_, at) =>
          all.some((track) => boxAt(track, at) !== null),
        );
        const covered = coverage(all, FRAMES);
        const free = gaps(covered, FRAMES);
        const after = (want: boolean) => {
          const found = filled.findIndex((is, at) => at > frame && is === want);
          return found < 0 ? null : found;
        };
        const before = (want: boolean) => {
          const found = filled.findLastIndex((is, at) => at < frame && is === want);
          return found < 0 ? null : found;
        };
        expect(frameAfter(covered, frame)).toBe(after(true));
        expect(frameBefore(covered, frame)).toBe(before(true));
        expect(frameAfter(free, frame)).toBe(after(false));
        expect(frameBefore(free, frame)).toBe(before(false));
      }),
    );
  });
});
