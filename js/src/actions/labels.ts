import type { Edit } from "../core/edits.ts";
import { type Action, type App, announce } from "./app.ts";
import { VIEW_ONLY } from "./edit.ts";
import type { ActionId } from "./keymap.ts";
import { trackText } from "./text.ts";

/** The ids of the actions of the first nine labels. */
export type LabelAction = Extract<ActionId, `label-${number}`>;

/** Choose the label that new boxes get; with a selection, give it to the selected tracks. */
export function chooseLabel(app: App, name: string): void {
  const { view, document, commit } = app.store;
  view.label.value = name;
  const targets = relabels(app)
    .flatMap((id) => document.annotation.peek().tracks.get(id) ?? [])
    .filter((track) => track.label !== name && !view.locked.peek().has(track.id));
  const edits: Edit[] = targets.map((track) => ({
    kind: "set_label",
    track: track.id,
    label: name,
  }));
  const [only] = edits;
  if (only === undefined) {
    announce(app, `Label: ${name}`);
  } else if (commit(edits.length > 1 ? { kind: "batch", edits } : only)) {
    const what =
      targets.length > 3 ? `${targets.length} tracks` : targets.map(trackText).join(", ");
    app.store.notify("info", `${what}: now ${name} on all frames.`);
  }
}

/** What choosing a label would do, as its tooltip says it. */
export function labelTitle(app: App, name: string): string {
  const chosen = relabels(app);
  const what = chosen.length > 1 ? `${chosen.length} tracks` : `#${chosen[0]}`;
  return chosen.length > 0 ? `Label of ${what}: ${name}` : `Label: ${name}`;
}

/** One action for each label that a digit reaches. */
export const LABELS = Object.fromEntries(
  Array.from({ length: 9 }, (_, index) => [`label-${index + 1}`, labelAction(index)]),
) as Record<LabelAction, Action>;

function labelAction(index: number): Action {
  const name = ({ store }: App) => store.document.annotation.value.labels[index]?.name;
  return {
    group: "Labels",
    title: (app) => labelTitle(app, name(app) ?? `number ${index + 1}`),
    blocked: (app) => {
      if (name(app) === undefined) {
        return `There is no label ${index + 1}.`;
      }
      return app.store.view.readOnly.value && relabels(app).length > 0 ? VIEW_ONLY : null;
    },
    run: (app) => chooseLabel(app, name(app) ?? ""),
  };
}

/** The tracks that a chosen label is given to: the selected ones, but none while drawing. */
function relabels({ store }: App): number[] {
  return store.view.tool.value === "draw" ? [] : [...store.view.selection.value];
}
