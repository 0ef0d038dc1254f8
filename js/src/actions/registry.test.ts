// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { boxAt } from "../core/interpolate.ts";
import { keys, never, review } from "./keymap.json";
import { type ActionId, actionOf, chordsOf, chordText } from "./keymap.ts";
import { ACTIONS, blockedBy, perform, withKey } from "./registry.ts";
import { boxStateAt, endOf } from "./scope.ts";
import { CAR, createApp, emptyReview, PERSON } from "./testing.ts";
import { TRACK } from "./track.ts";

const IDS = Object.keys({ ...keys, ...review }) as ActionId[];

/** A view with the first track selected, on a frame. */
function selected(frame: number) {
  const made = createApp([CAR, PERSON]);
  made.store.view.frame.value = frame;
  made.store.view.selection.value = new Set([1]);
  const act = (id: ActionId) => {
    perform(made.app, id);
    return made.store.view.notice.peek()?.text;
  };
  return { ...made, act };
}

describe("the registry", () => {
  test("every key belongs to one action, none to what is never bound", () => {
    for (const map of [keys, review]) {
      const chords = Object.values(map).flatMap((texts) => texts.split(" ").filter(Boolean));
      expect(new Set(chords).size).toBe(chords.length);
      expect(chords.filter((chord) => never.includes(chord))).toEqual([]);
    }
  });

  test("in a review its own keys come first, and are shown nowhere else", () => {
    const { app } = createApp([]);
    const shown = () => [chordsOf(app, "model-wrong"), chordsOf(app, "event"), actionOf(app, "R")];
    expect(shown()).toEqual([[], ["R"], "event"]);
    app.view.review.value = emptyReview();
    expect(shown()).toEqual([["R", "1"], [], "model-wrong"]);
    expect(actionOf(app, "E")).toBe("next-mark");
    app.view.keymap.value = { "model-wrong": "O" };
    expect([actionOf(app, "O"), actionOf(app, "R")]).toEqual(["model-wrong", "event"]);
    app.view.reviewing.value = false;
    expect(actionOf(app, "O")).toBe("occluded");
  });

  test.each(IDS)("%s has a title with and without a selection", (id) => {
    expect(ACTIONS[id].title(createApp([]).app)).not.toBe("");
    expect(ACTIONS[id].title(selected(20).app)).not.toMatch(/undefined|null|NaN/);
  });

  test("a tooltip names the key as it is on this keyboard", () => {
    const { app } = createApp([]);
    expect(withKey(app, "Draw a new box", "draw-tool")).toBe("Draw a new box (N)");
    expect(chordText("Ctrl+Shift+Z", true)).toBe("Cmd+Shift+Z");
    expect(chordText("Shift+ArrowLeft", false)).toBe("Shift+Left");
  });

  test("each widget has the keys that its Python gave", () => {
    const [usual, other] = [createApp([]).app, createApp([]).app];
    other.view.keymap.value = { "draw-tool": "& Shift+A", "next-filled": "" };
    expect(withKey(other, "Draw", "draw-tool")).toBe("Draw (&)");
    expect(["&", "Shift+A", "N"].map((chord) => actionOf(other, chord))).toEqual([
      ...["draw-tool", "draw-tool"],
      null,
    ]);
    expect(actionOf(usual, "N")).toBe("draw-tool");
    expect(actionOf(usual, "&")).toBe(null);
    other.view.keymap.value = {};
    expect(actionOf(other, "N")).toBe("draw-tool");
  });

  test("a reason names the key that would help, if it has one", () => {
    const { app } = selected(20);
    app.view.locked.value = new Set([1]);
    app.view.keymap.value = { lock: "&" };
    expect(blockedBy(app, "outside")).toBe("#1 car is locked. & unlocks.");
    app.view.keymap.value = { lock: "" };
    expect(blockedBy(app, "outside")).toBe("#1 car is locked.");
  });

  test("what cannot be done says why and changes nothing", () => {
    const { app, store } = createApp([CAR]);
    const before = store.document.annotation.peek();
    perform(app, "occluded");
    expect(store.view.notice.peek()?.text).toBe("Select a track first.");
    expect(store.document.annotation.peek()).toBe(before);
  });

  test("nothing that edits is enabled without a kernel", () => {
    const { app, store } = selected(20);
    store.view.readOnly.value = true;
    const edits = [...Object.keys(TRACK), "label-1", "undo", "redo", "draw-tool"] as ActionId[];
    for (const id of edits) {
      expect([id, blockedBy(app, id)]).toEqual([id, "View only: opened with read_only=True."]);
    }
  });
});

describe("edits of the selected track", () => {
  test("O names the frames that it changed", () => {
    const { act, track } = selected(20);
    expect(act("occluded")).toBe("Occluded on frames 20 to 29.");
    expect(boxStateAt(track(1), 20)).toBe("occluded");
  });

  test("X takes away and brings back", () => {
    const { act, track } = selected(60);
    expect(act("outside")).toBe("Outside on frames 60 to 99, the end.");
    expect(boxAt(track(1), 60)).toBeNull();
    expect(act("outside")).toBe("Inside on frames 60 to 99, the end.");
  });

  test("K adds, removes, and confirms what a machine made", () => {
    const { act, app, track, store } = selected(20);
    act("keyframe");
    expect(store.view.announcement.peek()).toBe("Keyframe 20, 2 of 4");
    expect(act("keyframe")).toBe("Removed keyframe 20 of #1: frames 11 to 29 changed.");
    expect(track(1).keyframes.frames).toHaveLength(3);

    const box = [0, 0, 1, 1] as const;
    store.commit({ kind: "set_keyframe", track: 1, frame: 20, box, source: "tracker" });
    expect(ACTIONS.keyframe.title(app)).toBe("Confirm this keyframe");
    act("keyframe");
    expect([...track(1).keyframes.sources]).toEqual([0, 0, 0, 0]);
  });

  test("I holds until the next keyframe", () => {
    const { act, track } = selected(12);
    expect(act("motion")).toBe("Holds on frames 11 to 29.");
    expect(boxAt(track(1), 29)?.x).toBe(0);
  });

  test("Q and W trim to the frame shown, both of them kept", () => {
    const { act, track, store } = selected(20);
    expect(act("start-here")).toBe("#1 starts at 20. Deleted on frames 10 to 19.");
    store.view.frame.value = 44;
    expect(act("end-here")).toBe("#1 ends with 44. Deleted on frames 45 to 99.");
    expect(track(1).keyframes.frames[0]).toBe(20);
    expect(endOf(track(1), 100)).toBe(45);
  });

  test("C goes on with the later part", () => {
    const { act, track, store } = selected(25);
    expect(act("split")).toBe("#1 ends at 24, #3 goes on from 25.");
    expect([...store.view.selection.peek()]).toEqual([3]);
    expect(track(3).keyframes.frames[0]).toBe(25);
  });

  test("delete on this frame, from here on, and altogether", () => {
    const { act, track, store } = selected(25);
    act("delete-frame");
    expect([24, 25, 26].map((frame) => boxStateAt(track(1), frame))).toEqual([
      "visible",
      "outside",
      "visible",
    ]);
    store.view.frame.value = 70;
    expect(act("delete-rest")).toBe("Deleted #1 on frames 70 to 99, the end.");
    expect(endOf(track(1), 100)).toBe(70);
    expect(act("delete-track")).toBe("Deleted #1 car, 6 keyframes.");
    expect(store.document.annotation.peek().tracks.has(1)).toBe(false);
    expect(store.document.pending.peek()).toHaveLength(3);
  });

  test("several selected tracks go in one undo step", () => {
    const { act, store } = selected(25);
    store.view.selection.value = new Set([1, 2]);
    expect(act("delete-track")).toBe(
      "Deleted #1 car, 3 keyframes. Deleted #2 person, 2 keyframes.",
    );
    expect(store.document.pending.peek()).toHaveLength(1);
  });

  test("a locked track stays as it is", () => {
    const { act, store } = selected(20);
    store.view.locked.value = new Set([1]);
    expect(act("delete-track")).toBe("#1 car is locked. L unlocks.");
    expect(store.document.pending.peek()).toHaveLength(0);
  });
});

describe("labels", () => {
  test("a digit gives the label to the selection, and to the next box", () => {
    const { act, track, store } = selected(20);
    expect(act("label-2")).toBe("#1 car: now person on all frames.");
    expect(track(1).label).toBe("person");
    expect(store.derived.label.peek()?.name).toBe("person");
  });

  test("while drawing it only chooses", () => {
    const { act, track, store } = selected(20);
    act("draw-tool");
    act("label-2");
    expect(track(1).label).toBe("car");
    expect(store.derived.label.peek()?.name).toBe("person");
    expect(act("label-9")).toBe("There is no label 9.");
  });
});

describe("the way through the clip", () => {
  test("steps stay in the clip and stop playback", () => {
    const { act, store } = selected(95);
    store.view.playing.value = true;
    act("forward-frames");
    expect([store.view.frame.peek(), store.view.playing.peek()]).toEqual([99, false]);
    act("first-frame");
    expect(store.view.frame.peek()).toBe(0);
  });

  test("keyframes of the selected track, of any track without one", () => {
    const { act, store } = selected(20);
    act("next-keyframe");
    expect(store.view.frame.peek()).toBe(30);
    expect(store.view.announcement.peek()).toBe("Keyframe 30, 2 of 3");
    store.view.selection.value = new Set();
    act("next-keyframe");
    expect(store.view.frame.peek()).toBe(40);
  });

  test("Esc lets go of one thing at a time", () => {
    const root = document.createElement("div");
    root.tabIndex = -1;
    const cell = document.createElement("div");
    cell.className = "jp-Cell";
    cell.tabIndex = -1;
    document.body.append(cell);
    cell.append(root);
    root.focus();
    const { app, store } = createApp([CAR], root);
    store.view.selection.value = new Set([1]);
    store.view.tool.value = "draw";
    store.view.help.value = true;
    const left = () => [
      store.view.help.peek(),
      store.view.tool.peek(),
      store.view.selection.peek().size,
      document.activeElement === root,
    ];
    const seen = Array.from({ length: 4 }, () => {
      perform(app, "back");
      return left();
    });
    expect(seen).toEqual([
      [false, "draw", 1, true],
      [false, "select", 1, true],
      [false, "select", 0, true],
      [false, "select", 0, false],
    ]);
    expect(document.activeElement).toBe(cell);
  });

  test("what is edited elsewhere is looked at only, and says so", () => {
    const { app, act } = selected(0);
    app.view.readOnly.value = true;
    const text = "a.json is edited by ann";
    app.view.save.value = { state: "off", text, path: "/a.json" };
    expect(act("keyframe")).toBe("View only: a.json is edited by ann.");
  });

  test("Ctrl+S saves and says where the notebook comes in", () => {
    const { app, act, calls } = selected(0);
    expect(act("save")).toBe("Saved to the kernel. Esc, then Ctrl+S saves the notebook.");
    app.view.save.value = { state: "saved", text: "", path: "/clips/street.boxreel.json" };
    expect(act("save")).toMatch(/^Saving to street.boxreel.json. Esc, then/);
    expect(calls).toEqual(["save", "save"]);
  });
});
