// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { readVectors } from "../core/testing.ts";
import { chordOf } from "./chords.ts";
import { meaningOf } from "./keyboard.ts";
import type { ActionId } from "./keymap.ts";
import { ACTIONS } from "./registry.ts";
import { createApp } from "./testing.ts";

type Press = KeyboardEventInit & { altGraph?: boolean };
type Vector = {
  name: string;
  given: { focus: "stage" | "button" | "field" };
  when: Press;
  then: ActionId | null;
};

const TAGS = { stage: "div", button: "button", field: "input" };

const { app } = createApp([]);

function event({ altGraph = false, ...init }: Press): KeyboardEvent {
  const press = new KeyboardEvent("keydown", init);
  press.getModifierState = (name) => name === "AltGraph" && altGraph;
  return press;
}

describe("key map vectors", () => {
  test.each(readVectors<Vector>("keymap"))("$name", ({ given, when, then }) => {
    const meaning = meaningOf(app, event(when), document.createElement(TAGS[given.focus]));
    expect(meaning in ACTIONS ? meaning : null).toBe(then);
  });
});

describe("what becomes of keys that are not ours", () => {
  const stage = document.createElement("div");
  test.each<[string, Press, Element, string]>([
    ["letters stay inside", { key: "ö", code: "Semicolon" }, stage, "keep"],
    ["Ctrl chords pass", { key: "u", code: "KeyU", ctrlKey: true }, stage, "pass"],
    ["running a cell passes", { key: "Enter", code: "Enter", shiftKey: true }, stage, "pass"],
    ["Tab passes", { key: "Tab", code: "Tab" }, stage, "pass"],
    ["Enter alone takes the box", { key: "Enter", code: "Enter" }, stage, "edit-box"],
    [
      "a field keeps what would run the cell",
      { key: "Enter", code: "Enter", shiftKey: true },
      document.createElement("input"),
      "keep",
    ],
    ["a list keeps its arrows", { key: "ArrowUp" }, document.createElement("select"), "keep"],
  ])("%s", (_name, press, target, meaning) => {
    expect(meaningOf(app, event(press), target)).toBe(meaning);
  });
});

test("a chord has its modifiers in one order", () => {
  const all = { ctrlKey: true, altKey: true, shiftKey: true };
  expect(chordOf(event({ key: "Q", code: "KeyQ", ...all }))).toBe("Ctrl+Alt+Shift+Q");
});
