import type { Edit } from "../core/edits.ts";
import type { Label } from "../core/labels.ts";
import { type Action, type App, announce, did, viewOnly } from "./app.ts";
import type { ActionId } from "./keymap.ts";
import { commitAll, namesOf, unlockedOf } from "./many.ts";
import { counted } from "./text.ts";

/** The ids of the actions of the labels that a digit reaches. */
export type LabelAction = Extract<ActionId, `label-${number}`>;

/** A label with how deep it stands below others, and the key that chooses it. */
export type Placed = { label: Label; depth: number; key: string | null };

/** The labels for boxes, each below the one it is a kind of; digits go to those without a key, in order. */
export function placedLabels({ document }: App): Placed[] {
  const labels = document.annotation.value.labels.filter(({ use }) => use !== "event");
  const names = new Set(labels.map(({ name }) => name));
  const below = (parent: string | null, depth: number): { label: Label; depth: number }[] =>
    labels
      .filter(
        (label) =>
          (label.parent !== null && names.has(label.parent) ? label.parent : null) === parent,
      )
      .flatMap((label) => [{ label, depth }, ...below(label.name, depth + 1)]);
  const taken = new Set(labels.map(({ key }) => key));
  const digits = "123456789".split("").filter((digit) => !taken.has(digit));
  return below(null, 0).map((placed) => ({
    ...placed,
    key: placed.label.key ?? digits.shift() ?? null,
  }));
}

/** The label that a key press chooses, null when none has that key; a chord of one letter is upper case. */
export function labelOfKey(app: App, chord: string): Label | null {
  const own = placedLabels(app).find(
    ({ label }) => label.key?.toUpperCase() === chord.toUpperCase(),
  );
  return own?.label ?? null;
}

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

/** Why no label can be chosen now, null when one can. */
export function labelBlocked(app: App): string | null {
  return relabels(app).length > 0 ? viewOnly(app) : null;
}

/** Why the label set cannot be changed, null when it can. */
export function labelsLocked(app: App): string | null {
  return (
    viewOnly(app) ??
    (app.view.labelsLocked.value ? "The label set is locked (labels_locked)." : null)
  );
}

/** Add a label and choose it. */
export function addLabel(app: App, name: string): void {
  if (app.commit({ kind: "add_label", label: { name } })) {
    chooseLabel(app, name);
  }
}

/** What has a label, in words: "3 tracks and 1 event"; null when nothing has it. */
export function usersOf({ document, derived }: App, name: string): string | null {
  const tracks = derived.counts.value.get(name) ?? 0;
  const { events } = document.annotation.value;
  const count = events.filter((event) => event.label === name).length;
  const parts = [
    ...(tracks > 0 ? [counted(tracks, "track")] : []),
    ...(count > 0 ? [counted(count, "event")] : []),
  ];
  return parts.join(" and ") || null;
}

/** One action for each label that a digit reaches. */
export const LABELS = Object.fromEntries(
  Array.from({ length: 9 }, (_, index) => [`label-${index + 1}`, labelAction(`${index + 1}`)]),
) as Record<LabelAction, Action>;

function labelAction(digit: string): Action {
  const name = (app: App) => placedLabels(app).find(({ key }) => key === digit)?.label.name;
  return {
    title: (app) => labelTitle(app, name(app) ?? `number ${digit}`),
    blocked: (app) => {
      return name(app) === undefined ? `There is no label ${digit}.` : labelBlocked(app);
    },
    run: (app) => chooseLabel(app, name(app) ?? ""),
  };
}

/** The tracks that a chosen label is given to: the selected ones, but none while drawing. */
function relabels(app: App): number[] {
  return app.view.tool.value === "draw" ? [] : [...app.view.selection.value];
}
