import { toScreen } from "../core/geometry.ts";
import { centre } from "../core/shapes/box.ts";
import { pan } from "../stage/camera.ts";
import { fitCamera } from "../store/derived.ts";
import { type Action, type App, act, toggle } from "./app.ts";

/** Width of the side panel in css px. */
const PANEL = 272;

/** The parts of the widget that open and fold. */
export const WIDGET = {
  palette: toggle("Find an action", (view) => view.palette),
  labels: toggle("Find a label", (view) => view.picker),
  "edit-labels": toggle("Change the label set", (view) => view.labelEditor),
  history: toggle("History", (view) => view.history),
  help: toggle("Keyboard map", (view) => view.help),
  find: {
    ...act("Find a track", ({ view }) => {
      view.find.value = view.find.peek() === null ? "" : null;
      view.panel.value ||= view.find.peek() !== null;
    }),
    pressed: (app) => app.view.find.value !== null,
  },
  panel: {
    ...toggle("Show side panel", (view) => view.panel, "Hide side panel"),
    run: togglePanel,
  },
  timeline: toggle("Unfold the timeline", (view) => view.timeline, "Fold the timeline"),
  "full-screen": {
    ...toggle("Full screen", (view) => view.fullScreen, "Leave full screen"),
    blocked: () =>
      globalThis.document.fullscreenEnabled ? null : "This page does not allow full screen.",
    run: (app) => {
      const leaving = app.view.fullScreen.peek();
      const done = leaving
        ? globalThis.document.exitFullscreen()
        : app.root.requestFullscreen({ navigationUI: "hide" });
      done.catch((error) => app.notify("warning", `Full screen was refused: ${error.message}`));
    },
  },
} satisfies Record<string, Action>;

/**
 * In the compact layout the panel takes room of the stage: a picture that was fitted is fitted
 * again, else the zoom stays and the selection is centred.
 */
function togglePanel({ root, view, derived }: App): void {
  const open = !view.panel.peek();
  const [shape] = derived.active.peek();
  if (root.classList.contains("compact") && (shape || view.camera.peek() !== null)) {
    const { width, height } = view.stage.peek();
    const camera = derived.camera.peek();
    const middle = shape ? toScreen(camera, centre(shape.box)).x : width / 2;
    const size = { width: width + (open ? -PANEL : PANEL), height };
    const fitted = !open && camera.scale <= fitCamera(size, derived.video.peek()).scale;
    view.camera.value = fitted ? null : pan(camera, size.width / 2 - middle, 0);
  }
  view.panel.value = open;
}
