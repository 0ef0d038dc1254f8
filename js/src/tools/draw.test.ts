import { beforeEach, describe, expect, test } from "vitest";
import type { Edit } from "../core/edits.ts";
import type { Store } from "../store/store.ts";
import { pressDraw } from "./draw.ts";
import { at, createStage, drag, put } from "./testing.ts";

let stage: { store: Store; edits: Edit[] };
let store: Store;
let edits: Edit[];

beforeEach(() => {
  stage = createStage();
  ({ store, edits } = stage);
  store.view.tool.value = "draw";
});

function keyframes() {
  const [edit] = edits;
  return edit?.kind === "add_track" ? edit.track.keyframes : null;
}

describe("drawing", () => {
  test("makes one track with the chosen label and selects it", () => {
    store.view.label.value = "bus";
    drag(pressDraw(store, at(30, 40)), at(10, 20));
    const track = { id: 1, label: "bus", keyframes: [{ frame: 0, box: [10, 20, 20, 20] }] };
    expect(edits).toEqual([{ kind: "add_track", track }]);
    expect([...store.view.selection.value]).toEqual([1]);
    expect(store.view.tool.value).toBe("select");
  });

  test("a new track has the defaults of its label's attributes", () => {
    const wheels = { name: "wheels", type: "number" as const, default: 4 };
    store.commit({ kind: "add_label", label: { name: "van", attributes: [wheels] } });
    edits.length = 0;
    store.view.label.value = "van";
    drag(pressDraw(store, at(30, 40)), at(10, 20));
    expect(edits).toMatchObject([{ track: { attributes: { wheels: [[0, 4]] } } }]);
  });

  test("does not mind the boxes underneath", () => {
    put(stage, 1, [10, 10, 80, 80]);
    drag(pressDraw(store, at(20, 20)), at(40, 40));
    expect(edits).toMatchObject([{ kind: "add_track", track: { id: 2 } }]);
  });

  test("of less than 4 px is ignored, and said", () => {
    drag(pressDraw(store, at(30, 40)), at(31, 60));
    expect(edits).toEqual([]);
    expect(store.view.notice.value?.text).toContain("at least 4 px");
    expect(store.view.tool.value).toBe("draw");
  });

  test("may leave the picture, but not wholly", () => {
    drag(pressDraw(store, at(-4, -5)), at(30, 20));
    expect(keyframes()).toEqual([{ frame: 0, box: [-4, -5, 34, 25] }]);
    edits.length = 0;
    drag(pressDraw(store, at(205, 20)), at(230, 50));
    expect(edits).toEqual([]);
    expect(store.view.notice.value?.text).toContain("outside the picture");
  });

  test("is a square with Shift and from the centre with Alt", () => {
    drag(pressDraw(store, at(50, 50)), at(60, 55, { shift: true, alt: true }));
    expect(keyframes()).toEqual([{ frame: 0, box: [40, 40, 20, 20] }]);
  });

  test("says what to do when there is no label", () => {
    const { document } = store;
    document.reset({ ...document.annotation.value, labels: [] }, 1, document.history.value);
    drag(pressDraw(store, at(10, 10)), at(30, 40));
    expect(edits).toEqual([]);
    expect(store.view.notice.value?.text).toContain("labels=");
  });

  test("is taken back by cancel", () => {
    const gesture = pressDraw(store, at(10, 10));
    gesture.move(at(40, 40));
    expect(store.view.preview.value).toMatchObject({ draft: { w: 30 }, text: "30 × 30" });
    gesture.cancel();
    expect(store.view.preview.value).toBeNull();
    expect(edits).toEqual([]);
  });
});

describe("how long a new box lives", () => {
  test("on one frame only", () => {
    store.view.single.value = true;
    store.view.frame.value = 7;
    const gesture = pressDraw(store, at(10, 10));
    gesture.move(at(30, 30));
    expect(store.view.preview.value?.text).toBe("20 × 20, frame 7 only");
    gesture.finish(at(30, 30));
    const box = [10, 10, 20, 20];
    expect(keyframes()).toEqual([
      { frame: 7, box },
      { frame: 8, box, outside: true },
    ]);
  });

  test("on the last frame it needs no end", () => {
    store.view.single.value = true;
    store.view.frame.value = 49;
    drag(pressDraw(store, at(10, 10)), at(30, 30));
    expect(keyframes()).toEqual([{ frame: 49, box: [10, 10, 20, 20] }]);
  });

  test("on the selected range, wherever it is drawn", () => {
    store.view.range.value = { start: 10, stop: 20 };
    store.view.frame.value = 30;
    const gesture = pressDraw(store, at(10, 10));
    gesture.move(at(30, 30));
    expect(store.view.preview.value?.text).toBe("20 × 20, frames 10 to 19");
    gesture.finish(at(30, 30));
    expect(keyframes()?.map(({ frame }) => frame)).toEqual([10, 20]);
    expect(store.view.notice.value?.text).toBe(
      "#1 car lives on frames 10 to 19, the selected range, not on this one.",
    );
  });
});

describe("drawing anew", () => {
  test("gives the selected track a box, and brings it back where it was outside", () => {
    put(stage, 1, [10, 10, 40, 40]);
    store.commit({ kind: "set_outside", track: 1, start: 5 });
    edits.length = 0;
    store.view.selection.value = new Set([1]);
    store.view.tool.value = "redraw";
    store.view.frame.value = 9;
    drag(pressDraw(store, at(50, 50)), at(60, 70));
    expect(edits).toEqual([{ kind: "set_keyframe", track: 1, frame: 9, box: [50, 50, 10, 20] }]);
    expect(store.derived.active.value[0]?.box.x).toBe(50);
    expect(store.view.tool.value).toBe("select");
  });
});
