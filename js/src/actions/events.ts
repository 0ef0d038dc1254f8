import { nextEventId } from "../core/annotation.ts";
import type { AnnotationEvent } from "../core/events.ts";
import { eventToJson } from "../core/json.ts";
import type { Label } from "../core/labels.ts";
import type { Span } from "../core/track.ts";
import { type Action, type App, act, announce, did, viewOnly } from "./app.ts";
import { range } from "./change.ts";
import type { ActionId } from "./keymap.ts";
import { goTo } from "./navigate.ts";

/** The ids of the actions of the first nine event labels. */
type EventAction = Extract<ActionId, `event-${number}`>;

/** Labelled spans of frames: begun and ended by keys while the clip plays, tags of a frame, of the clip. */
export const EVENTS = {
  event: runAction(eventLabel),
  ...(Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [
      `event-${index + 1}`,
      runAction((app) => eventLabels(app)[index] ?? null, index + 1),
    ]),
  ) as Record<EventAction, Action>),
  "event-tag": adding("this frame", ({ view }) => oneFrame(view.frame.peek())),
  "event-clip": adding("the whole clip", ({ derived }) => ({
    start: 0,
    stop: derived.video.peek().frame_count,
  })),
  "event-start": changing("Let the event start here", (event, frame) => ({
    start: frame,
    stop: Math.max(event.stop, frame + 1),
  })),
  "event-end": changing("Let the event end here", (event, frame) => ({
    start: Math.min(event.start, frame),
    stop: frame + 1,
  })),
  "event-link": act(linkTitle, link, {
    blocked: (app) =>
      unchosen(app) ??
      (linked(app) || app.view.selection.value.size > 0 ? null : "Select the tracks to link."),
  }),
  "event-delete": act("Delete the event", removeEvent, { blocked: unchosen }),
  "previous-event": toEvent("Previous", (events, frame) =>
    events.findLast(({ start }) => start < frame),
  ),
  "next-event": toEvent("Next", (events, frame) => events.find(({ start }) => start > frame)),
} satisfies Record<string, Action>;

/** The labels that are offered for events. */
export function eventLabels({ document }: App): Label[] {
  return document.annotation.value.labels.filter(({ use }) => use !== "track");
}

/** The label that a new event gets. */
export function eventLabel(app: App): Label | null {
  const labels = eventLabels(app);
  return labels.find(({ name }) => name === app.view.eventLabel.value) ?? labels[0] ?? null;
}

/** Choose the label that new events get, and give it to the selected one. */
export function chooseEventLabel(app: App, label: string): void {
  app.view.eventLabel.value = label;
  const event = chosenEvent(app);
  if (event !== null && event.label !== label) {
    changeEvent(app, event, { label }, `Event ${event.id}: now ${label}.`);
  }
}

/** Declare a label for events, and choose it. */
export function addEventLabel(app: App, name: string): void {
  if (app.commit({ kind: "add_label", label: { name, use: "event" } })) {
    app.view.eventLabel.value = name;
    did(app, `${name} is a label for events now.`);
  }
}

/** The selected event, null when none is. */
export function chosenEvent({ view, document }: App): AnnotationEvent | null {
  return document.annotation.value.events.find(({ id }) => id === view.event.value) ?? null;
}

/** Change an event, and say so. */
export function changeEvent(
  app: App,
  event: AnnotationEvent,
  changes: Partial<AnnotationEvent>,
  text: string,
): void {
  // As it is by now: somebody else may have changed the rest of it.
  const now = app.document.annotation.peek().events.find(({ id }) => id === event.id) ?? event;
  if (app.commit({ kind: "set_event", event: eventToJson({ ...now, ...changes }) })) {
    did(app, text);
  }
}

/** Select an event and show its first frame. */
export function showEvent(app: App, event: AnnotationEvent): void {
  app.view.event.value = event.id;
  goTo(app, event.start);
  announce(app, `${event.label}, ${range(app, event.start, event.stop)}`);
}

/** Begin an event of a label, or end the one that was begun; with a range selected, make one of it. */
function runAction(labelOf: (app: App) => Label | null, index?: number): Action {
  const begun = (app: App) => app.view.runs.value.get(labelOf(app)?.name ?? "");
  const name = (app: App) => labelOf(app)?.name ?? (index ? `label ${index}` : "an event");
  return {
    title: (app) => {
      const start = begun(app);
      return app.view.range.value !== null
        ? `Event ${name(app)} on the range`
        : start === undefined
          ? `Event ${name(app)} starts here`
          : `Event ${name(app)} since ${start} ends here`;
    },
    pressed: (app) => begun(app) !== undefined,
    blocked: (app) => viewOnly(app) ?? (labelOf(app) === null ? unlabelled(index) : null),
    run: (app) => run(app, labelOf(app)?.name ?? ""),
  };
}

function unlabelled(index?: number): string {
  return index === undefined
    ? 'There is no label for events: type one in the panel, or Label("…", use="event").'
    : `There is no label ${index} for events.`;
}

function run(app: App, label: string): void {
  const { view } = app;
  const runs = new Map(view.runs.peek());
  const frame = view.frame.peek();
  const start = runs.get(label);
  view.eventLabel.value = label;
  if (view.range.peek() !== null) {
    add(app, label, view.range.peek() ?? oneFrame(frame));
  } else if (start === undefined) {
    view.runs.value = runs.set(label, frame);
    announce(app, `${label} starts at ${frame}`);
  } else {
    runs.delete(label);
    view.runs.value = runs;
    add(app, label, { start: Math.min(start, frame), stop: Math.max(start, frame) + 1 });
  }
}

function add(app: App, label: string, { start, stop }: Span): void {
  const id = nextEventId(app.document.annotation.peek());
  const tracks = [...app.view.selection.peek()];
  const event = { id, label, start, stop, ...(tracks.length > 0 && { tracks }) };
  if (app.commit({ kind: "add_event", event })) {
    app.view.event.value = id;
    const whose = tracks.length > 0 ? ` of ${tracks.map((track) => `#${track}`).join(", ")}` : "";
    did(app, `${label}${whose} on ${range(app, start, stop)}.`);
  }
}

function adding(where: string, span: (app: App) => Span): Action {
  return act(
    (app) => `Tag ${where}${eventLabel(app) ? `: ${eventLabel(app)?.name}` : ""}`,
    (app) => add(app, eventLabel(app)?.name ?? "", span(app)),
    { blocked: (app) => viewOnly(app) ?? (eventLabel(app) === null ? unlabelled() : null) },
  );
}

function changing(title: string, to: (event: AnnotationEvent, frame: number) => Span): Action {
  const run = (app: App) => {
    const event = chosenEvent(app);
    if (event !== null) {
      const span = to(event, app.view.frame.peek());
      const text = `${event.label} is on ${range(app, span.start, span.stop)} now.`;
      changeEvent(app, event, span, text);
    }
  };
  return act(title, run, { blocked: unchosen });
}

function unchosen(app: App): string | null {
  return viewOnly(app) ?? (chosenEvent(app) === null ? "Select an event first." : null);
}

/** Whether the selected tracks take part in the selected event already. */
function linked(app: App): boolean {
  const tracks = chosenEvent(app)?.tracks ?? [];
  const { size } = app.view.selection.value;
  const all = [...app.view.selection.value].every((id) => tracks.includes(id));
  return tracks.length > 0 && all && (size === 0 || size === tracks.length);
}

function linkTitle(app: App): string {
  return linked(app) ? "Unlink the event from its tracks" : "Link the event to the selected tracks";
}

function link(app: App): void {
  const event = chosenEvent(app);
  if (event !== null) {
    const tracks = linked(app) ? [] : [...app.view.selection.peek()];
    const names = tracks.map((id) => `#${id}`).join(", ") || "no track";
    changeEvent(app, event, { tracks }, `${event.label} is linked to ${names}.`);
  }
}

/** Delete the selected event. */
export function removeEvent(app: App): void {
  const event = chosenEvent(app);
  if (event !== null && app.commit({ kind: "remove_event", event: event.id })) {
    app.view.event.value = null;
    did(app, `Deleted ${event.label} on ${range(app, event.start, event.stop)}.`);
  }
}

function toEvent(
  word: "Previous" | "Next",
  pick: (events: AnnotationEvent[], frame: number) => AnnotationEvent | undefined,
): Action {
  const found = ({ document, view }: App) =>
    pick(
      [...document.annotation.value.events].sort((a, b) => a.start - b.start || a.id - b.id),
      view.frame.value,
    );
  return act(
    `${word} event`,
    (app) => {
      const event = found(app);
      if (event) {
        showEvent(app, event);
      }
    },
    {
      blocked: (app) =>
        found(app) ? null : `No event starts ${word === "Next" ? "after" : "before"} this frame.`,
    },
  );
}

function oneFrame(frame: number): Span {
  return { start: frame, stop: frame + 1 };
}
