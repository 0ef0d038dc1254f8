import { describe, expect, test } from "vitest";
import type { TrackJson } from "../core/json.ts";
import type { ActionId } from "./keymap.ts";
import { ACTIONS, perform } from "./registry.ts";
import { CAR, createApp, PERSON } from "./testing.ts";
import { goToPlace } from "./time.ts";

function opened(tracks: readonly TrackJson[], frame: number, chosen?: number) {
  const made = createApp(tracks);
  const { view } = made.store;
  view.frame.value = frame;
  view.selection.value = new Set(chosen === undefined ? [] : [chosen]);
  const act = (id: ActionId) => {
    perform(made.app, id);
    return view.notice.peek()?.text ?? [view.frame.peek(), ...view.selection.peek()];
  };
  return { ...made, act };
}

function one(id: number, start: number, stop?: number): TrackJson {
  const box = [0, 0, 10, 10] as const;
  const end = stop === undefined ? [] : [{ frame: stop, box, outside: true }];
  return { id, label: "car", keyframes: [{ frame: start, box }, ...end] };
}

describe("a place that is typed", () => {
  test.each([
    ["42", 42],
    ["0:02", 50],
    ["1.2s", 30],
    ["+10", 30],
    ["-2s", 0],
  ])("%s is gone to", (text, frame) => {
    const { app, store } = opened([], 20);
    store.view.playing.value = true;
    goToPlace(app, text);
    expect([store.view.frame.peek(), store.view.playing.peek()]).toEqual([frame, false]);
  });

  test("a place that is none is refused with what could be typed", () => {
    const { app, store } = opened([], 20);
    goToPlace(app, "100");
    expect(store.view.notice.peek()?.text).toBe("There is no frame 100: the last one is 99.");
    goToPlace(app, "here");
    expect(store.view.notice.peek()?.text).toContain("'here' is no frame and no time");
    expect(store.view.frame.peek()).toBe(20);
  });
});

describe("the middle between two keyframes", () => {
  test("halves the way, again after a keyframe was put there", () => {
    const { act, app, store } = opened([CAR], 12, 1);
    expect(ACTIONS.middle.title(app)).toBe("Middle between two keyframes: 20");
    act("middle");
    expect(store.view.frame.peek()).toBe(20);
    act("keyframe");
    act("middle");
    expect(store.view.frame.peek()).toBe(25);
  });

  test("says why there is none", () => {
    expect(opened([CAR], 12).act("middle")).toBe("Select a track first.");
    expect(opened([CAR], 60, 1).act("middle")).toContain("#1 has no two keyframes");
  });
});

describe("the start of the next track", () => {
  const tracks = [one(1, 10), one(2, 0), one(3, 10), one(4, 50)];

  test("goes by start and then by id, and selects", () => {
    const { act } = opened(tracks, 5);
    const seen = Array.from({ length: 4 }, () => act("next-start"));
    expect(seen).toEqual([[10, 1], [10, 3], [50, 4], "No track starts after this frame."]);
  });

  test("goes back the same way", () => {
    const { act } = opened(tracks, 99);
    const seen = Array.from({ length: 5 }, () => act("previous-start"));
    expect(seen).toEqual([[50, 4], [10, 3], [10, 1], [0, 2], "No track starts before this frame."]);
  });

  test("a start on the frame shown comes first while its track is not selected", () => {
    expect(opened(tracks, 10).act("next-start")).toEqual([10, 1]);
  });
});

describe("frames with and without boxes", () => {
  const tracks = [one(1, 10, 20), one(2, 15, 30), one(3, 60, 61)];

  test("are gone to, both ways", () => {
    const { act } = opened(tracks, 12);
    expect([act("next-empty"), act("next-filled"), act("next-empty")]).toEqual([[30], [60], [61]]);
    expect([act("previous-filled"), act("previous-filled")]).toEqual([[60], [29]]);
    expect(act("previous-empty")).toEqual([9]);
  });

  test("the lack of one is said", () => {
    expect(opened(tracks, 70).act("next-filled")).toBe(
      "There is no frame with boxes after this frame.",
    );
    expect(opened([PERSON, one(5, 40)], 50).act("next-empty")).toBe(
      "There is no frame without boxes after this frame.",
    );
  });
});

describe("what Python wants to be looked at", () => {
  const spans = [
    { start: 5, stop: 6, track: null, text: "blurred" },
    { start: 20, stop: 30, track: 1, text: "" },
    { start: 20, stop: 30, track: 2, text: "twin of #1" },
  ];

  test("is stepped through, and its track selected", () => {
    const { act, app } = opened([one(1, 0), one(2, 0)], 0);
    app.view.marks.value = { name: "low score", spans, boxes: new Map() };
    const seen = (id: ActionId) => {
      act(id);
      return [app.view.frame.peek(), ...app.view.selection.peek(), app.view.notice.peek()?.text];
    };
    expect(seen("next-mark")).toEqual([5, "low score 1 of 3: blurred"]);
    expect(seen("next-mark")).toEqual([20, 1, "low score 2 of 3."]);
    expect(seen("next-mark")).toEqual([20, 2, "low score 3 of 3: twin of #1"]);
    expect(seen("next-mark")).toEqual([20, 2, "There is no mark after this frame."]);
    expect(seen("previous-mark")).toEqual([20, 1, "low score 2 of 3."]);
  });

  test("the lack of it is said", () => {
    expect(opened([], 0).act("next-mark")).toContain("There are no marks");
  });
});
