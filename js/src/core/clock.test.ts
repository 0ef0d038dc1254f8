import { describe, expect, test } from "vitest";
import { frameNamed } from "./clock.ts";
import { readVectors } from "./testing.ts";

interface Vector {
  readonly name: string;
  readonly given: { readonly times: readonly number[]; readonly frame: number };
  readonly when: string;
  readonly then: { readonly frame?: number; readonly error?: string };
}

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
