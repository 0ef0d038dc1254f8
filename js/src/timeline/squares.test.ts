import { expect, test } from "vitest";
import type { ReviewError } from "../store/review.ts";
import { squaresOf } from "./squares.ts";

const SCALE = { window: { start: 0, stop: 100 }, width: 40 };

function error(part: Partial<ReviewError>): ReviewError {
  return {
    ...{ kind: "miss", start: 0, stop: 1, label: "car", truth: 1, prediction: null },
    ...{ was: null, iou: null, severity: 1, differs: false, said: null },
    ...part,
  };
}

test("a column has a square for each kind and track in error, at most as many as fit", () => {
  const columns = squaresOf(
    [
      error({ start: 20, stop: 40, kind: "low_iou", prediction: 3 }),
      error({ start: 25, stop: 31 }),
      error({ start: 22, stop: 24, kind: "late_start" }),
      ...[4, 5, 6].map((truth) => error({ start: 90, stop: 100, truth })),
      error({ start: 95, kind: "switch", stop: 96, truth: 7 }),
      error({ start: 95, kind: "false_positive", stop: 96, truth: null, prediction: 9 }),
    ],
    SCALE,
  );
  expect(columns).toHaveLength(10);
  expect(columns[2]).toEqual(["miss", "iou"]);
  expect(columns[3]).toEqual(["miss", "iou"]);
  expect(columns[4]).toEqual([]);
  expect(columns[9]).toEqual(["miss", "miss", "miss", "fp"]);
});
