// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { CAR } from "../actions/testing.ts";
import { draw, drawn } from "./testing.ts";

test("a slider can be dragged, and then gives the keyboard back", () => {
  const { root, find } = draw([CAR]);
  const slider = root.querySelector<HTMLElement>("[aria-label=Contrast]");
  const isKept = (target: Element | null) =>
    target?.dispatchEvent(
      new MouseEvent("mousedown", { bubbles: true, cancelable: true, composed: true }),
    );
  expect([isKept(slider), isKept(find("button", "Zoom in"))]).toEqual([true, false]);
  slider?.focus();
  slider?.dispatchEvent(new MouseEvent("pointerdown", { bubbles: true, composed: true }));
  expect(document.activeElement).toBe(slider);
  document.dispatchEvent(new MouseEvent("pointerup"));
  expect(document.activeElement).toBe(root);
});

test("a button that can do no more hands the keyboard to the widget, not to the page", async () => {
  const { root, find, app, store } = draw([CAR]);
  store.commit({ kind: "remove_track", track: 1 });
  await drawn();
  const undo = find("button", "Undo: removal of #1");
  undo.focus();
  expect(document.activeElement).toBe(undo);
  app.document.reset(app.document.annotation.peek(), 1, { undo: null, redo: null }, {});
  await drawn();
  expect(document.activeElement).toBe(root);
});
