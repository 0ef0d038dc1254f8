import { boxAt, geometryAt } from "../core/interpolate.ts";
import { bounds } from "../core/shapes/box.ts";
import { zoomAt, zoomToRect } from "../stage/camera.ts";
import { zoomWindow } from "../timeline/scale.ts";
import { type Action, type App, act, again, announce, toggle, toggled, unselected } from "./app.ts";

/** How much one press zooms. */
const ZOOM = 1.25;

/** A way to show a track more or less: its words, whether it is in force, how it is turned round. */
export type Visibility = {
  on: string;
  off: string;
  is(app: App, id: number): boolean;
  flip(app: App, id: number): void;
};

/** Show one track alone, hide it, keep it from being changed. */
export const VISIBILITY = {
  solo: {
    on: "Solo",
    off: "Unsolo",
    is: (app, id) => app.view.solo.value === id,
    flip: ({ view }, id) => {
      view.solo.value = view.solo.peek() === id ? null : id;
    },
  },
  hide: ofSet("Hide", "Show", "hidden"),
  lock: ofSet("Lock", "Unlock", "locked"),
} satisfies Record<string, Visibility>;

/** What is looked at, and what is shown of it: none of it changes the labels. */
export const VIEW = {
  "zoom-out": again("Zoom out", (app) => zoomBy(app, 1 / ZOOM)),
  "zoom-in": again("Zoom in", (app) => zoomBy(app, ZOOM)),
  fit: act("Fit frame to stage", ({ view }) => {
    view.following.value = false;
    view.camera.value = null;
  }),
  "actual-size": act("Show at 100 %", (app) => zoomBy(app, 1 / app.derived.camera.peek().scale)),
  "zoom-selection": act("Zoom to the selection", zoomToSelection, { blocked: unselected }),
  follow: {
    ...toggle("Follow the selected track", (view) => view.following),
    blocked: (app) => (app.view.following.value ? null : unselected(app)),
  },
  solo: ofSelected(VISIBILITY.solo),
  hide: ofSelected(VISIBILITY.hide),
  lock: ofSelected(VISIBILITY.lock),
  "show-all": act("Show all tracks", (app) => {
    app.view.hidden.value = new Set();
    app.view.solo.value = null;
    announce(app, "All tracks are shown");
  }),
  "more-frames": again("Timeline: show more frames", (app) => zoomTimeline(app, 2)),
  "fewer-frames": again("Timeline: show fewer frames", (app) => zoomTimeline(app, 1 / 2)),
  "whole-clip": act("Timeline: show the whole clip", (app) => {
    app.view.window.value = {
      start: 0,
      stop: Math.max(app.derived.video.peek().frame_count, 1),
    };
  }),
} satisfies Record<string, Action>;

function ofSet(on: string, off: string, name: "hidden" | "locked"): Visibility {
  return {
    on,
    off,
    is: (app, id) => app.view[name].value.has(id),
    flip: (app, id) => {
      app.view[name].value = toggled(app.view[name].peek(), id);
    },
  };
}

/** What turning it round would do to a track: "Hide #2". */
export function flipTitle(app: App, { on, off, is }: Visibility, id: number): string {
  return `${is(app, id) ? off : on} #${id}`;
}

/** Turn it round for a track, and say so. */
export function flip(app: App, visibility: Visibility, id: number): void {
  announce(app, flipTitle(app, visibility, id));
  visibility.flip(app, id);
}

function ofSelected(visibility: Visibility): Action {
  const id = (app: App) => app.derived.selected.value?.id;
  return {
    title: (app) => {
      const track = id(app);
      return track === undefined ? `${visibility.on} the track` : flipTitle(app, visibility, track);
    },
    blocked: unselected,
    run: (app) => {
      const [first, ...others] = app.view.selection.peek();
      const on = first !== undefined && visibility.is(app, first);
      const alike = visibility === VISIBILITY.solo ? [] : others;
      for (const other of [...alike, first ?? 0]) {
        if (visibility.is(app, other) === on) {
          flip(app, visibility, other);
        }
      }
      if (alike.length > 0) {
        announce(app, `${on ? visibility.off : visibility.on} ${alike.length + 1} tracks`);
      }
    },
  };
}

function zoomBy({ view, derived }: App, factor: number): void {
  const { width, height } = view.stage.peek();
  view.camera.value = zoomAt(derived.camera.peek(), { x: width / 2, y: height / 2 }, factor);
}

function zoomToSelection({ view, derived }: App): void {
  const track = derived.selected.peek();
  if (track) {
    const frame = view.frame.peek();
    const box = boxAt(track, frame) ?? geometryAt(track.keyframes, frame);
    view.camera.value = zoomToRect(bounds(box), view.stage.peek());
  }
}

function zoomTimeline({ view, derived }: App, factor: number): void {
  const count = derived.video.peek().frame_count;
  view.window.value = zoomWindow(view.window.peek(), count, view.frame.peek(), factor);
}
