import { type Action, announce, tell } from "./app.ts";
import { leave } from "./focus.ts";
import { keyText } from "./keymap.ts";

/** Why nothing can be edited, null when it can. */
export const VIEW_ONLY = "View only: run the cell to edit.";

/** Tools, history, saving, and the way back to the notebook. */
export const EDIT = {
  "select-tool": {
    group: "Edit",
    title: () => "Select and edit boxes",
    pressed: ({ store }) => store.view.tool.value === "select",
    run: ({ store }) => {
      store.view.tool.value = "select";
    },
  },
  "draw-tool": {
    group: "Edit",
    title: () => "Draw a new box",
    blocked: ({ store }) => (store.view.readOnly.value ? VIEW_ONLY : null),
    pressed: ({ store }) => store.view.tool.value === "draw",
    run: (app) => {
      const label = app.store.derived.label.peek();
      app.store.view.tool.value = "draw";
      announce(app, `Drag a box${label ? `: ${label.name}` : ""}`);
    },
  },
  undo: {
    group: "Edit",
    repeats: true,
    title: ({ store }) => named("Undo", store.document.history.value.undo),
    blocked: ({ store }) =>
      store.view.readOnly.value
        ? VIEW_ONLY
        : store.document.history.value.undo === null && !store.document.stepping
          ? "Nothing to undo."
          : null,
    run: (app) => {
      announce(app, named("Undone", app.store.document.history.peek().undo));
      app.undo();
    },
  },
  redo: {
    group: "Edit",
    repeats: true,
    title: ({ store }) => named("Redo", store.document.history.value.redo),
    blocked: ({ store }) =>
      store.view.readOnly.value
        ? VIEW_ONLY
        : store.document.history.value.redo === null && !store.document.stepping
          ? "Nothing to redo."
          : null,
    run: (app) => {
      announce(app, named("Redone", app.store.document.history.peek().redo));
      app.redo();
    },
  },
  save: {
    group: "Edit",
    title: () => "Save the labels now",
    run: (app) => {
      app.save();
      tell(app, `Saved to the kernel. Esc, then ${keyText("save")} saves the notebook.`);
    },
  },
  back: {
    group: "Edit",
    title: () => "Cancel, then deselect, then back to the notebook",
    run: (app) => {
      const { view } = app.store;
      if (app.cancel()) {
        announce(app, "Cancelled");
      } else if (view.help.peek()) {
        view.help.value = false;
      } else if (view.tool.peek() === "draw") {
        view.tool.value = "select";
      } else if (view.selection.peek().size > 0) {
        view.selection.value = new Set();
        announce(app, "Nothing selected");
      } else {
        leave(app.root);
      }
    },
  },
} satisfies Record<string, Action>;

function named(what: string, name: string | null): string {
  return name === null ? what : `${what}: ${name}`;
}
