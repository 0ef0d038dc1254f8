import { describe, expect, test } from "vitest";
import { frameNamed, timesOf } from "./clock.ts";
import { readVectors } from "./testing.ts";

interface Vector {
  readonly name: string;
  readonly given: { readonly times: readonly number[]; readonly frame: number };
  readonly when: string;
  readonly then: { readonly frame?: number; readonly error?: string };
}

interface Read {
  readonly name: string;
  readonly given: {
    readonly video?: {
      readonly time_base: string;
      readonly ticks: readonly [[number], ...[number, number][]];
    };
  };
  readonly then: { readonly times?: readonly number[] };
}

describe("presentation times", () => {
  const videos = readVectors<Read>("document").filter(({ then }) => then.times !== undefined);

  test.each(videos)("$name", ({ given: { video }, then }) => {
    const [[first] = [], ...runs] = video?.ticks ?? [];
    const steps = Float64Array.of(first ?? Number.NaN, ...runs.map(([step]) => step));
    const counts = Int32Array.of(1, ...runs.map(([, count = 0]) => count));
    const [numerator = 0, denominator = 0] = (video?.time_base ?? "").split("/").map(Number);
    expect([...timesOf(steps, counts, [numerator, denominator])]).toEqual(then.times);
  });
});

describe("places in a clip as people write them", () => {
  test.each(readVectors<Vector>("places"))("$name", ({ given, when, then }) => {
    const find = () => frameNamed(when, Float64Array.from(given.times), given.frame);
    if (then.error === undefined) {
      expect(find()).toBe(then.frame);
    } else {
      expect(find).toThrow(then.error);
    }
  });
});
