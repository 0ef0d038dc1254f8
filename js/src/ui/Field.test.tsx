// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { Field } from "./Field.tsx";

function shown() {
  const host = document.body.appendChild(document.createElement("div"));
  const typed: string[] = [];
  const show = (value: string) =>
    act(() => render(<Field label="Frame" value={value} onCommit={(t) => typed.push(t)} />, host));
  show("1217");
  const field = host.querySelector("input") as HTMLInputElement;
  return { field, show, typed };
}

test("what is typed replaces a value that comes after the click, too", () => {
  const { field, show } = shown();
  field.focus();
  show("12180");
  expect([field.value, field.selectionStart, field.selectionEnd]).toEqual(["12180", 0, 5]);
  field.setSelectionRange(2, 2);
  show("7");
  expect([field.selectionStart, field.selectionEnd]).toEqual([1, 1]);
});

test("what is being typed stays until Enter, whatever the value is meanwhile", () => {
  const { field, show, typed } = shown();
  field.focus();
  field.value = "3";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  show("1218");
  expect(field.value).toBe("3");
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  expect(typed).toEqual(["3"]);
});
