// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { CAR } from "../actions/testing.ts";
import { boxAt } from "../core/interpolate.ts";
import { labelFromJson } from "../core/json.ts";
import { attributeAt } from "../core/track.ts";
import { draw, drawn, type } from "./testing.ts";

const LABEL = labelFromJson({
  name: "car",
  attributes: [
    { name: "plate", type: "text", per: "track" },
    { name: "speed", type: "number", per: "frame" },
    { name: "parked", type: "boolean", per: "frame" },
    { name: "pose", type: "choice", choices: ["side", "front"], per: "frame" },
  ],
});

/** The car selected on frame 20, with attributes of every type. */
async function opened() {
  const made = draw([CAR]);
  const { store, find } = made;
  store.document.receive((now) => ({ ...now, labels: [LABEL] }), 1, { undo: null, redo: null });
  store.view.selection.value = new Set([1]);
  store.view.frame.value = 20;
  await drawn();
  const choose = async (name: string, value: string) => {
    const list = find("combobox", name) as HTMLSelectElement;
    list.value = value;
    list.dispatchEvent(new Event("change", { bubbles: true }));
    await drawn();
  };
  const valueAt = (name: string, frame: number) => attributeAt(made.track(1), name, frame);
  return { ...made, choose, valueAt };
}

test("attributes of every type are set on the frames that the scope says", async () => {
  const { find, choose, valueAt, store } = await opened();
  await type(find("textbox", "plate"), "B-XY 1", "Enter");
  expect([valueAt("plate", 0), valueAt("plate", 99)]).toEqual(["B-XY 1", "B-XY 1"]);
  await choose("A change applies", "keyframe");
  await type(find("textbox", "speed"), "3.5", "Enter");
  expect([19, 20, 29, 30].map((at) => valueAt("speed", at))).toEqual([null, 3.5, 3.5, null]);
  await choose("A change applies", "frame");
  await choose("parked", "yes");
  expect([20, 21].map((at) => valueAt("parked", at))).toEqual([true, null]);
  store.view.range.value = { start: 40, stop: 45 };
  await drawn();
  await choose("pose", "front");
  expect([20, 39, 40, 44, 45].map((at) => valueAt("pose", at))).toEqual([
    null,
    null,
    "front",
    "front",
    null,
  ]);
  expect((find("combobox", "A change applies") as HTMLSelectElement).value).toBe("range");
  await choose("A change applies", "rest");
  expect([store.view.range.peek(), store.view.scope.peek()]).toEqual([null, "rest"]);
});

test("a value that does not suit is refused with the reason", async () => {
  const { find, valueAt, store } = await opened();
  await type(find("textbox", "speed"), "fast", "Enter");
  expect([valueAt("speed", 20), store.view.notice.peek()?.text]).toEqual([
    null,
    'speed: "fast" is not a number',
  ]);
});

test("state and motion reach as far as the scope says", async () => {
  const { find, choose, track } = await opened();
  await choose("A change applies", "frame");
  find("radio", "Occluded").click();
  await drawn();
  expect(track(1).keyframes.frames.join()).toContain("20,21");
  find("radio", "Outside").click();
  await drawn();
  expect(find("radio", "Outside").getAttribute("aria-checked")).toBe("true");
  expect(find("radio", "Visible").title).toBe("Visible on this frame");
  find("radio", "Visible").click();
  await drawn();
  expect(find("radio", "Visible").getAttribute("aria-checked")).toBe("true");
});

test("notes on the track, the frame and the clip's attributes", async () => {
  const { find, store } = await opened();
  const now = () => store.document.annotation.peek();
  await type(find("textbox", "Note on #1"), "hides behind the bus", "Enter");
  await type(find("textbox", "Note on frame 20"), "rain starts", "Enter");
  expect([now().tracks.get(1)?.note, now().notes.get(20)]).toEqual([
    "hides behind the bus",
    "rain starts",
  ]);
  store.commit({
    kind: "declare_clip_attributes",
    attributes: [{ name: "weather", type: "choice", choices: ["sun", "rain"] }],
  });
  store.view.selection.value = new Set();
  await drawn();
  const weather = find("combobox", "weather") as HTMLSelectElement;
  weather.value = "rain";
  weather.dispatchEvent(new Event("change", { bubbles: true }));
  expect(now().attributes.get("weather")).toBe("rain");
});

test("a group is selected whole", async () => {
  const { find, store } = await opened();
  store.commit({ kind: "set_group", tracks: [1], group: 4 });
  await drawn();
  find("button", "4, 1 track").click();
  expect([...store.view.selection.peek()]).toEqual([1]);
});

test("what is typed is for the object that it was typed for, whoever selects another meanwhile", async () => {
  const { find, store, track, app } = await opened();
  store.commit({ kind: "add_track", track: { ...CAR, id: 2 } });
  const typed = async (name: string, text: string) => {
    store.view.selection.value = new Set([1]);
    await drawn();
    const input = find("textbox", name) as HTMLInputElement;
    input.focus();
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    store.view.selection.value = new Set([2]);
    await drawn();
    const enter = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
    input.dispatchEvent(enter);
  };
  await typed("Left edge", "77");
  expect([1, 2].map((id) => boxAt(track(id), 20)?.x)).toEqual([77, 10]);
  await typed("plate", "B-XY 1");
  expect([1, 2].map((id) => attributeAt(track(id), "plate", 0))).toEqual(["B-XY 1", null]);
  await typed("ID", "9");
  expect([...app.document.annotation.peek().tracks.keys()]).toEqual([1, 2]);
  expect(store.view.notice.peek()?.text).toBe("Not done: #1 car is not selected any more.");
});

test("Enter that ends the writing of a word of Japanese is not the field's", async () => {
  const { find, valueAt } = await opened();
  const input = find("textbox", "plate") as HTMLInputElement;
  input.focus();
  input.value = "くるま";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  const press = (key: string, isComposing: boolean) =>
    input.dispatchEvent(new KeyboardEvent("keydown", { key, isComposing, bubbles: true }));
  press("Enter", true);
  press("Escape", true);
  expect([valueAt("plate", 0), document.activeElement]).toEqual([null, input]);
  press("Enter", false);
  expect(valueAt("plate", 0)).toBe("くるま");
});
