import { toScreen } from "../core/geometry.ts";
import { boxAt, geometryAt } from "../core/interpolate.ts";
import { bounds, centre } from "../core/shapes/box.ts";
import { pan, zoomAt, zoomToRect } from "../stage/camera.ts";
import { fitCamera } from "../store/derived.ts";
import { zoomWindow } from "../timeline/scale.ts";
import { type Action, type App, act, again, announce, toggle, toggled, unselected } from "./app.ts";

/** How much one press zooms. */
const ZOOM = 1.25;
/** Width of the side panel in css px. */
const PANEL = 272;

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
  fit: act("Fit frame to stage", (app) => {
    app.view.camera.value = null;
  }),
  "actual-size": act("Show at 100 %", (app) => zoomBy(app, 1 / app.derived.camera.peek().scale)),
  "zoom-selection": act("Zoom to the selection", zoomToSelection, { blocked: unselected }),
  tags: toggle("Box tags", (view) => view.tags),
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
  timeline: toggle("Unfold the timeline", (view) => view.timeline, "Fold the timeline"),
  panel: {
    ...toggle("Show side panel", (view) => view.panel, "Hide side panel"),
    run: togglePanel,
  },
  find: {
    ...act("Find a track", ({ view }) => {
      view.find.value = view.find.peek() === null ? "" : null;
      view.panel.value ||= view.find.peek() !== null;
    }),
    pressed: (app) => app.view.find.value !== null,
  },
  help: toggle("Keyboard map", (view) => view.help),
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
    run: (app) => flip(app, visibility, id(app) ?? 0),
  };
}

/** In the compact layout the panel takes room of the stage: the zoom stays, the selection is centred. */
function togglePanel({ root, view, derived }: App): void {
  const open = !view.panel.peek();
  if (root.classList.contains("compact")) {
    const { width, height } = view.stage.peek();
    const camera = derived.camera.peek();
    const [shape] = derived.active.peek();
    const middle = shape ? toScreen(camera, centre(shape.box)).x : width / 2;
    const size = { width: width + (open ? -PANEL : PANEL), height };
    const fitted = !open && camera.scale <= fitCamera(size, derived.video.peek()).scale;
    view.camera.value = fitted ? null : pan(camera, size.width / 2 - middle, 0);
  }
  view.panel.value = open;
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
