import { expect, test } from "vitest";
import { labelFromJson, trackFromJson } from "../core/json.ts";
import { likenesses } from "./likeness.ts";

const PERSON = labelFromJson({
  name: "person",
  attributes: [
    { name: "gait", type: "choice", choices: ["walking", "running"] },
    { name: "cut", type: "boolean" },
    { name: "note", type: "text" },
  ],
});

test("occlusion, choices and yes or no tell objects apart, each once", () => {
  const texts = likenesses([PERSON, { ...PERSON, name: "child" }]).map(({ text }) => text);
  expect(texts).toEqual([
    ...["occluded", "not occluded", "gait: walking", "gait: running"],
    ...["cut", "not cut"],
  ]);
});

test("what an object is like may change over frames", () => {
  const track = trackFromJson({
    id: 1,
    label: "person",
    keyframes: [
      { frame: 0, box: [0, 0, 10, 10] },
      { frame: 20, box: [0, 0, 10, 10], occluded: true },
    ],
    attributes: {
      gait: [
        [0, "walking"],
        [10, "running"],
      ],
      cut: [[5, true]],
    },
  });
  const on = (frame: number) =>
    likenesses([PERSON]).flatMap(({ text, holds }) => (holds(track, frame) ? [text] : []));
  expect(on(0)).toEqual(["not occluded", "gait: walking"]);
  expect(on(10)).toEqual(["not occluded", "gait: running", "cut"]);
  expect(on(20)).toEqual(["occluded", "gait: running", "cut"]);
});
