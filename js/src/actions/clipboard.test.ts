import { beforeEach, describe, expect, test } from "vitest";
import { boxAt } from "../core/interpolate.ts";
import { spans } from "../core/track.ts";
import { perform } from "./registry.ts";
import { CAR, createApp, PERSON } from "./testing.ts";

let made: ReturnType<typeof createApp>;

beforeEach(() => {
  made = createApp([CAR, PERSON]);
});

function at(frame: number, ...selected: number[]): typeof made.store.view {
  const { view } = made.store;
  view.frame.value = frame;
  view.selection.value = new Set(selected);
  return view;
}

function notice(): string | undefined {
  return made.store.view.notice.value?.text;
}

function edits(): unknown[] {
  return made.store.document.pending.value.map(({ act }) => act);
}

describe("copy and paste", () => {
  test("puts the boxes on another frame as keyframes of the same objects, in one edit", () => {
    at(10, 1, 2);
    perform(made.app, "copy");
    at(20);
    perform(made.app, "paste");
    expect(edits()).toMatchObject([
      { kind: "batch", edits: [{ kind: "set_keyframe" }, { track: 2, frame: 20 }] },
    ]);
    expect(boxAt(made.track(1), 20)?.x).toBe(0);
    expect([...made.store.view.selection.value]).toEqual([1, 2]);
    expect(notice()).toBe("Pasted: keyframe 20 of #1, keyframe 20 of #2.");
  });

  test("brings back an object that is outside", () => {
    at(10, 2);
    perform(made.app, "copy");
    at(60);
    perform(made.app, "paste");
    expect(spans(made.track(2), 100)).toEqual([
      { start: 0, stop: 40 },
      { start: 60, stop: 100 },
    ]);
  });

  test("as a new object, put aside from what it would cover", () => {
    at(10, 1);
    perform(made.app, "copy");
    perform(made.app, "paste-new");
    expect(boxAt(made.track(3), 50)).toMatchObject({ x: 10, y: 10, w: 10, h: 10 });
    expect(made.track(3).label).toBe("car");
    at(20);
    made.store.view.single.value = true;
    perform(made.app, "paste-new");
    expect(spans(made.track(4), 100)).toEqual([{ start: 20, stop: 21 }]);
    expect(boxAt(made.track(4), 20)).toMatchObject({ x: 0, y: 0 });
  });

  test("in another widget gives new objects, of its own label where it has not that one", () => {
    at(10, 1, 2);
    perform(made.app, "copy");
    made = createApp([PERSON]);
    const { document } = made.store;
    const annotation = document.annotation.value;
    const labels = annotation.labels.filter(({ name }) => name === "person");
    document.reset({ ...annotation, labels }, 1, { undo: null, redo: null });
    perform(made.app, "paste");
    expect(made.track(3).label).toBe("person");
    expect(made.track(4).label).toBe("person");
    expect(edits()).toHaveLength(1);
  });

  test("in another video of the widget gives new objects: ids there mean others", () => {
    at(10, 1).item.value = 0;
    perform(made.app, "copy");
    at(20).item.value = 1;
    perform(made.app, "paste");
    expect(edits()).toMatchObject([{ kind: "add_track", track: { id: 3 } }]);
  });

  test("says when nothing would change, and what is locked", () => {
    at(10, 1);
    perform(made.app, "copy");
    expect(notice()).toContain("Ctrl+V pastes it on another frame");
    perform(made.app, "paste");
    expect(notice()).toContain("The box is here already.");
    at(20).locked.value = new Set([1]);
    perform(made.app, "paste");
    expect(notice()).toBe("#1 car is locked. L unlocks.");
    expect(edits()).toEqual([]);
  });
});
