// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { CAR } from "../actions/testing.ts";
import { draw, drawn, nameOf } from "./testing.ts";

describe("notices and the live region", () => {
  test("a notice shows, is spoken, and is closed", async () => {
    const { root, store, find } = draw([CAR]);
    store.notify("info", "Occluded on frames 3 to 4.");
    await drawn();
    expect(root.querySelector(".notice")?.textContent).toContain("Occluded on frames 3 to 4.");
    expect(root.querySelector("[role=status]")?.textContent).toBe("Occluded on frames 3 to 4.");
    find("button", "Close this message").click();
    await drawn();
    expect(root.querySelector(".notice")).toBeNull();
  });

  test("an edit that is told of can be taken back, as long as it is the last one", async () => {
    const { store, find, calls, root } = draw([CAR]);
    store.commit({ kind: "set_label", track: 1, label: "person" });
    store.notify("info", "#1 car: now person on all frames.", true);
    await drawn();
    find("button", "Undo (Ctrl+Z)").click();
    expect(calls).toEqual(["undo"]);
    store.commit({ kind: "set_label", track: 1, label: "car" });
    await drawn();
    expect(root.querySelector(".notice")).toBeNull();
  });

  test("an error stays beside what comes after it, other messages replace each other", async () => {
    const { store, root } = draw([CAR]);
    store.notify("info", "first");
    store.notify("error", "disk full");
    store.notify("info", "second");
    store.notify("warning", "third");
    await drawn();
    expect([...root.querySelectorAll(".notice .sp")].map((text) => text.textContent)).toEqual([
      "disk full",
      "third",
    ]);
  });

  test("messages leave the selected box free, and go while it is dragged", async () => {
    const { store, root } = draw([CAR]);
    const place = () => root.querySelector(".notices")?.className;
    store.view.stage.value = { width: 640, height: 480 };
    await drawn();
    expect(place()).toBe("notices bottom");
    store.view.selection.value = new Set([1]);
    store.view.frame.value = 10;
    store.view.preview.value = null;
    store.commit({
      kind: "set_keyframe",
      track: 1,
      frame: 10,
      box: [10, store.derived.video.peek().height - 20, 20, 20],
    });
    await drawn();
    expect(place()).toBe("notices top");
    store.view.preview.value = { boxes: new Map(), draft: null, text: "9 × 9" };
    await drawn();
    expect(place()).toBe("notices top aside");
  });

  test("an error is an alert", async () => {
    const { store, find } = draw([CAR]);
    store.notify("error", "no such label");
    await drawn();
    expect(nameOf(find("alert", "no such label"))).toBe("no such label");
  });
});
