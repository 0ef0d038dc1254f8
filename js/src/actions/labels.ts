import type { Edit } from "../core/edits.ts";
import { type Action, type App, announce, did, viewOnly } from "./app.ts";
import type { ActionId } from "./keymap.ts";
import { commitAll, namesOf, unlockedOf } from "./many.ts";

/** The ids of the actions of the first nine labels. */
export type LabelAction = Extract<ActionId, `label-${number}`>;

/** Choose the label that new boxes get; with a selection, give it to the selected tracks. */
export function chooseLabel(app: App, name: string): void {
  app.view.label.value = name;
  const targets = unlockedOf(app, relabels(app)).filter((track) => track.label !== name);
  const edits = targets.map((track): Edit => ({ kind: "set_label", track: track.id, label: name }));
  if (edits.length === 0) {
    announce(app, `Label: ${name}`);
  } else if (commitAll(app, edits)) {
    did(app, `${namesOf(targets)}: now ${name} on all frames.`);
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
  const name = (app: App) => app.document.annotation.value.labels[index]?.name;
  return {
    title: (app) => labelTitle(app, name(app) ?? `number ${index + 1}`),
    blocked: (app) => {
      if (name(app) === undefined) {
        return `There is no label ${index + 1}.`;
      }
      return relabels(app).length > 0 ? viewOnly(app) : null;
    },
    run: (app) => chooseLabel(app, name(app) ?? ""),
  };
}

/** The tracks that a chosen label is given to: the selected ones, but none while drawing. */
function relabels(app: App): number[] {
  return app.view.tool.value === "draw" ? [] : [...app.view.selection.value];
}
