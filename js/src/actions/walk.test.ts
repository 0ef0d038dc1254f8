import { beforeEach, describe, expect, test } from "vitest";
import { type AttributeJson, labelFromJson } from "../core/json.ts";
import { attributeAt } from "../core/track.ts";
import { ACTIONS, perform } from "./registry.ts";
import { CAR, createApp, PERSON } from "./testing.ts";
import { fieldName, pressWalk, walkOf } from "./walk.ts";

const SAID: readonly AttributeJson[] = [
  { name: "colour", type: "choice", choices: ["red", "blue"] },
  { name: "parked", type: "boolean", per: "frame" },
  { name: "plate", type: "text" },
];

let at: ReturnType<typeof createApp>;

beforeEach(() => {
  at = createApp([CAR, PERSON, { ...CAR, id: 3 }]);
  const { document, view } = at.app;
  const label = labelFromJson({ name: "car", attributes: SAID });
  const [, ...others] = document.annotation.peek().labels;
  document.reset({ ...document.annotation.peek(), labels: [label, ...others] }, 0, {
    undo: null,
    redo: null,
  });
  view.frame.value = 20;
});

const where = () => {
  const walk = walkOf(at.app);
  return walk && `${walk.track.id} ${walk.attribute.name}`;
};
const press = (...chords: string[]) => chords.map((chord) => pressWalk(at.app, chord));
const value = (name: string, id = 1, frame = 20) => attributeAt(at.track(id), name, frame);

describe("going through attributes", () => {
  test("begins with the first object that has some, and ends with the same key", () => {
    perform(at.app, "walk");
    expect(where()).toBe("1 colour");
    perform(at.app, "walk");
    expect(where()).toBeNull();
    expect(press("ArrowDown", "1")).toEqual([false, false]);
  });

  test("is over where nothing is selected that has some, and the key begins it again", () => {
    perform(at.app, "walk");
    at.app.view.selection.value = new Set([2]);
    expect(ACTIONS.walk.pressed?.(at.app)).toBe(false);
    at.app.view.selection.value = new Set();
    perform(at.app, "walk");
    expect(where()).toBe("1 colour");
  });

  test("begins with the selected object when it has some", () => {
    at.app.view.selection.value = new Set([3]);
    perform(at.app, "walk");
    expect(where()).toBe("3 colour");
    perform(at.app, "back");
    expect(where()).toBeNull();
  });

  test("goes by arrows from attribute to attribute, by Tab from object to object, round and round", () => {
    perform(at.app, "walk");
    press("ArrowDown");
    expect(where()).toBe("1 parked");
    press("ArrowUp", "ArrowUp");
    expect(where()).toBe("1 plate");
    press("Tab");
    expect(where()).toBe("3 plate");
    press("Tab", "ArrowDown");
    expect(where()).toBe("1 colour");
    press("Shift+Tab");
    expect(where()).toBe("3 colour");
  });

  test("digits choose a value, Backspace clears it", () => {
    perform(at.app, "walk");
    press("2");
    expect(value("colour")).toBe("blue");
    press("Backspace");
    expect(value("colour")).toBeNull();
    press("ArrowDown", "1");
    expect([value("parked", 1, 19), value("parked")]).toEqual([null, true]);
    press("2");
    expect(value("parked")).toBe(false);
  });

  test("digits without a value do nothing, other keys are not its own", () => {
    perform(at.app, "walk");
    expect(press("3", "9", "K", "ArrowLeft")).toEqual([true, true, false, false]);
    expect(value("colour")).toBeNull();
    expect(press("Enter")).toEqual([false]);
  });

  test("a locked object keeps its values, and it is said why", () => {
    at.app.view.locked.value = new Set([1]);
    perform(at.app, "walk");
    press("1");
    expect(value("colour")).toBeNull();
    expect(at.app.view.notices.value.at(-1)?.text).toContain("locked");
  });

  test("where nothing has attributes it is said so", () => {
    at.app.view.frame.value = 5;
    perform(at.app, "walk");
    expect(where()).toBeNull();
    expect(at.app.view.notices.value.at(-1)?.text).toContain("No object on this frame");
  });

  test("the field of a text is found by the names of attribute and object", () => {
    perform(at.app, "walk");
    press("ArrowUp");
    const walk = walkOf(at.app);
    expect(walk && fieldName(walk)).toBe("plate of #1 car");
  });
});
