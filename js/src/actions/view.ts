import { boxAt, geometryAt } from "../core/interpolate.ts";
import { bounds } from "../core/shapes/box.ts";
import { zoomAt, zoomToRect } from "../stage/camera.ts";
import { zoomWindow } from "../timeline/scale.ts";
import { type Action, type App, announce } from "./app.ts";

/** How much one press zooms. */
const ZOOM = 1.25;

/** What is looked at, and what is shown of it: none of it changes the labels. */
export const VIEW = {
  "zoom-out": {
    group: "View",
    repeats: true,
    title: () => "Zoom out",
    run: (app) => zoomBy(app, 1 / ZOOM),
  },
  "zoom-in": {
    group: "View",
    repeats: true,
    title: () => "Zoom in",
    run: (app) => zoomBy(app, ZOOM),
  },
  fit: {
    group: "View",
    title: () => "Fit frame to stage",
    run: ({ store }) => {
      store.view.camera.value = null;
    },
  },
  "actual-size": {
    group: "View",
    title: () => "Show at 100 %",
    run: (app) => zoomBy(app, 1 / app.store.derived.camera.peek().scale),
  },
  "zoom-selection": {
    group: "View",
    title: () => "Zoom to the selection",
    blocked: ({ store }) => (store.derived.selected.value ? null : "Select a track first."),
    run: ({ store: { view, derived } }) => {
      const track = derived.selected.peek();
      const frame = view.frame.peek();
      if (track) {
        const box = boxAt(track, frame) ?? geometryAt(track.keyframes, frame);
        view.camera.value = zoomToRect(bounds(box), view.stage.peek());
      }
    },
  },
  tags: {
    group: "View",
    title: () => "Box tags",
    pressed: ({ store }) => store.view.tags.value,
    run: ({ store }) => {
      store.view.tags.value = !store.view.tags.peek();
    },
  },
  solo: onTrack("Solo", "Unsolo", isSolo, toggleSolo),
  hide: onTrack("Hide", "Show", isHidden, toggleHidden),
  lock: onTrack("Lock", "Unlock", isLocked, toggleLocked),
  "show-all": {
    group: "View",
    title: () => "Show all tracks",
    run: (app) => {
      app.store.view.hidden.value = new Set();
      app.store.view.solo.value = null;
      announce(app, "All tracks are shown");
    },
  },
  "more-frames": {
    group: "View",
    repeats: true,
    title: () => "Timeline: show more frames",
    run: (app) => zoomTimeline(app, 2),
  },
  "fewer-frames": {
    group: "View",
    repeats: true,
    title: () => "Timeline: show fewer frames",
    run: (app) => zoomTimeline(app, 1 / 2),
  },
  "whole-clip": {
    group: "View",
    title: () => "Timeline: show the whole clip",
    run: ({ store }) => {
      const count = store.derived.video.peek().frame_count;
      store.view.window.value = { start: 0, stop: Math.max(count, 1) };
    },
  },
  timeline: {
    group: "View",
    title: ({ store }) => (store.view.timeline.value ? "Fold the timeline" : "Unfold the timeline"),
    run: ({ store }) => {
      store.view.timeline.value = !store.view.timeline.peek();
    },
  },
  panel: {
    group: "View",
    title: ({ store }) => (store.view.panel.value ? "Hide side panel" : "Show side panel"),
    pressed: ({ store }) => store.view.panel.value,
    run: ({ store }) => {
      store.view.panel.value = !store.view.panel.peek();
    },
  },
  find: {
    group: "View",
    title: () => "Find a track",
    pressed: ({ store }) => store.view.find.value !== null,
    run: ({ store: { view } }) => {
      view.find.value = view.find.peek() === null ? "" : null;
      view.panel.value ||= view.find.peek() !== null;
    },
  },
  help: {
    group: "View",
    title: () => "Keyboard map",
    pressed: ({ store }) => store.view.help.value,
    run: ({ store }) => {
      store.view.help.value = !store.view.help.peek();
    },
  },
} satisfies Record<string, Action>;

/** Whether only this track is shown. */
export function isSolo({ store }: App, id: number): boolean {
  return store.view.solo.value === id;
}

/** Whether a track is hidden. */
export function isHidden({ store }: App, id: number): boolean {
  return store.view.hidden.value.has(id);
}

/** Whether a track is locked. */
export function isLocked({ store }: App, id: number): boolean {
  return store.view.locked.value.has(id);
}

/** Show only this track, or all again. */
export function toggleSolo(app: App, id: number): void {
  const { solo } = app.store.view;
  solo.value = solo.peek() === id ? null : id;
  announce(app, solo.peek() === id ? `Only #${id} is shown` : "All tracks are shown");
}

/** Hide a track, or show it. */
export function toggleHidden(app: App, id: number): void {
  app.store.view.hidden.value = toggled(app.store.view.hidden.peek(), id);
  announce(app, `#${id} is ${app.store.view.hidden.peek().has(id) ? "hidden" : "shown"}`);
}

/** Lock a track, or unlock it. */
export function toggleLocked(app: App, id: number): void {
  app.store.view.locked.value = toggled(app.store.view.locked.peek(), id);
  announce(app, `#${id} is ${app.store.view.locked.peek().has(id) ? "locked" : "unlocked"}`);
}

function onTrack(
  on: string,
  off: string,
  is: (app: App, id: number) => boolean,
  toggle: (app: App, id: number) => void,
): Action {
  const id = (app: App) => app.store.derived.selected.value?.id;
  return {
    group: "View",
    title: (app) => {
      const track = id(app);
      return track === undefined ? `${on} the track` : `${is(app, track) ? off : on} #${track}`;
    },
    blocked: (app) => (id(app) === undefined ? "Select a track first." : null),
    run: (app) => toggle(app, id(app) ?? 0),
  };
}

function zoomBy({ store: { view, derived } }: App, factor: number): void {
  const { width, height } = view.stage.peek();
  view.camera.value = zoomAt(derived.camera.peek(), { x: width / 2, y: height / 2 }, factor);
}

function zoomTimeline({ store: { view, derived } }: App, factor: number): void {
  const count = derived.video.peek().frame_count;
  view.window.value = zoomWindow(view.window.peek(), count, view.frame.peek(), factor);
}

function toggled(set: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const next = new Set(set);
  if (!next.delete(id)) {
    next.add(id);
  }
  return next;
}
