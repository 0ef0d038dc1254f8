import { toScreen } from "../core/geometry.ts";
import { centre } from "../core/shapes/box.ts";
import { nextOf, pileAt } from "../tools/select.ts";
import { type Action, type App, act, announce, toggle, viewOnly } from "./app.ts";
import { boxless, lockedOut } from "./change.ts";
import { keyText } from "./keymap.ts";
import { trackText } from "./text.ts";

/** What a person does to boxes on the stage. */
export const BOX = {
  "draw-tool": {
    ...act("Draw a new box", (app) => {
      const label = app.derived.label.peek();
      app.view.tool.value = "draw";
      announce(app, `Drag a box${label ? `: ${label.name}` : ""}`);
    }),
    blocked: viewOnly,
    pressed: (app) => app.view.tool.value === "draw",
  },
  "redraw-tool": {
    ...act(
      (app) =>
        `Draw ${app.derived.selected.value ? `#${app.derived.selected.value.id}` : "the box"} anew on this frame`,
      (app) => {
        app.view.tool.value = "redraw";
        announce(app, "Drag the box anew");
      },
    ),
    blocked: lockedOut,
    pressed: (app) => app.view.tool.value === "redraw",
  },
  single: {
    ...toggle("New boxes: this frame only", (view) => view.single),
    run: (app) => {
      const { single } = app.view;
      single.value = !single.peek();
      announce(app, `New boxes: ${single.peek() ? "this frame only" : "to the end"}`);
    },
  },
  "edit-box": act(editTitle, editByKeys, {
    blocked: (app) => (app.view.tool.value === "select" ? boxless(app) : viewOnly(app)),
  }),
  "next-in-pile": act("Next box at this place", selectNext),
} satisfies Record<string, Action>;

function editTitle({ view }: App): string {
  return view.byKeys.value
    ? "Keep the box"
    : "Change the box by keys: arrows move, Ctrl+arrows resize, [ ] turn";
}

function editByKeys(app: App): void {
  const { keyEdit } = app;
  if (keyEdit.active) {
    keyEdit.keep();
  } else {
    keyEdit.begin();
    announce(
      app,
      `Arrows move the box, Ctrl+arrows resize it. ${keyText(app, "edit-box")} keeps it.`,
    );
  }
}

/** Go through the boxes under the pointer; where there is none, through those at the selected box. */
function selectNext(app: App): void {
  const { view, derived } = app;
  const camera = derived.camera.peek();
  const [selected] = derived.active.peek();
  const pointer = view.pointer.peek();
  const under = pointer ? pileAt(app, toScreen(camera, pointer)) : [];
  const place = selected && toScreen(camera, centre(selected.box));
  const pile = under.length > 0 ? under : place ? pileAt(app, place) : [];
  const next = nextOf(pile);
  if (next) {
    view.selection.value = new Set([next.track.id]);
    announce(app, `${trackText(next.track)}, ${pile.indexOf(next) + 1} of ${pile.length} here`);
  } else {
    announce(app, "No box here");
  }
}
