import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { Edit } from "../core/edits.ts";
import { bounds } from "../core/shapes/box.ts";
import type { Store } from "../store/store.ts";
import { zoomToPressed } from "./look.ts";
import { touches } from "./place.ts";
import { pileAt, pressSelect } from "./select.ts";
import { at, createStage, drag, put } from "./testing.ts";

let stage: { store: Store; edits: Edit[] };
let store: Store;
let edits: Edit[];

beforeEach(() => {
  stage = createStage();
  ({ store, edits } = stage);
});

function select(...ids: number[]): void {
  store.view.selection.value = new Set(ids);
}

function selected(): number[] {
  return [...store.view.selection.value].sort();
}

function click(x: number, y: number, held = {}): number[] {
  drag(pressSelect(store, at(x, y, held)), at(x, y, held));
  return selected();
}

describe("a drag", () => {
  test("inside a box is one keyframe on the frame shown", () => {
    put(stage, 1, [10, 10, 40, 40]);
    store.view.frame.value = 7;
    drag(pressSelect(store, at(30, 30)), at(35, 28));
    expect(edits).toEqual([{ kind: "set_keyframe", track: 1, frame: 7, box: [15, 8, 40, 40] }]);
    const keyframes = store.document.annotation.value.tracks.get(1)?.keyframes;
    expect([...(keyframes?.frames ?? [])]).toEqual([0, 7]);
  });

  test("that goes nowhere is no edit", () => {
    put(stage, 1, [10, 10, 40, 40]);
    click(30, 30);
    expect(edits).toEqual([]);
  });

  test("of a box that is occluded leaves it occluded", () => {
    put(stage, 1, [10, 10, 40, 40]);
    store.commit({ kind: "set_occluded", track: 1, start: 5, stop: 20 });
    store.view.frame.value = 10;
    drag(pressSelect(store, at(30, 30)), at(40, 30));
    const { occluded } = store.derived.active.value[0] ?? {};
    expect(occluded).toBe(true);
  });

  test("of one of the selected boxes moves them all in one edit", () => {
    put(stage, 1, [10, 10, 20, 20]);
    put(stage, 2, [50, 10, 20, 20]);
    put(stage, 3, [90, 10, 20, 20]);
    select(1, 2, 3);
    store.view.locked.value = new Set([3]);
    const gesture = pressSelect(store, at(60, 20));
    gesture.move(at(65, 25));
    expect(store.view.preview.value?.text).toBe("2 boxes by 5, 5");
    gesture.finish(at(65, 25));
    expect(edits).toEqual([
      {
        kind: "batch",
        edits: [
          { kind: "set_keyframe", track: 1, frame: 0, box: [15, 15, 20, 20] },
          { kind: "set_keyframe", track: 2, frame: 0, box: [55, 15, 20, 20] },
        ],
      },
    ]);
    expect(selected()).toEqual([1, 2, 3]);
  });

  test("never takes a box out of the picture, and keeps the distance of boxes", () => {
    put(stage, 1, [10, 10, 20, 20]);
    put(stage, 2, [50, 40, 20, 20]);
    const far = fc.double({ min: -500, max: 500, noNaN: true });
    fc.assert(
      fc.property(far, far, (x, y) => {
        select(1, 2);
        const gesture = pressSelect(store, at(20, 20));
        gesture.move(at(20 + x, 20 + y));
        const shown = store.derived.active.value.map((shape) => shape.box);
        gesture.cancel();
        const [a, b] = shown;
        expect(shown.every((box) => touches(bounds(box), { width: 200, height: 100 }))).toBe(true);
        expect((b?.x ?? 0) - (a?.x ?? 0)).toBeCloseTo(40, 9);
        expect((b?.y ?? 0) - (a?.y ?? 0)).toBeCloseTo(30, 9);
      }),
    );
    expect(edits).toEqual([]);
  });

  test("of a handle resizes or turns, Shift in steps of 15 degrees", () => {
    put(stage, 1, [10, 10, 40, 40]);
    select(1);
    drag(pressSelect(store, at(50, 50)), at(60, 70));
    expect(edits).toMatchObject([{ kind: "set_keyframe", box: [10, 10, 50, 60] }]);
    const knob = at(35, 10 - 14);
    const gesture = pressSelect(store, knob);
    gesture.move(at(35 + 41, 40));
    expect(store.view.preview.value?.text).toBe("90°");
    gesture.move(at(35 + 41, 30, { shift: true }));
    gesture.finish(at(35 + 41, 30, { shift: true }));
    expect(edits[1]).toMatchObject({ box: [10, 10, 50, 60, 75] });
  });

  test("of a locked box says so", () => {
    put(stage, 1, [10, 10, 40, 40]);
    store.view.locked.value = new Set([1]);
    drag(pressSelect(store, at(30, 30)), at(60, 60));
    expect(edits).toEqual([]);
    expect(store.view.notice.value?.text).toBe("#1 car is locked. Unlock it first.");
  });

  test("does nothing in a widget that is read only", () => {
    put(stage, 1, [10, 10, 40, 40]);
    select(1);
    store.view.readOnly.value = true;
    drag(pressSelect(store, at(30, 30)), at(60, 60));
    drag(pressSelect(store, at(50, 50)), at(60, 60));
    expect(edits).toEqual([]);
  });
});

describe("a click", () => {
  beforeEach(() => {
    put(stage, 1, [10, 10, 80, 80]);
    put(stage, 2, [20, 20, 40, 40]);
  });

  test("goes through a pile, the smallest box first", () => {
    expect([click(40, 40), click(40, 40), click(40, 40)]).toEqual([[2], [1], [2]]);
  });

  test("with Shift or Ctrl adds and takes away, beside the boxes it clears", () => {
    select(1);
    expect(click(40, 40, { shift: true })).toEqual([]);
    select();
    expect(click(40, 40, { ctrl: true })).toEqual([2]);
    expect(click(150, 90, { ctrl: true })).toEqual([2]);
    expect(click(150, 90)).toEqual([]);
  });

  test("twice shows large the box that was meant, though it went through the pile", () => {
    const before = store.view.selection.value;
    click(40, 40);
    const between = store.view.selection.value;
    click(40, 40);
    expect(selected()).toEqual([1]);
    zoomToPressed(store, pileAt(store, at(40, 40).point), [before, between]);
    expect(selected()).toEqual([2]);
    expect(store.derived.camera.value.scale).toBe(3);
  });
});

describe("a rubber band", () => {
  beforeEach(() => {
    put(stage, 1, [10, 10, 20, 20]);
    put(stage, 2, [50, 10, 20, 20]);
    put(stage, 3, [90, 50, 20, 20]);
  });

  test("selects what it touches", () => {
    const gesture = pressSelect(store, at(120, 5));
    gesture.move(at(60, 15));
    expect(store.view.band.value).toEqual({ x: 60, y: 5, w: 60, h: 10 });
    expect(selected()).toEqual([2]);
    gesture.move(at(5, 60));
    expect(selected()).toEqual([1, 2, 3]);
    gesture.finish(at(60, 15));
    expect(store.view.band.value).toBeNull();
    expect(edits).toEqual([]);
  });

  test("with Shift begins on a box too, and adds", () => {
    select(3);
    drag(pressSelect(store, at(15, 15, { shift: true })), at(60, 15, { shift: true }));
    expect(selected()).toEqual([1, 2, 3]);
    expect(edits).toEqual([]);
  });

  test("is taken back by cancel", () => {
    select(3);
    const gesture = pressSelect(store, at(5, 5));
    gesture.move(at(40, 40));
    gesture.cancel();
    expect([selected(), store.view.band.value]).toEqual([[3], null]);
  });
});
