// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { boxAt } from "../core/interpolate.ts";
import type { TrackJson } from "../core/json.ts";
import { spans } from "../core/track.ts";
import { attachPick, changeId, settlePick } from "./identity.ts";
import type { ActionId } from "./keymap.ts";
import { ACTIONS, perform } from "./registry.ts";
import { CAR, createApp } from "./testing.ts";

const EARLY: TrackJson = {
  id: 5,
  label: "car",
  keyframes: [
    { frame: 0, box: [50, 0, 10, 10] },
    { frame: 5, box: [50, 0, 10, 10], outside: true },
  ],
};

function opened(ids: readonly number[]) {
  const made = createApp([CAR, EARLY]);
  const { view, document } = made.store;
  view.selection.value = new Set(ids);
  const act = (id: ActionId) => {
    perform(made.app, id);
    return view.notice.peek()?.text;
  };
  const ids_ = () => [...document.annotation.peek().tracks.keys()];
  return { ...made, view, document, act, ids: ids_ };
}

describe("two tracks become one", () => {
  test("that starts first gives the id, and the gap is absence", () => {
    const { act, track, ids, view, document } = opened([1, 5]);
    expect(act("merge")).toBe("#1 car went into #5; what lies between is absence.");
    expect(ids()).toEqual([5]);
    expect(spans(track(5), 100)).toEqual([
      { start: 0, stop: 5 },
      { start: 10, stop: 100 },
    ]);
    expect([...view.selection.peek()]).toEqual([5]);
    expect(document.pending.peek()).toHaveLength(1);
  });

  test("by picking the other one with a click", () => {
    const { act, app, view, ids } = opened([1]);
    expect(act("merge")).toContain("Merge #1: click the other track.");
    expect(ACTIONS.merge.pressed?.(app)).toBe(true);
    settlePick(app);
    expect(ids()).toEqual([1, 5]);
    view.selection.value = new Set([5]);
    settlePick(app);
    expect(ids()).toEqual([5]);
    expect(view.pick.peek()).toBeNull();
  });

  test("by a click that selects, not by one on a button after another one was selected by keys", () => {
    const root = document.createElement("div");
    const { app } = createApp([CAR, EARLY], root);
    attachPick(app, new AbortController().signal);
    const ids = () => [...app.document.annotation.peek().tracks.keys()];
    const click = (selects = () => {}) => {
      root.dispatchEvent(new Event("pointerdown"));
      selects();
      root.dispatchEvent(new Event("click"));
    };
    app.view.selection.value = new Set([1]);
    perform(app, "merge");
    perform(app, "next-track");
    click();
    expect(ids()).toEqual([1, 5]);
    click(() => {
      app.view.selection.value = new Set([5]);
    });
    expect(ids()).toEqual([5]);
  });

  test("by keys alone: M, another track, M", () => {
    const { act, ids } = opened([1]);
    act("merge");
    act("next-track");
    act("merge");
    expect(ids()).toEqual([5]);
  });

  test("Esc, or M again, takes it back", () => {
    const { act, view, ids } = opened([1]);
    act("merge");
    act("back");
    expect(view.pick.peek()).toBeNull();
    act("merge");
    act("merge");
    expect([view.pick.peek(), ids()]).toEqual([null, [1, 5]]);
  });

  test("is refused where they overlap, with the frames", () => {
    const { act, store, ids } = opened([1, 2]);
    store.commit({ kind: "add_track", track: { ...CAR, id: 2 } });
    expect(act("merge")).toMatch(/10/);
    expect(ids()).toEqual([1, 2, 5]);
  });
});

describe("identity", () => {
  test("two are swapped from here on", () => {
    const { act, track, view } = opened([1, 5]);
    view.frame.value = 20;
    expect(act("swap")).toBe("#1 and #5 are swapped from frame 20 on.");
    expect(boxAt(track(5), 50)?.x).toBe(40);
    expect(boxAt(track(1), 50)).toBeNull();
  });

  test("an id is set by hand; one that is taken is refused", () => {
    const { app, ids, view } = opened([1]);
    changeId(app, 5);
    expect(view.notice.peek()).toMatchObject({ level: "error" });
    expect(view.notice.peek()?.text).toMatch(/5/);
    changeId(app, 12);
    expect(ids()).toEqual([5, 12]);
    expect([...view.selection.peek()]).toEqual([12]);
    expect(view.notice.peek()?.text).toBe("#1 car is now #12.");
  });

  test("groups are made, joined and left", () => {
    const { act, track, store, view } = opened([1, 5]);
    expect(act("group")).toBe("#1 car, #5 car: group 1.");
    store.commit({ kind: "add_track", track: { ...CAR, id: 9 } });
    view.selection.value = new Set([9, 5]);
    act("group");
    expect(track(9).group).toBe(1);
    expect(act("ungroup")).toBe("#9 car, #5 car: in no group.");
    expect([track(9).group, track(1).group]).toEqual([null, 1]);
    expect(act("ungroup")).toBe("#9 is in no group.");
  });

  test("a duplicate is a track of its own", () => {
    const { act, track, view } = opened([1]);
    expect(act("duplicate")).toBe("#1 car duplicated: #6.");
    expect([...track(6).keyframes.frames]).toEqual([10, 30, 50]);
    expect([...view.selection.peek()]).toEqual([6]);
  });

  test("a locked track is left as it is", () => {
    const { act, view } = opened([1, 5]);
    view.locked.value = new Set([5]);
    for (const id of ["merge", "swap", "group", "duplicate", "change-id"] as const) {
      expect(act(id)).toBe("#5 car is locked. L unlocks.");
    }
  });

  test("all are selected but the hidden", () => {
    const { act, view } = opened([]);
    view.hidden.value = new Set([1]);
    act("select-all");
    expect([...view.selection.peek()]).toEqual([5]);
  });
});

test("all tracks that are shown are selected: beside a soloed one there is none", () => {
  const { act, view } = opened([]);
  view.solo.value = 5;
  act("select-all");
  expect([...view.selection.peek()]).toEqual([5]);
  view.solo.value = null;
  view.hidden.value = new Set([5]);
  act("select-all");
  expect([...view.selection.peek()]).toEqual([1]);
});
