import fc from "fast-check";
import { expect, test } from "vitest";
import { FrameSet } from "./frameset.ts";

test("it is the set of frames put in and not taken out, in the fewest spans", () => {
  const step = fc.record({ frame: fc.nat(30), add: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const frames = new FrameSet();
      const model = new Set<number>();
      for (const { frame, add } of steps) {
        frames[add ? "add" : "delete"](frame);
        model[add ? "add" : "delete"](frame);
      }
      const listed = frames.spans.flatMap(({ start, stop }) =>
        Array.from({ length: stop - start }, (_, index) => start + index),
      );
      expect(listed).toEqual([...model].sort((a, b) => a - b));
      for (const [index, { start }] of frames.spans.entries()) {
        expect(start).toBeGreaterThan(frames.spans[index - 1]?.stop ?? -1);
      }
    }),
  );
});
