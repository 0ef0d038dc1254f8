import { describe, expect, test } from "vitest";
import type { ItemMark } from "../store/view.ts";
import type { ActionId } from "./keymap.ts";
import { ACTIONS, perform } from "./registry.ts";
import { createApp } from "./testing.ts";

/** A view of videos with these marks, the one at an index shown. */
function opened(marks: readonly (ItemMark | null)[], item: number) {
  const { app, calls } = createApp([]);
  app.view.items.value = marks.map((mark, index) => ({ name: `${index}.mp4`, mark }));
  app.view.item.value = item;
  const act = (id: ActionId) => {
    perform(app, id);
    return app.view.notice.peek()?.text ?? calls;
  };
  return { app, act };
}

describe("several videos", () => {
  test("are gone through one by one", () => {
    const { act, app } = opened([null, null], 0);
    expect(ACTIONS["next-item"].title(app)).toBe("Next video: 1.mp4");
    expect(act("next-item")).toEqual(["open 1"]);
    expect(act("previous-item")).toBe("This is the first video.");
    expect(opened([null, null], 1).act("next-item")).toBe("This is the last video.");
    expect(opened([null], 0).act("next-item")).toContain("There is one video only");
  });

  test("done goes on to the next of which nothing was said", () => {
    expect(opened([null, "discarded", null], 0).act("mark-done")).toEqual([
      "mark 0 done",
      "open 2",
    ]);
    expect(opened(["done", null], 1).act("mark-discarded")).toEqual(["mark 1 discarded"]);
  });

  test("done again takes it back and stays", () => {
    const { act, app } = opened(["done", null], 0);
    expect(ACTIONS["mark-done"].title(app)).toBe("Not done");
    expect(ACTIONS["mark-done"].pressed?.(app)).toBe(true);
    expect(act("mark-done")).toEqual(["mark 0 null"]);
  });
});
