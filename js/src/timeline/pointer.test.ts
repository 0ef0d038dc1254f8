// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { type Cancel, onPress } from "./pointer.ts";

let host: HTMLElement;
let said: string[];
let cancel: Cancel;

beforeEach(() => {
  host = document.createElement("div");
  host.setPointerCapture = () => {};
  said = [];
  cancel = onPress(host, new AbortController().signal, ({ x }) => ({
    move: (to) => said.push(`${x} to ${to.x}`),
    finish: (to) => said.push(`${x} at ${to.x}`),
    click: () => said.push(`click ${x}`),
    cancel: () => said.push(`not ${x}`),
  }));
});

function at(type: string, pointerId: number, clientX: number): void {
  host.dispatchEvent(new PointerEvent(type, { pointerId, clientX, button: 0 }));
}

test("a drag is followed, and a press that does not move is a click", () => {
  at("pointerdown", 1, 5);
  at("pointermove", 1, 20);
  at("pointerup", 1, 30);
  at("pointerdown", 1, 7);
  at("pointerup", 1, 8);
  expect(said).toEqual(["5 to 20", "5 at 30", "click 7"]);
});

test("a second finger neither moves nor ends what the first one drags", () => {
  at("pointerdown", 1, 5);
  at("pointermove", 1, 20);
  at("pointerdown", 2, 90);
  at("pointermove", 2, 95);
  at("pointerup", 2, 95);
  at("pointercancel", 2, 95);
  at("pointerup", 1, 30);
  expect(said).toEqual(["5 to 20", "5 at 30"]);
});

test("what is taken back, or lost, is over, and the next press counts", () => {
  at("pointerdown", 1, 5);
  expect(cancel()).toBe(true);
  at("pointerup", 1, 5);
  at("pointerdown", 1, 6);
  at("lostpointercapture", 1, 6);
  at("pointerdown", 3, 7);
  at("pointerup", 3, 7);
  expect(said).toEqual(["not 5", "not 6", "click 7"]);
});
