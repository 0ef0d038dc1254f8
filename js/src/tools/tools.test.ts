import { beforeEach, describe, expect, test } from "vitest";
import { createAnnotation } from "../core/annotation.ts";
import type { Edit } from "../core/edits.ts";
import { toScreen } from "../core/geometry.ts";
import { labelFromJson } from "../core/json.ts";
import { DocumentStore } from "../store/document.ts";
import { createStore, type Store } from "../store/store.ts";
import { createShared } from "../store/view.ts";
import { pressDraw } from "./draw.ts";
import type { Press } from "./gesture.ts";
import { pressSelect } from "./select.ts";

const CAMERA = { scale: 2, x: 10, y: 20 };
let store: Store;
let edits: Edit[];

beforeEach(() => {
  const document = new DocumentStore();
  document.reset(
    createAnnotation({
      video: {
        name: "v",
        width: 200,
        height: 100,
        frame_count: 50,
        fps: 25,
        times: new Float64Array(50),
      },
      labels: [labelFromJson({ name: "car" })],
    }),
    0,
    { undo: null, redo: null },
  );
  store = createStore(document, createShared());
  store.view.camera.value = CAMERA;
  store.view.stage.value = { width: 420, height: 240 };
  edits = [];
  document.onEdit = ({ edit }) => edits.push(edit);
});

function at(x: number, y: number, held: Partial<Press> = {}): Press {
  const image = { x, y };
  return {
    image,
    point: toScreen(CAMERA, image),
    shift: false,
    alt: false,
    ctrl: false,
    ...held,
  };
}

function drag(
  press: (store: Store, from: Press) => ReturnType<typeof pressDraw>,
  from: Press,
  to: Press,
) {
  const gesture = press(store, from);
  gesture.move(to);
  gesture.finish(to);
}

function draw(x: number, y: number, right: number, bottom: number): void {
  drag(pressDraw, at(x, y), at(right, bottom));
  edits = [];
}

describe("drawing", () => {
  test("makes one track with the chosen label and selects it", () => {
    store.view.tool.value = "draw";
    drag(pressDraw, at(30, 40), at(10, 20));
    const keyframes = [{ frame: 0, box: [10, 20, 20, 20] }];
    expect(edits).toEqual([{ kind: "add_track", track: { id: 1, label: "car", keyframes } }]);
    expect([...store.view.selection.value]).toEqual([1]);
    expect(store.view.tool.value).toBe("select");
  });

  test("ignores a slip of the hand", () => {
    drag(pressDraw, at(30, 40), at(31, 60));
    expect(edits).toEqual([]);
  });

  test("draws a square with Shift and from the centre with Alt", () => {
    drag(pressDraw, at(50, 50), at(60, 55, { shift: true, alt: true }));
    expect(edits[0]).toMatchObject({ track: { keyframes: [{ box: [40, 40, 20, 20] }] } });
  });

  test("says what to do when there is no label", () => {
    const { document } = store;
    document.reset({ ...document.annotation.value, labels: [] }, 1, document.history.value);
    drag(pressDraw, at(10, 10), at(30, 40));
    expect(edits).toEqual([]);
    expect(store.view.notice.value?.text).toContain("labels=");
  });

  test("is taken back by cancel", () => {
    const gesture = pressDraw(store, at(10, 10));
    gesture.move(at(40, 40));
    expect(store.view.preview.value?.box.w).toBe(30);
    gesture.cancel();
    expect(store.view.preview.value).toBeNull();
    expect(edits).toEqual([]);
  });
});

describe("selecting", () => {
  test("a drag inside is one keyframe on the frame shown", () => {
    draw(10, 10, 50, 50);
    store.view.frame.value = 7;
    drag(pressSelect, at(30, 30), at(35, 28));
    expect(edits).toEqual([{ kind: "set_keyframe", track: 1, frame: 7, box: [15, 8, 40, 40] }]);
  });

  test("a press without movement is no edit", () => {
    draw(10, 10, 50, 50);
    drag(pressSelect, at(30, 30), at(30, 30));
    expect(edits).toEqual([]);
  });

  test("a handle resizes, the rotate handle turns", () => {
    draw(10, 10, 50, 50);
    drag(pressSelect, at(50, 50), at(60, 70));
    expect(edits).toMatchObject([{ kind: "set_keyframe", box: [10, 10, 50, 60] }]);
    const knob = at(35, 10 - 11);
    drag(pressSelect, knob, at(35 + 41, 40));
    expect(edits[1]).toMatchObject({ box: [10, 10, 50, 60, 90] });
  });

  test("clicks through a pile, the smallest box first", () => {
    draw(10, 10, 90, 90);
    draw(20, 20, 60, 60);
    store.view.selection.value = new Set();
    const chosen = () => {
      drag(pressSelect, at(40, 40), at(40, 40));
      return [...store.view.selection.value];
    };
    expect([chosen(), chosen(), chosen()]).toEqual([[2], [1], [2]]);
  });

  test("Shift adds to the selection and a click beside the boxes clears it", () => {
    draw(10, 10, 30, 30);
    draw(50, 50, 80, 80);
    drag(pressSelect, at(20, 20, { shift: true }), at(20, 20, { shift: true }));
    expect([...store.view.selection.value].sort()).toEqual([1, 2]);
    drag(pressSelect, at(150, 90), at(150, 90));
    expect(store.view.selection.value.size).toBe(0);
  });

  test("a locked box can be selected, not moved, and says so", () => {
    draw(10, 10, 50, 50);
    store.view.locked.value = new Set([1]);
    drag(pressSelect, at(30, 30), at(60, 60));
    expect(edits).toEqual([]);
    expect(store.view.notice.value?.text).toBe("#1 car is locked. L unlocks.");
  });

  test("nothing moves in a widget that is read only", () => {
    draw(10, 10, 50, 50);
    store.view.readOnly.value = true;
    drag(pressSelect, at(30, 30), at(60, 60));
    drag(pressSelect, at(50, 50), at(60, 60));
    expect(edits).toEqual([]);
  });
});
