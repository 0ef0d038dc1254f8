// @vitest-environment happy-dom
import { describe, expect, test, vi } from "vitest";
import { keys } from "../actions/keymap.json";
import { type ActionId, chordsOf } from "../actions/keymap.ts";
import { ACTIONS } from "../actions/registry.ts";
import { boxStateAt } from "../actions/scope.ts";
import { CAR, createApp, PERSON } from "../actions/testing.ts";
import { matches } from "./arrange.ts";
import { numberOf } from "./Field.tsx";
import { laneCount, sizeOf } from "./layout.ts";
import { byRole, draw, drawn, nameOf, type } from "./testing.ts";

describe("the whole", () => {
  test("has the regions by their roles and names", () => {
    const { root, find } = draw([CAR]);
    expect(root.getAttribute("role")).toBe("region");
    expect(root.getAttribute("aria-label")).toBe("Video annotator, clip.mp4");
    find("toolbar", "Tools");
    find("toolbar", "Playback and keyframes");
    find("radiogroup", "Labels");
    find("group", "Frame 0 of 99, 0 boxes");
    find("slider", "Frame");
    find("slider", "Clip overview, shows frames 0 to 0");
    find("listbox", "Lanes");
    find("option", "#1 car, frames 10 to 99, 3 keyframes, occluded 30 to 49");
    find("grid", "Tracks");
    expect(byRole(root, "status")).toHaveLength(1);
  });

  test("every button has a name, and a tooltip with its key", () => {
    const { root } = draw([CAR]);
    for (const button of root.querySelectorAll("button")) {
      expect(nameOf(button)).not.toBe("");
    }
    const titles = [...root.querySelectorAll("button")].map((button) => button.title);
    expect(titles).toContain("Draw a new box (N)");
    expect(titles).toContain("Label: car (1)");
    expect(titles).toContain("Occluded from here (O): Select a track first.");
  });

  test("the toolbar is one tab stop that the arrows move", async () => {
    const { root, find } = draw([CAR]);
    await drawn();
    const buttons = [...root.querySelectorAll<HTMLButtonElement>(".tools button")];
    const stops = buttons.filter((button) => button.tabIndex === 0 && !button.disabled);
    expect(stops).toHaveLength(1);
    find("button", "Select and edit boxes").focus();
    document.activeElement?.dispatchEvent(
      new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }),
    );
    expect(document.activeElement).toBe(find("button", "Draw a new box"));
  });

  test("the hosts of the canvases stay while it folds, unfolds and narrows", async () => {
    const { root, hosts, app } = draw([CAR]);
    const mark = document.createElement("canvas");
    hosts.lanes.append(mark);
    app.view.timeline.value = false;
    app.view.panel.value = false;
    await drawn();
    app.view.timeline.value = true;
    app.view.frame.value = 3;
    await drawn();
    expect(root.querySelector(".lanes canvas")).toBe(mark);
    expect(root.querySelector(".stage-host")).toBe(hosts.stage);
  });

  test("tells tests where it stands", async () => {
    const { root, app } = draw([CAR]);
    app.view.frame.value = 7;
    await drawn();
    expect(root.dataset).toMatchObject({ ready: "true", frame: "7", painted: "-1", pending: "0" });
  });
});

describe("buttons and keys do the same", () => {
  test("clicking runs the action", async () => {
    const { find, store, calls } = draw([CAR]);
    find("button", "Draw a new box").click();
    expect(store.view.tool.peek()).toBe("draw");
    store.commit({ kind: "set_label", track: 1, label: "person" });
    await drawn();
    find("button", "Undo: label of #1: person").click();
    expect(calls).toEqual(["undo"]);
  });

  test("keys act inside and never reach the page", () => {
    const { root, press, store, signal } = draw([CAR]);
    const outside = vi.fn();
    document.body.addEventListener("keydown", outside, { signal });
    root.focus();
    expect(press("ArrowRight").defaultPrevented).toBe(true);
    expect(store.view.frame.peek()).toBe(1);
    press("b", { code: "KeyB" });
    expect(outside).not.toHaveBeenCalled();
    press("Enter", { code: "Enter", shiftKey: true });
    expect(outside).toHaveBeenCalledOnce();
  });

  test("a key that is held down does not toggle again and again", () => {
    const { root, press, store } = draw([CAR]);
    root.focus();
    press("t", { code: "KeyT" });
    press("t", { code: "KeyT", repeat: true });
    expect(store.view.timeline.peek()).toBe(false);
    press("ArrowRight", { repeat: true });
    expect(store.view.frame.peek()).toBe(1);
  });

  test("the focus is known, and a click leaves it on the root", () => {
    const { root, find, store } = draw([CAR]);
    expect(store.view.focused.peek()).toBe(false);
    find("button", "Fold the timeline").dispatchEvent(
      new MouseEvent("pointerdown", { bubbles: true, composed: true }),
    );
    expect(document.activeElement).toBe(root);
    expect(store.view.focused.peek()).toBe(true);
    expect(root.classList.contains("is-focus")).toBe(true);
  });
});

describe("the panel", () => {
  test("says what is missing", async () => {
    const { root } = draw([]);
    await drawn();
    expect(root.textContent).toContain("No tracks yet. Press N and drag a box.");
    expect(root.textContent).toContain("Select a track to see its details.");
  });

  test("a row selects, its buttons hide, lock and solo", async () => {
    const { find, store } = draw([CAR, PERSON]);
    find("row", "#2person").click();
    expect([...store.view.selection.peek()]).toEqual([2]);
    find("button", "Hide #1").click();
    find("button", "Lock #2").click();
    find("button", "Solo #2").click();
    await drawn();
    find("button", "Show #1");
    find("button", "Unlock #2");
    find("button", "Unsolo #2");
    expect([...store.view.selection.peek()]).toEqual([2]);
  });

  test("a filter that finds nothing says so and can be cleared", async () => {
    const { root, find, press, store } = draw([CAR]);
    root.focus();
    press("F", { code: "KeyF", shiftKey: true });
    await drawn();
    expect(document.activeElement).toBe(find("textbox", "Find a track"));
    store.view.find.value = "bike";
    await drawn();
    expect(root.textContent).toContain("No track matches 'bike'.");
    press("Escape");
    await drawn();
    expect([store.view.find.peek(), document.activeElement === root]).toEqual([null, true]);
    find("row", "#1caroutside");
    expect(matches(createApp([CAR]).track(1), " #1 C")).toBe(true);
  });

  test("details show the box, and a typed number makes a keyframe", async () => {
    const { find, store, track } = draw([CAR]);
    store.view.selection.value = new Set([1]);
    store.view.frame.value = 20;
    await drawn();
    const x = find("textbox", "Left edge") as HTMLInputElement;
    expect(x.value).toBe("10.0");
    await type(x, "33", "Escape");
    expect([x.value, store.document.pending.peek().length]).toEqual(["10.0", 0]);
    await type(x, "33,5", "Enter");
    expect(x.value).toBe("33.5");
    expect([...track(1).keyframes.frames]).toEqual([10, 20, 30, 50]);
    await type(x, "left", "Enter");
    expect([x.value, store.document.pending.peek().length]).toEqual(["33.5", 1]);
  });

  test("state, motion, ends and label are set there", async () => {
    const { find, store, track } = draw([CAR]);
    store.view.selection.value = new Set([1]);
    store.view.frame.value = 60;
    await drawn();
    find("radio", "Occluded").click();
    expect(boxStateAt(track(1), 60)).toBe("occluded");
    await drawn();
    find("radio", "Outside").click();
    await drawn();
    find("radio", "Visible").click();
    expect(boxStateAt(track(1), 60)).toBe("visible");
    await drawn();
    find("radio", "Hold").click();
    expect([...track(1).keyframes.hold].at(-1)).toBe(1);
    await drawn();
    await type(find("textbox", "First frame"), "5", "Enter");
    expect(track(1).keyframes.frames[0]).toBe(5);
    const label = find("combobox", "Label") as HTMLSelectElement;
    label.value = "person";
    label.dispatchEvent(new Event("change", { bubbles: true }));
    expect(track(1).label).toBe("person");
  });

  test("the menu offers the smaller deletions and closes with Esc", async () => {
    const { find, root, store, press } = draw([CAR]);
    store.view.selection.value = new Set([1]);
    store.view.frame.value = 20;
    await drawn();
    find("button", "More on #1").click();
    await drawn();
    expect(byRole(root, "menuitem").map((item) => item.children[1]?.textContent)).toContain(
      "Delete #1 on this frame",
    );
    press("Escape");
    await drawn();
    expect(byRole(root, "menuitem")).toHaveLength(0);
    expect(store.view.selection.peek().size).toBe(1);
  });

  test("scrubbing draws no row of the list again", async () => {
    const { root, store } = draw([CAR, PERSON]);
    store.view.frame.value = 12;
    await drawn();
    const list = root.querySelector(".trk-list");
    const seen = vi.fn();
    const observer = new MutationObserver(seen);
    if (list) {
      observer.observe(list, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
    }
    store.view.frame.value = 13;
    await drawn();
    expect(list).not.toBeNull();
    expect(seen).not.toHaveBeenCalled();
    store.view.frame.value = 30;
    await drawn();
    expect(seen).toHaveBeenCalled();
    observer.disconnect();
  });
});

describe("a person without labels", () => {
  test("can type the first one", async () => {
    const { find, store } = draw([]);
    const { annotation } = store.document;
    store.document.receive((now) => ({ ...now, labels: [] }), 1, { undo: null, redo: null });
    await drawn();
    await type(find("textbox", "New label"), "bike", "Enter");
    expect(annotation.peek().labels.map((label) => label.name)).toEqual(["bike"]);
  });
});

describe("help", () => {
  test("lists every action that has a key, and closes", async () => {
    const { app, root, store, find } = draw([CAR]);
    store.view.help.value = true;
    await drawn();
    const text = find("dialog", "Keyboard map").textContent ?? "";
    for (const id of Object.keys(keys) as ActionId[]) {
      const shown = chordsOf(app, id).length > 0 && !/^label-|^event-[2-9]/.test(id);
      expect(!shown || text.includes(ACTIONS[id].title(createApp([CAR]).app)), id).toBe(true);
    }
    find("button", "Close").click();
    await drawn();
    expect(root.querySelector("[role=dialog]")).toBeNull();
  });
});

describe("the palette", () => {
  /** Type a key into the field that has the focus. */
  const key = (name: string) =>
    document.activeElement?.dispatchEvent(
      new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }),
    );

  test("finds an action by some of its words, does it, and gives the focus back", async () => {
    const { root, find, press, store } = draw([CAR]);
    root.focus();
    press("k", { code: "KeyK", ctrlKey: true });
    await drawn();
    const field = find("combobox", "Find an action") as HTMLInputElement;
    expect(document.activeElement).toBe(field);
    field.value = "box draw";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await drawn();
    expect(byRole(root, "option").map((option) => option.id)).toContain("br-do-draw-tool");
    expect(field.getAttribute("aria-activedescendant")).toBe("br-do-draw-tool");
    key("Enter");
    await drawn();
    expect([store.view.tool.peek(), document.activeElement]).toEqual(["draw", root]);
    expect(root.querySelector(".palette")).toBeNull();
  });

  test("holds every action, those that cannot be done last and with the reason", async () => {
    const { root, store, find } = draw([CAR]);
    store.view.palette.value = true;
    await drawn();
    const lines = byRole(root, "option").filter((option) => option.id.startsWith("br-do-"));
    expect(lines).toHaveLength(Object.keys(ACTIONS).length - 1);
    const off = lines.map((line) => line.getAttribute("aria-disabled") === "true");
    expect(off.indexOf(true)).toBeGreaterThan(off.lastIndexOf(false));
    expect(root.querySelector("#br-do-occluded")?.textContent).toContain("Select a track first.");
    expect(root.querySelector("#br-do-draw-tool")?.textContent).toContain("N");
    key("ArrowUp");
    await drawn();
    const field = find("combobox", "Find an action");
    expect(field.getAttribute("aria-activedescendant")).toBe(lines.at(-1)?.id);
    key("Enter");
    await drawn();
    expect(store.view.palette.peek()).toBe(true);
    key("Escape");
    await drawn();
    expect([store.view.palette.peek(), document.activeElement === root]).toEqual([false, true]);
  });
});

describe("the history", () => {
  test("lists the steps, the newest first, and goes back to one", async () => {
    const { root, find, press, store, calls } = draw([CAR]);
    root.focus();
    press("h", { code: "KeyH", ctrlKey: true });
    await vi.waitFor(() => expect(calls).toEqual(["steps"]));
    store.view.steps.value = {
      revision: 0,
      past: ["add #1", "box of #1 at 3"],
      future: ["split #1"],
    };
    await drawn();
    const rows = [...root.querySelectorAll(".history .sg")].map((row) => row.textContent);
    expect(rows).toEqual(["split #1taken back", "box of #1 at 3now", "add #1", "Opened"]);
    expect(document.activeElement?.textContent).toContain("box of #1 at 3");
    find("button", "Opened").click();
    find("button", "split #1taken back").click();
    expect(calls.slice(1)).toEqual(["travel -2", "travel 1"]);
    store.view.steps.value = { revision: 7, past: [], future: [] };
    await drawn();
    expect(find("button", "Openednow").getAttribute("aria-disabled")).toBe("true");
    press("Escape");
    await drawn();
    expect(root.querySelector(".history")).toBeNull();
  });
});

describe("narrow", () => {
  test("labels are a row, the panel starts folded, the selection has a strip", async () => {
    const { root, store } = draw([CAR, PERSON], 640);
    await drawn();
    expect(root.className).toContain("compact");
    expect(store.view.panel.peek()).toBe(false);
    expect(root.querySelector(".chips [role=radio]")).not.toBeNull();
    store.view.selection.value = new Set([1]);
    store.view.frame.value = 20;
    await drawn();
    expect(root.querySelector(".strip")?.textContent).toContain("#1 carinterpolated 10 to 30");
    store.view.selection.value = new Set([CAR.id, PERSON.id]);
    await drawn();
    expect(root.querySelector(".strip")?.textContent).toContain("#1 carand 1 more");
  });

  test("sizes by the width of the widget", () => {
    expect([1120, 960, 959, 760, 759].map(sizeOf)).toEqual([
      "wide",
      "wide",
      "medium",
      "medium",
      "compact",
    ]);
    expect([680, 500, 300].map((height) => laneCount(false, height))).toEqual([7, 6, 2]);
    expect(laneCount(true, 680)).toBe(5);
  });
});

test("numbers are read as they are typed", () => {
  expect(["3", "2,5", "-1", "", "x", "1e999"].map(numberOf)).toEqual([
    3,
    2.5,
    -1,
    null,
    null,
    null,
  ]);
});
