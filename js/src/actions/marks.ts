import { removeMarks } from "../timeline/propose.ts";
import { type App, did } from "./app.ts";
import { keyText } from "./keymap.ts";
import { counted } from "./text.ts";

/** How many keyframes are selected. */
export function markCount({ derived }: App): number {
  return [...derived.marks.value.values()].reduce((sum, frames) => sum + frames.size, 0);
}

/** Remove the selected keyframes of tracks that are not locked, as one edit. */
export function removeSelectedMarks(app: App): void {
  const { view, derived, document } = app;
  const locked = view.locked.peek();
  const marks = new Map([...derived.marks.peek()].filter(([id]) => !locked.has(id)));
  const edit = removeMarks(document.annotation.peek(), marks);
  if (edit === null) {
    app.notify("info", `Their tracks are locked. ${keyText(app, "lock")} unlocks.`);
    return;
  }
  const frames = [...marks.values()].flatMap((set) => [...set]);
  if (app.commit(edit)) {
    view.keyframes.value = new Map();
    const [only] = frames;
    const [id] = marks.keys();
    const what =
      frames.length === 1 ? `keyframe ${only} of #${id}` : counted(frames.length, "keyframe");
    did(app, `Removed ${what}.`);
  }
}
