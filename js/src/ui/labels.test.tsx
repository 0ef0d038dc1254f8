// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { CAR, PERSON } from "../actions/testing.ts";
import { labelFromJson } from "../core/json.ts";
import { byRole, draw, drawn, type } from "./testing.ts";

const LABELS = [
  { name: "vehicle" },
  { name: "person", key: "e" },
  { name: "car", parent: "vehicle" },
].map(labelFromJson);

/** A car and a person, with labels below each other and a key of their own. */
async function opened() {
  const made = draw([CAR, PERSON]);
  const { store } = made;
  store.document.receive((now) => ({ ...now, labels: LABELS }), 1, { undo: null, redo: null });
  made.root.focus();
  await drawn();
  const names = () => store.document.annotation.peek().labels.map(({ name }) => name);
  return { ...made, names };
}

test("labels stand below the one they are a kind of, digits go to those without a key", async () => {
  const { root, press, store } = await opened();
  const chips = byRole(root, "radio").slice(0, 3);
  expect(chips.map((chip) => [chip.getAttribute("aria-label"), chip.title])).toEqual([
    ["vehicle", "Label: vehicle (1)"],
    ["car", "Label: car (2)"],
    ["person", "Label: person (E)"],
  ]);
  press("2", { code: "Digit2" });
  expect(store.derived.label.peek()?.name).toBe("car");
  press("e", { code: "KeyE" });
  expect(store.derived.label.peek()?.name).toBe("person");
});

test("the picker finds a label, or adds one, and gives it to the selected track", async () => {
  const { root, find, press, store, track, names } = await opened();
  store.view.selection.value = new Set([1]);
  const search = async (text: string) => {
    press("/", { code: "Slash" });
    await drawn();
    const field = find("combobox", "Find a label") as HTMLInputElement;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await drawn();
    press("Enter");
    await drawn();
  };
  await search("per");
  expect(track(1).label).toBe("person");
  await search("bike");
  expect([track(1).label, names().at(-1)]).toEqual(["bike", "bike"]);
  store.view.labelsLocked.value = true;
  await search("tram");
  expect(root.textContent).toContain("The label set is locked");
  expect(names()).not.toContain("tram");
});

test("a label is renamed, coloured, given a key and a place", async () => {
  const { find, store, names } = await opened();
  store.view.labelEditor.value = true;
  await drawn();
  await type(find("textbox", "Name of the label"), "machine", "Enter");
  expect(names()).toEqual(["machine", "person", "car"]);
  await type(find("textbox", "Key of the label"), "o", "Enter");
  expect(store.view.notice.peek()?.text).toContain("o is the key of 'Occluded from here'");
  const colour = document.querySelector<HTMLInputElement>("[type=color]");
  Object.assign(colour ?? {}, { value: "#12ab34" });
  colour?.dispatchEvent(new Event("change", { bubbles: true }));
  expect(store.document.annotation.peek().labels[0]).toMatchObject({
    name: "machine",
    key: null,
    color: "#12ab34",
  });
});

test("removing a label says what has it and asks what that gets", async () => {
  const { find, root, store, names, track } = await opened();
  store.view.label.value = "person";
  store.view.labelEditor.value = true;
  await drawn();
  expect(root.querySelector(".label-editor")?.textContent).toContain("With this label: 1 track");
  expect((find("button", "Remove person") as HTMLButtonElement).disabled).toBe(true);
  const into = find("combobox", "What has it gets instead") as HTMLSelectElement;
  into.value = "car";
  into.dispatchEvent(new Event("change", { bubbles: true }));
  await drawn();
  find("button", "Merge person into car").click();
  expect([track(2).label, names()]).toEqual(["car", ["vehicle", "car"]]);
  expect(store.view.notice.peek()?.text).toBe("Removed person: 1 track now car.");
});
