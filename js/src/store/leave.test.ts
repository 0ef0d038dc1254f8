import { expect, test } from "vitest";
import { followItem } from "./leave.ts";
import { createShared, createView } from "./view.ts";

test("what was chosen or begun in a video is not done to the next one", () => {
  const view = createView(createShared());
  let cancelled = 0;
  followItem(view, () => cancelled++, new AbortController().signal);
  view.runs.value = new Map([["turn", 12]]);
  view.pick.value = { act: "merge", track: 2 };
  view.event.value = 3;
  view.keyframes.value = new Map([[2, new Set([30])]]);
  view.range.value = { start: 4, stop: 9 };
  view.walking.value = "pose";
  expect(cancelled).toBe(0);
  view.item.value = 1;
  expect(cancelled).toBe(1);
  expect([view.pick.value, view.event.value, view.range.value, view.walking.value]).toEqual(
    Array(4).fill(null),
  );
  expect([view.runs.value.size, view.keyframes.value.size]).toEqual([0, 0]);
});
