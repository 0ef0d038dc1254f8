import fc from "fast-check";
import { expect, test } from "vitest";
import { ranked } from "./search.ts";

const found = (items: readonly string[], query: string) => ranked(items, query, (item) => item);

test("every word is looked for, words that begin with it come first", () => {
  const items = ["Show all tracks", "Timeline: show more", "Hide side panel", "#12 car", "scar"];
  expect(found(items, "show")).toEqual(["Show all tracks", "Timeline: show more"]);
  expect(found(items, " MORE time ")).toEqual(["Timeline: show more"]);
  expect(found(items, "car")).toEqual(["#12 car", "scar"]);
  expect(found(items, "12")).toEqual(["#12 car"]);
  expect(found(items, "bike")).toEqual([]);
  const frames = ["Frame without boxes, next", "Next frame without boxes", "Next frame with boxes"];
  expect(found(frames, "Next frame with boxes ")[0]).toBe("Next frame with boxes");
});

test("nothing typed leaves all as they are", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (items) => {
      expect(found(items, "  ")).toEqual(items);
    }),
  );
});
