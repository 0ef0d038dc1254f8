import { expect, test } from "vitest";
import { CAR, createApp, PERSON } from "../actions/testing.ts";
import type { SaveState } from "../store/view.ts";
import { clockText, laneText, placeText, saveText } from "./text.ts";

test("the clock", () => {
  expect([0, 5.92, 59.996, 61.5, 3661.25].map(clockText)).toEqual([
    "0:00.00",
    "0:05.92",
    "1:00.00",
    "1:01.50",
    "1:01:01.25",
  ]);
});

test("where a frame lies in a track", () => {
  const { track } = createApp([CAR, PERSON]);
  expect([5, 10, 20, 60].map((frame) => placeText(track(1), frame))).toEqual([
    "starts at 10",
    "keyframe 1 of 3",
    "interpolated 10 to 30",
    "holds 50",
  ]);
  expect([40, 41].map((frame) => placeText(track(2), frame))).toEqual([
    "keyframe 2 of 2, outside",
    "outside since 40",
  ]);
  expect(laneText(track(2), 100)).toBe("#2 person, frames 0 to 39, 2 keyframes");
});

test("how the labels stand", () => {
  const save = (state: SaveState["state"], text = "") => ({ state, text, path: null });
  expect(saveText(save("saved", "Saved to a.json, 12:04:31"), "live", 0, null)).toEqual([
    "check",
    "Saved",
    " to a.json, 12:04:31",
  ]);
  expect(saveText(save("saved", "Loaded from a.json"), "live", 0, null)).toEqual([
    "check",
    "Loaded",
    " from a.json",
  ]);
  expect(saveText(save("saved"), "live", 3, null).join("")).toBe(
    "busy3 edits waiting: the kernel is busy",
  );
  expect(saveText(save("error", "disk full"), "live", 0, null).join("")).toBe(
    "warningNot saved: disk full",
  );
  expect(saveText(save("off"), "live", 0, "View only: a.json is edited elsewhere.")).toEqual([
    null,
    "View only",
    ": a.json is edited elsewhere.",
  ]);
  expect(saveText(save("saved"), "cut", 3, null)).toEqual([
    "warning",
    "Disconnected (3 kept here)",
    ": the kernel cannot be reached",
  ]);
  expect(saveText(save("saved"), "gone", 0, "View only: so.").join("")).toBe(
    "warningDisconnected: the kernel was restarted, run the cell again",
  );
});
