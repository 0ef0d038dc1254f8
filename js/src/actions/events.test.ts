import { describe, expect, test } from "vitest";
import { addEventLabel, changeEvent, chooseEventLabel, showEvent } from "./events.ts";
import type { ActionId } from "./keymap.ts";
import { ACTIONS, perform } from "./registry.ts";
import { CAR, createApp } from "./testing.ts";

/** A view of a clip with two labels for events. */
function opened(frame = 0) {
  const made = createApp([CAR]);
  const { view, document } = made.store;
  for (const name of ["crossing", "dark"]) {
    made.store.commit({ kind: "add_label", label: { name, use: "event" } });
  }
  view.frame.value = frame;
  const act = (id: ActionId) => {
    perform(made.app, id);
    return view.notice.peek()?.text;
  };
  const events = () =>
    document.annotation.peek().events.map(({ label, start, stop }) => [label, start, stop]);
  const only = () => {
    const [event] = document.annotation.peek().events;
    if (event === undefined) {
      throw new Error("There is no event.");
    }
    return event;
  };
  return { ...made, view, document, act, events, only };
}

describe("events while the clip plays", () => {
  test("start and end by one key, both frames in it, and playback goes on", () => {
    const { act, app, view, events } = opened(20);
    view.playing.value = true;
    expect(ACTIONS.event.title(app)).toBe("Event crossing starts here");
    act("event");
    expect(events()).toEqual([]);
    expect(ACTIONS.event.pressed?.(app)).toBe(true);
    view.frame.value = 45;
    expect(ACTIONS.event.title(app)).toBe("Event crossing since 20 ends here");
    expect(act("event")).toBe("crossing on frames 20 to 45.");
    expect(events()).toEqual([["crossing", 20, 46]]);
    expect(view.playing.peek()).toBe(true);
  });

  test("of several labels run at the same time", () => {
    const { act, view, events } = opened(20);
    act("event-1");
    view.frame.value = 30;
    act("event-2");
    view.frame.value = 25;
    act("event-2");
    act("event-1");
    expect(events()).toEqual([
      ["dark", 25, 31],
      ["crossing", 20, 26],
    ]);
    expect(act("event-3")).toBe("There is no label 3 for events.");
  });

  test("need a label, which can be typed", () => {
    const { app, store } = createApp([]);
    perform(app, "event");
    expect(store.view.notice.peek()?.text).toContain("There is no label for events");
    addEventLabel(app, "rain");
    perform(app, "event-tag");
    expect(store.document.annotation.peek().events).toMatchObject([
      { label: "rain", start: 0, stop: 1 },
    ]);
  });
});

describe("other events", () => {
  test("are the selected range, a frame, the whole clip, of the selected tracks", () => {
    const { act, view, document } = opened(7);
    view.range.value = { start: 3, stop: 9 };
    view.selection.value = new Set([1]);
    expect(act("event")).toBe("crossing of #1 on frames 3 to 8.");
    view.selection.value = new Set();
    view.range.value = null;
    expect(act("event-tag")).toBe("crossing on frame 7.");
    expect(act("event-clip")).toBe("crossing on frames 0 to 99.");
    expect(document.annotation.peek().events.map(({ tracks }) => tracks)).toEqual([[1], [], []]);
  });

  test("are moved, relabelled, written on, linked and deleted", () => {
    const { act, app, view, events, only } = opened(40);
    act("event-tag");
    view.frame.value = 60;
    expect(act("event-end")).toBe("crossing is on frames 40 to 60 now.");
    view.frame.value = 50;
    act("event-start");
    expect(events()).toEqual([["crossing", 50, 61]]);
    chooseEventLabel(app, "dark");
    expect(events()).toEqual([["dark", 50, 61]]);
    changeEvent(app, only(), { attributes: new Map([["text", "hello"]]) }, "said");
    expect(only().attributes.get("text")).toBe("hello");
    expect(act("event-link")).toBe("Select the tracks to link.");
    view.selection.value = new Set([1]);
    expect(act("event-link")).toBe("dark is linked to #1.");
    expect(only().tracks).toEqual([1]);
    expect(act("event-link")).toBe("dark is linked to no track.");
    view.selection.value = new Set();
    expect(ACTIONS["delete-track"].title(app)).toBe("Delete the event");
    expect(act("delete-track")).toBe("Deleted dark on frames 50 to 60.");
    expect(events()).toEqual([]);
    expect(act("event-delete")).toBe("Select an event first.");
  });

  test("are gone to", () => {
    const { act, app, view, only } = opened(10);
    act("event-tag");
    view.frame.value = 0;
    act("next-event");
    expect([view.frame.peek(), view.event.peek()]).toEqual([10, only().id]);
    expect(act("next-event")).toBe("No event starts after this frame.");
    view.frame.value = 30;
    view.event.value = null;
    act("previous-event");
    expect(view.frame.peek()).toBe(10);
    showEvent(app, only());
    expect(view.announcement.peek()).toBe("crossing, frame 10");
  });

  test("cannot be made where nothing can be edited", () => {
    const { act, view } = opened();
    view.readOnly.value = true;
    for (const id of ["event", "event-1", "event-tag", "event-clip", "event-delete"] as const) {
      expect(act(id)).toBe("View only: opened with read_only=True.");
    }
  });
});

test("a change of an event leaves what somebody else has changed of it meanwhile", () => {
  const { app, act, only, view } = opened(20);
  view.range.value = { start: 20, stop: 30 };
  act("event");
  const seen = only();
  changeEvent(app, seen, { stop: 50 }, "");
  changeEvent(app, seen, { label: "dark" }, "");
  expect(only()).toMatchObject({ label: "dark", start: 20, stop: 50 });
});
