import { describe, expect, test } from "vitest";
import { boxAt, stateAt } from "../core/interpolate.ts";
import { spans } from "../core/track.ts";
import type { ActionId } from "./keymap.ts";
import { ACTIONS, perform } from "./registry.ts";
import { CAR, createApp, PERSON } from "./testing.ts";

/** A view on a frame with tracks selected, and perhaps a range. */
function opened(frame: number, ids = [1], range?: readonly [number, number]) {
  const made = createApp([CAR, PERSON]);
  const { view, document } = made.store;
  view.frame.value = frame;
  view.selection.value = new Set(ids);
  view.range.value = range ? { start: range[0], stop: range[1] } : null;
  const act = (id: ActionId) => {
    perform(made.app, id);
    return view.notice.peek()?.text;
  };
  const lives = (id: number) => spans(made.track(id), 100).map(({ start, stop }) => [start, stop]);
  const steps = () => document.pending.peek().length;
  return { ...made, view, act, lives, steps };
}

describe("the life of a track", () => {
  test("is stretched to the ends of the clip", () => {
    const { act, lives } = opened(20, [2]);
    expect(act("end-last")).toBe("#2 ends with 99. Now also on frames 40 to 99.");
    expect(lives(2)).toEqual([[0, 100]]);
    expect(opened(20).act("start-first")).toBe("#1 starts at 0. Now also on frames 0 to 9.");
  });

  test("is one frame only", () => {
    const { act, lives } = opened(20);
    expect(act("only-here")).toBe("#1 lives on frame 20 only.");
    expect(lives(1)).toEqual([[20, 21]]);
  });

  test("a start after its end is refused, and why", () => {
    expect(opened(60, [2]).act("start-here")).toBe("#2 has ended before frame 60.");
    expect(opened(5).act("end-here")).toBe("#1 starts only at 10.");
  });
});

describe("a box is kept", () => {
  test("for so many frames", () => {
    const { act, track, app, view } = opened(20);
    view.reach.value = 4;
    expect(ACTIONS.propagate.title(app)).toBe("Keep the box for the next 4 frames");
    expect(act("propagate")).toBe("The box of #1 is kept on frames 20 to 24.");
    expect([20, 24, 30].map((frame) => boxAt(track(1), frame)?.x)).toEqual([10, 10, 20]);
  });

  test("back for so many frames, also before the start", () => {
    const { act, lives } = opened(10);
    expect(act("propagate-back")).toBe("The box of #1 is kept on frames 0 to 10.");
    expect(lives(1)).toEqual([[0, 100]]);
  });

  test("to the end of the range", () => {
    expect(opened(20, [1], [15, 41]).act("propagate")).toContain("frames 20 to 40.");
    expect(opened(99).act("propagate")).toBe("The clip has no frame there.");
  });
});

describe("what is deleted is said", () => {
  test.each<[ActionId, string, number[][]]>([
    [
      "delete-frame",
      "Deleted #1 on frame 25.",
      [
        [10, 25],
        [26, 100],
      ],
    ],
    ["delete-before", "Deleted #1 on frames 10 to 24.", [[25, 100]]],
    ["delete-rest", "Deleted #1 on frames 25 to 99, the end.", [[10, 25]]],
  ])("%s", (id, text, left) => {
    const { act, lives, steps } = opened(25);
    expect(act(id)).toBe(text);
    expect(lives(1)).toEqual(left);
    expect(steps()).toBe(1);
  });

  test("Delete means the range while there is one, then the track", () => {
    const { act, app, lives, view, store } = opened(25, [1], [20, 30]);
    expect(ACTIONS["delete-track"].title(app)).toBe("Delete #1 on the range");
    expect(act("delete-track")).toBe("Deleted #1 on frames 20 to 29.");
    expect(lives(1)).toEqual([
      [10, 20],
      [30, 100],
    ]);
    expect(act("delete-track")).toBe("There is nothing of #1 on the range.");
    view.range.value = null;
    expect(act("delete-track")).toBe("Deleted #1 car, 4 keyframes.");
    expect(store.document.annotation.peek().tracks.has(1)).toBe(false);
    expect(view.selection.peek().size).toBe(0);
  });

  test("a track that is nowhere else goes altogether", () => {
    const { act, store } = opened(5, [2], [0, 50]);
    expect(act("delete-range")).toBe("Deleted #2 on frames 0 to 49.");
    expect(store.document.annotation.peek().tracks.has(2)).toBe(false);
  });

  test("a range is needed for the range", () => {
    expect(opened(5).act("delete-range")).toContain("Select a range first");
  });
});

describe("states of a range", () => {
  test("O, X and I mean the range, and say so", () => {
    const { act, app, track, lives } = opened(0, [1], [15, 25]);
    expect(ACTIONS.occluded.title(app)).toBe("Occluded on frames 15 to 24");
    expect(act("occluded")).toBe("Occluded on frames 15 to 24.");
    expect([14, 15, 24, 25].map((at) => stateAt(track(1), at).occluded)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(act("occluded")).toBe("Visible on frames 15 to 24.");
    expect(act("motion")).toBe("Holds on frames 15 to 24.");
    expect(boxAt(track(1), 24)?.x).toBe(5);
    expect(boxAt(track(1), 26)?.x).toBe(16);
    expect(act("outside")).toBe("Outside on frames 15 to 24.");
    expect(lives(1)).toEqual([
      [10, 15],
      [25, 100],
    ]);
    expect(act("outside")).toBe("Inside on frames 15 to 24.");
  });

  test("what has not started on the range is refused", () => {
    expect(opened(0, [1], [0, 10]).act("occluded")).toBe("#1 starts only at 10.");
  });

  test("the motion of the whole track is turned at once", () => {
    const { act, track } = opened(0);
    expect(act("motion-track")).toBe("#1 holds between all its keyframes.");
    expect([...track(1).keyframes.hold]).toEqual([1, 1, 1]);
    expect(act("motion-track")).toBe("#1 moves between all its keyframes.");
  });
});

describe("all selected at once", () => {
  test("are one edit, and follow the first", () => {
    const { act, track, steps } = opened(35, [2, 1]);
    expect(act("occluded")).toBe("Occluded on frames 35 to 99, the end.");
    expect([1, 2].map((id) => stateAt(track(id), 35).occluded)).toEqual([true, true]);
    expect(steps()).toBe(1);
    expect(act("end-here")).toBe(
      "#2 ends with 35. Deleted on frames 36 to 39. #1 ends with 35. Deleted on frames 36 to 99.",
    );
    expect(steps()).toBe(2);
  });

  test("what is locked, or cannot, is skipped and named", () => {
    const { act, view, track } = opened(45, [1, 2]);
    expect(act("delete-frame")).toBe(
      "Deleted #1 on frame 45. Skipped: #2 is outside on frame 45. X brings it back.",
    );
    view.frame.value = 30;
    view.locked.value = new Set([1]);
    expect(act("delete-rest")).toBe(
      "Deleted #2 on frames 30 to 99, the end. Skipped: #1 car is locked. L unlocks.",
    );
    expect(track(1).keyframes.frames).toHaveLength(5);
    view.selection.value = new Set([1]);
    expect(act("delete-rest")).toBe("#1 car is locked. L unlocks.");
  });

  test("are locked and hidden together", () => {
    const { act, view } = opened(0, [1, 2]);
    view.hidden.value = new Set([2]);
    act("lock");
    act("hide");
    expect([...view.locked.peek()].sort()).toEqual([1, 2]);
    expect([...view.hidden.peek()].sort()).toEqual([1, 2]);
    act("lock");
    expect(view.locked.peek().size).toBe(0);
  });
});
