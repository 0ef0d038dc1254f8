import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { Edit } from "../core/edits.ts";
import { boxAt } from "../core/interpolate.ts";
import type { Store } from "../store/store.ts";
import { BOX_KEYS, KeyEdit } from "./keys.ts";
import { createStage, put } from "./testing.ts";

let stage: { store: Store; edits: Edit[] };
let store: Store;
let edits: Edit[];
let keys: KeyEdit;

beforeEach(() => {
  stage = createStage();
  ({ store, edits } = stage);
  keys = new KeyEdit(store);
  put(stage, 1, [10, 10, 40, 30]);
  put(stage, 2, [100, 50, 40, 30]);
  store.view.selection.value = new Set([1]);
});

function press(...chords: string[]): void {
  for (const chord of chords) {
    expect([chord, keys.press(chord)]).toEqual([chord, true]);
  }
}

describe("a box changed by keys", () => {
  test("is one edit when it is kept", () => {
    keys.begin();
    press("ArrowRight", "ArrowRight", "Shift+ArrowDown", "Ctrl+ArrowRight", "Ctrl+Shift+ArrowUp");
    expect(store.derived.active.value[0]?.box).toMatchObject({ x: 12, y: 20, w: 41, h: 20 });
    keys.keep();
    expect(edits).toEqual([{ kind: "set_keyframe", track: 1, frame: 0, box: [12, 20, 41, 20] }]);
    expect([keys.active, store.view.preview.value]).toEqual([false, null]);
  });

  test("turns by 1 and by 15 degrees", () => {
    keys.begin();
    press("]", "PageDown", "}", "Shift+PageDown", "[");
    expect(store.view.preview.value?.text).toBe("31°");
  });

  test("is as it was when it is reverted", () => {
    keys.begin();
    press("ArrowRight");
    expect(keys.revert()).toBe(true);
    expect(keys.revert()).toBe(false);
    expect(edits).toEqual([]);
  });

  test("that was not changed is no edit", () => {
    keys.begin();
    keys.keep();
    expect(edits).toEqual([]);
  });

  test("is changed together with the others that are selected, locked ones not", () => {
    store.view.selection.value = new Set([1, 2]);
    keys.begin();
    press("Shift+ArrowLeft");
    keys.keep();
    expect(edits).toMatchObject([
      { kind: "batch", edits: [{ box: [0, 10, 40, 30] }, { track: 2 }] },
    ]);
    store.view.locked.value = new Set([1]);
    keys.begin();
    press("ArrowLeft");
    keys.keep();
    expect(edits[1]).toMatchObject({ kind: "set_keyframe", track: 2, box: [89, 50, 40, 30] });
  });

  test("leaves other keys alone, and all keys when none is changed", () => {
    expect(keys.press("ArrowRight")).toBe(false);
    keys.begin();
    expect(keys.press("K")).toBe(false);
  });

  test("keeps a side and a part in the picture whatever is pressed", () => {
    const chord = fc.constantFrom(...BOX_KEYS.keys());
    fc.assert(
      fc.property(fc.array(chord, { maxLength: 60 }), (chords) => {
        keys.begin();
        for (const each of chords) {
          keys.press(each);
        }
        const box = store.derived.active.value[0]?.box;
        keys.revert();
        expect(box?.w).toBeGreaterThanOrEqual(1);
        expect(box?.h).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
    expect(edits).toEqual([]);
  });
});

describe("a box drawn by keys", () => {
  test("begins in the middle of what is seen and is one edit", () => {
    store.view.tool.value = "draw";
    keys.begin();
    const { x, y, w, h } = store.view.preview.value?.draft ?? { x: 0, y: 0, w: 0, h: 0 };
    expect(Math.hypot(x + w / 2 - 100, y + h / 2 - 50)).toBeLessThan(1);
    press("ArrowRight");
    keys.keep();
    expect(edits).toMatchObject([
      { kind: "add_track", track: { id: 3, keyframes: [{ box: [x + 1, y, w, h] }] } },
    ]);
    expect(store.view.tool.value).toBe("select");
  });

  test("anew begins where the track was", () => {
    store.view.tool.value = "redraw";
    store.view.frame.value = 8;
    keys.begin();
    press("Shift+ArrowRight");
    keys.keep();
    const track = store.document.annotation.value.tracks.get(1);
    expect(track && boxAt(track, 8)).toMatchObject({ x: 20, y: 10, w: 40, h: 30 });
  });
});
