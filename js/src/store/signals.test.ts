import { expect, test } from "vitest";
import { peakOf, selectedBy, signalOf } from "./signals.ts";

const LOSS = signalOf("loss", Float64Array.of(0, 1, 3, 1, 0, 2, Number.NaN));

test("a threshold selects ranges, each with its peak", () => {
  const ranges = selectedBy(LOSS, 0.5);
  expect(ranges).toEqual([
    { start: 1, stop: 4 },
    { start: 5, stop: 6 },
  ]);
  expect(ranges.map((range) => peakOf(LOSS, range))).toEqual([2, 5]);
  expect(selectedBy(LOSS, 4)).toEqual([]);
});

test("what is missing has no part in the least and the greatest value", () => {
  expect([LOSS.low, LOSS.high]).toEqual([0, 3]);
  expect(signalOf("none", Float64Array.of(Number.NaN))).toMatchObject({ low: 0, high: 0 });
});
