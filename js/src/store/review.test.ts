import { describe, expect, test } from "vitest";
import { homes, type ReviewError, successor } from "./review.ts";

const MISS: ReviewError = {
  kind: "miss",
  start: 10,
  stop: 20,
  label: "car",
  truth: 1,
  prediction: null,
  was: null,
  iou: null,
  severity: 10,
  differs: false,
  said: null,
};

describe("a review", () => {
  test("a prediction is shown on the lane of the label that it mostly stands for", () => {
    const pairs = [
      { start: 0, stop: 5, truth: 1, prediction: 7 },
      { start: 5, stop: 20, truth: 2, prediction: 7 },
      { start: 30, stop: 38, truth: 1, prediction: 7 },
      { start: 0, stop: 2, truth: 1, prediction: 8 },
    ];
    expect([...homes(pairs)]).toEqual([
      [7, 2],
      [8, 1],
    ]);
    expect(homes([]).size).toBe(0);
  });

  test("an error that an edit made shorter is the same one, one elsewhere is not", () => {
    const shorter = { ...MISS, start: 15 };
    const later = { ...MISS, start: 20, stop: 30 };
    const other = { ...MISS, truth: 2 };
    expect(successor([other, later, shorter], MISS)).toBe(shorter);
    expect(successor([other, later], MISS)).toBeNull();
    expect(successor([MISS], null)).toBeNull();
  });
});
