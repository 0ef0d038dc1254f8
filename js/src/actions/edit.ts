import { type Action, type App, act, announce, tell, viewOnly } from "./app.ts";
import { leave } from "./focus.ts";
import { keyText } from "./keymap.ts";
import { walkOf } from "./walk.ts";

/** Tools, history, saving, and the way back to the notebook. */
export const EDIT = {
  "select-tool": {
    ...act("Select and edit boxes", (app) => {
      app.view.tool.value = "select";
    }),
    pressed: (app) => app.view.tool.value === "select",
  },
  undo: history("undo", "Undo"),
  redo: history("redo", "Redo"),
  save: act("Save the labels now", (app) => {
    app.save();
    const file = app.view.save.peek().path?.split(/[/\\]/).at(-1);
    const what = file === undefined ? "Saved to the kernel" : `Saving to ${file}`;
    tell(app, `${what}. Esc, then ${keyText(app, "save")} saves the notebook.`);
  }),
  back: act("Cancel, clear the range, deselect, back to the notebook", (app) => {
    const {
      palette,
      picker,
      labelEditor,
      history,
      help,
      walking,
      tool,
      pick,
      keyframes,
      range,
      selection,
    } = app.view;
    if (app.cancel()) {
      announce(app, "Cancelled");
    } else if (app.view.tracking.peek() !== null) {
      app.stopTracking();
    } else if (palette.peek()) {
      palette.value = false;
    } else if (picker.peek() || labelEditor.peek()) {
      picker.value = false;
      labelEditor.value = false;
    } else if (history.peek()) {
      history.value = false;
    } else if (help.peek()) {
      help.value = false;
    } else if (walkOf(app) !== null) {
      walking.value = null;
      announce(app, "Attributes left");
    } else if (pick.peek() !== null) {
      pick.value = null;
      announce(app, "Cancelled");
    } else if (tool.peek() !== "select") {
      tool.value = "select";
    } else if (keyframes.peek().size > 0) {
      keyframes.value = new Map();
      announce(app, "No keyframe selected");
    } else if (range.peek() !== null) {
      range.value = null;
      announce(app, "No range selected");
    } else if (selection.peek().size > 0) {
      selection.value = new Set();
      announce(app, "Nothing selected");
    } else {
      leave(app.root);
    }
  }),
} satisfies Record<string, Action>;

function history(way: "undo" | "redo", word: string): Action {
  const title = (app: App) => {
    const name = app.document.history.value[way];
    return name === null ? word : `${word}: ${name}`;
  };
  return {
    title,
    repeats: true,
    blocked: (app) =>
      viewOnly(app) ?? (app.document.history.value[way] === null ? `Nothing to ${way}.` : null),
    run: (app) => {
      announce(app, title(app));
      app[way]();
    },
  };
}
