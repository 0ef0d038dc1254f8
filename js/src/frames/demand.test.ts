import { expect, test } from "vitest";
import { FrameCache } from "./cache.ts";
import { Demand } from "./demand.ts";

const ONE = {};
const OTHER = {};

function demanding() {
  const cache = new FrameCache();
  const asked: [number, number[], boolean][] = [];
  const demand = new Demand(cache, (width, wanted, around) =>
    asked.push([width, [...wanted], around]),
  );
  const want = (view: object, frames: number[], more: { width?: number; around?: boolean } = {}) =>
    demand.want(view, { width: 320, frames, soon: 2, around: true, ...more });
  return { cache, asked, demand, want };
}

test("two views that want the same frames ask once", () => {
  const { asked, want } = demanding();
  want(ONE, [5, 6, 7]);
  want(OTHER, [5, 6, 7]);
  want(OTHER, [6, 5, 7]);
  expect(asked).toEqual([[320, [5, 6, 7], true]]);
});

test("views at different places get what is most urgent for each first", () => {
  const { asked, want } = demanding();
  want(ONE, [5, 6]);
  want(OTHER, [50, 51]);
  expect(asked.at(-1)).toEqual([320, [50, 5, 51, 6], true]);
});

test("the frame that a view wants most is awaited, those around it are not", () => {
  const { cache, demand, want } = demanding();
  expect(demand.isAwaited).toBe(false);
  want(ONE, [5, 6]);
  expect(demand.isAwaited).toBe(true);
  cache.put(320, 5, Uint8Array.of(5));
  expect(demand.isAwaited).toBe(false);
});

test("what is here is not asked for, what is far off waits until something is needed soon", () => {
  const { cache, asked, want } = demanding();
  cache.put(320, 5, Uint8Array.of(5));
  cache.put(320, 6, Uint8Array.of(6));
  want(ONE, [5, 6, 7]);
  expect(asked).toEqual([[320, [7], true]]);
  want(ONE, [6, 7, 8]);
  expect(asked).toHaveLength(1);
  want(ONE, [7, 8, 9]);
  expect(asked.at(-1)).toEqual([320, [7, 8, 9], true]);
});

test("a view that goes, or changes its width, no longer asks at the old one", () => {
  const { asked, demand, want } = demanding();
  want(ONE, [5]);
  want(ONE, [5], { width: 640 });
  expect(asked.slice(1)).toEqual([
    [320, [], false],
    [640, [5], true],
  ]);
  demand.forget(ONE);
  expect(asked.at(-1)).toEqual([640, [], false]);
});

test("the kernel is told at once when a view begins to play", () => {
  const { asked, want } = demanding();
  want(ONE, [5, 6]);
  want(ONE, [5, 6], { around: false });
  expect(asked.at(-1)).toEqual([320, [5, 6], false]);
});
