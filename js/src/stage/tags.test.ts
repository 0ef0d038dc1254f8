import { expect, test } from "vitest";
import { trackFromJson } from "../core/json.ts";
import type { TagPart } from "../store/view.ts";
import { tagText } from "./tags.ts";

const track = trackFromJson({
  id: 3,
  label: "car",
  keyframes: [{ frame: 0, box: [0, 0, 10, 20], source: "model", score: 0.875 }],
  attributes: { colour: [[0, "red"]], parked: [[5, true]], lit: [[0, false]] },
});
const shape = {
  track,
  box: { x: 0, y: 0, w: 10.4, h: 20, rotation: 0 },
  occluded: false,
  keyframe: true,
  selected: false,
  locked: false,
};

test.each<[TagPart[], number, string]>([
  [["id", "label"], 0, "#3 car"],
  [["label", "score"], 9, "car 0.88"],
  [["attributes"], 0, "red"],
  [["id", "attributes", "size"], 9, "#3 red, parked 10 × 20"],
  [[], 0, ""],
])("a tag of %j at frame %d says %s", (parts, frame, text) => {
  expect(tagText(shape, new Set(parts), frame)).toBe(text);
});
