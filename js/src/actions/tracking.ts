import { type Action, type App, act, announce, unselected, viewOnly } from "./app.ts";
import { locked, outside } from "./reasons.ts";

/** An object is followed through the pictures, by the kernel. */
export const TRACKING = {
  "track-forward": act(
    (app) =>
      `Follow the object from here ${stopOf(app) === null ? "on" : "to the end of the range"}`,
    (app) => {
      const { selected } = app.derived;
      const id = selected.peek()?.id;
      if (id !== undefined) {
        app.track(id, app.view.frame.peek(), stopOf(app));
        announce(app, `Following #${id}. Escape stops it.`);
      }
    },
    { blocked },
  ),
} satisfies Record<string, Action>;

function blocked(app: App): string | null {
  const track = app.derived.selected.value;
  const running = app.view.tracking.value;
  if (running !== null) {
    return `#${running.track} is being followed. Esc stops it.`;
  }
  if (track === null) {
    return viewOnly(app) ?? unselected(app);
  }
  const frame = app.view.frame.value;
  return viewOnly(app) ?? locked(app, track) ?? outside(track, frame, app);
}

/** The end of the selected range, if the frame shown lies in it. */
function stopOf({ view }: App): number | null {
  const range = view.range.value;
  const frame = view.frame.value;
  return range && range.start <= frame && frame < range.stop ? range.stop : null;
}
