import { describe, expect, test } from "vitest";
import { ACTIONS, blockedBy, perform } from "./registry.ts";
import { CAR, createApp, PERSON } from "./testing.ts";

function opened(frame: number, ...selected: number[]) {
  const made = createApp([CAR, PERSON]);
  made.app.view.frame.value = frame;
  made.app.view.selection.value = new Set(selected);
  return made;
}

describe("following an object", () => {
  test("goes on from the frame shown as far as it can, or to the end of the range", () => {
    const { app, calls } = opened(20, 1);
    perform(app, "track-forward");
    expect(ACTIONS["track-forward"].title(app)).toBe("Follow the object from here on");
    app.view.range.value = { start: 15, stop: 40 };
    perform(app, "track-forward");
    app.view.frame.value = 60;
    perform(app, "track-forward");
    expect(calls).toEqual(["track 1 20 null", "track 1 20 40", "track 1 60 null"]);
  });

  test("says why it cannot be done", () => {
    const why = (app: Parameters<typeof blockedBy>[0]) => blockedBy(app, "track-forward");
    expect(why(opened(20).app)).toBe("Select a track first.");
    expect(why(opened(60, 2).app)).toBe("#2 is outside on frame 60. X brings it back.");
    const { app } = opened(20, 1);
    app.view.locked.value = new Set([1]);
    expect(why(app)).toBe("#1 car is locked. L unlocks.");
    app.view.tracking.value = { track: 2, frame: 5, start: 0, stop: 40 };
    expect(why(app)).toBe("#2 is being followed. Esc stops it.");
  });

  test("is stopped by Escape, and the selection stays", () => {
    const { app, calls } = opened(20, 1);
    app.view.tracking.value = { track: 1, frame: 25, start: 20, stop: 100 };
    perform(app, "back");
    expect(calls).toEqual(["stop tracking"]);
    expect(app.view.selection.value.size).toBe(1);
  });
});
