import fc from "fast-check";
import { expect, test } from "vitest";
import { boxAt } from "../core/interpolate.ts";
import { trackFromJson } from "../core/json.ts";
import { boxesByFrame, mostByColumn } from "./density.ts";

const COUNT = 40;
const frames = fc.uniqueArray(fc.nat(COUNT - 1), { minLength: 1, maxLength: 6 });
const tracks = fc.array(
  fc.tuple(frames, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 })).map(([at, absent]) =>
    trackFromJson({
      id: 1,
      label: "car",
      keyframes: at
        .sort((a, b) => a - b)
        .map((frame, index) => ({
          frame,
          box: [0, 0, 1, 1],
          outside: index > 0 && absent[index] === true,
        })),
    }),
  ),
  { maxLength: 8 },
);

test("counts the boxes that are there", () => {
  fc.assert(
    fc.property(tracks, (all) => {
      const boxes = boxesByFrame(all, COUNT);
      for (let frame = 0; frame < COUNT; frame++) {
        expect(boxes[frame]).toBe(all.filter((track) => boxAt(track, frame) !== null).length);
      }
    }),
  );
});

test("a column has the fullest of its frames, and every frame is in one", () => {
  fc.assert(
    fc.property(tracks, fc.integer({ min: 1, max: 100 }), (all, columns) => {
      const boxes = boxesByFrame(all, COUNT);
      const most = mostByColumn(boxes, columns);
      expect(Math.max(...most)).toBe(Math.max(...boxes));
    }),
  );
});
