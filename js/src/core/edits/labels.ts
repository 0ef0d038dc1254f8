import { type Annotation, labelNamed, withLabels, withTracks } from "../annotation.ts";
import { EditError } from "../errors.ts";
import { labelFromJson, labelToJson } from "../json.ts";
import { ancestors, type Label } from "../labels.ts";
import { checkUnique, orphaned, sameAttributes } from "./attributes.ts";
import { labelWith, trackWith, withEvents } from "./common.ts";
import type { AddLabel, EditLabel, RemoveLabel, RenameLabel, SetLabel } from "./wire.ts";

/** Give the track another label. */
export function setLabel(annotation: Annotation, edit: SetLabel): Annotation {
  const track = trackWith(annotation, edit.track);
  const { name } = labelWith(annotation, edit.label);
  return name === track.label ? annotation : withTracks(annotation, [{ ...track, label: name }]);
}

/** Declare a new label. */
export function addLabel(annotation: Annotation, edit: AddLabel): Annotation {
  const label = labelFromJson(edit.label);
  checkFree(annotation, label.name);
  const labels = [...annotation.labels, label];
  checkLabels(labels, label);
  return withLabels(annotation, { labels });
}

/** Declare a label otherwise. */
export function editLabel(annotation: Annotation, edit: EditLabel): Annotation {
  const label = labelFromJson(edit.label);
  const old = labelWith(annotation, label.name);
  if (JSON.stringify(labelToJson(label)) === JSON.stringify(labelToJson(old))) {
    return annotation;
  }
  const labels = annotation.labels.map((known) => (known === old ? label : known));
  checkLabels(labels, label);
  if (!sameAttributes(label.attributes, old.attributes)) {
    checkValues(annotation, old, label);
  }
  return withLabels(annotation, { labels });
}

/** Give a label another name. */
export function renameLabel(annotation: Annotation, edit: RenameLabel): Annotation {
  const old = labelWith(annotation, edit.label);
  if (edit.name === old.name) {
    return annotation;
  }
  checkFree(annotation, edit.name);
  const labels = adopted(annotation, old.name, edit.name).map((label) =>
    label.name === old.name ? { ...label, name: edit.name } : label,
  );
  return relabelled(annotation, old.name, edit.name, labels);
}

/** Remove a label, or merge it into another. */
export function removeLabel(annotation: Annotation, edit: RemoveLabel): Annotation {
  const { name, parent } = labelWith(annotation, edit.label);
  const shown = JSON.stringify(name);
  if (edit.into === undefined) {
    const tracks = [...annotation.tracks.values()].filter(({ label }) => label === name).length;
    const events = annotation.events.filter(({ label }) => label === name).length;
    if (tracks + events > 0) {
      throw new EditError(
        `label ${shown} is on ${counted(tracks, events)}: say with into= which label they get`,
      );
    }
  }
  if (edit.into === name) {
    throw new EditError(`label ${shown} cannot be merged into itself: choose another`);
  }
  const into = edit.into === undefined ? null : labelWith(annotation, edit.into).name;
  const below = into !== null && ancestors(annotation.labels, into).includes(name);
  const heir = into === null || below ? parent : into;
  const labels = adopted(annotation, name, heir).filter((label) => label.name !== name);
  return relabelled(annotation, name, into, labels);
}

/** Throws EditError unless a name is free. */
function checkFree(annotation: Annotation, name: string): void {
  if (typeof name !== "string" || name === "") {
    throw new EditError(
      `the name of a label must be a text that is not empty, not ${JSON.stringify(name)}`,
    );
  }
  if (labelNamed(annotation, name) !== undefined) {
    throw new EditError(`there is a label ${JSON.stringify(name)} already: choose another name`);
  }
}

/** Throws EditError where one of the labels does not suit the others. */
function checkLabels(labels: readonly Label[], label: Label): void {
  const shown = JSON.stringify(label.name);
  checkUnique(label.attributes, `label ${shown}`);
  const { key, parent } = label;
  if (key !== null && ([...key].length !== 1 || /\s/u.test(key))) {
    throw new EditError(`the key of label ${shown} is ${JSON.stringify(key)}: give one character`);
  }
  const same = labels.filter((other) => key !== null && other.key === key);
  if (same.length > 1) {
    const names = same.map(({ name }) => JSON.stringify(name)).join(" and ");
    throw new EditError(`labels ${names} both have the key ${JSON.stringify(key)}: change one`);
  }
  if (parent !== null && !labels.some(({ name }) => name === parent)) {
    throw new EditError(
      `label ${shown} has the parent ${JSON.stringify(parent)}, but there is no such label: add it first`,
    );
  }
  if (ancestors(labels, label.name).includes(label.name)) {
    throw new EditError(`label ${shown} would be its own ancestor: choose another parent`);
  }
}

/** All labels, those below one of them put below another. */
function adopted({ labels }: Annotation, old: string, parent: string | null): Label[] {
  return labels.map((label) => (label.parent === old ? { ...label, parent } : label));
}

/** Other labels in place; what has the label `old` gets `label`. */
function relabelled(
  annotation: Annotation,
  old: string,
  label: string | null,
  labels: readonly Label[],
): Annotation {
  if (label === null) {
    return withLabels(annotation, { labels });
  }
  const tracks = [...annotation.tracks.values()].filter((track) => track.label === old);
  const changed = withEvents(annotation, (event) =>
    event.label === old ? { ...event, label } : event,
  );
  return withLabels(
    withTracks(
      changed,
      tracks.map((track) => ({ ...track, label })),
    ),
    { labels },
  );
}

/** Throws EditError where values of tracks or events would be orphaned. */
function checkValues(annotation: Annotation, old: Label, label: Label): void {
  const counts = new Map<string, { tracks: number; events: number }>();
  const count = (name: string, what: "tracks" | "events") => {
    const found = counts.get(name) ?? { tracks: 0, events: 0 };
    counts.set(name, { ...found, [what]: found[what] + 1 });
  };
  const lost = (name: string, steps: Parameters<typeof orphaned>[3]) =>
    orphaned(old.attributes, label.attributes, name, steps);
  for (const track of annotation.tracks.values()) {
    if (track.label === old.name) {
      for (const [name, steps] of track.attributes) {
        lost(name, steps) && count(name, "tracks");
      }
    }
  }
  for (const event of annotation.events) {
    if (event.label === old.name) {
      for (const [name, value] of event.attributes) {
        lost(name, [[0, value]]) && count(name, "events");
      }
    }
  }
  for (const [name, { tracks, events }] of counts) {
    throw new EditError(
      `label ${JSON.stringify(old.name)} cannot change so: values of ${JSON.stringify(name)} on ${counted(tracks, events)} would not suit any more; change those first`,
    );
  }
}

function counted(tracks: number, events: number): string {
  const counts = [
    [tracks, "track"],
    [events, "event"],
  ] as const;
  return counts
    .filter(([number]) => number > 0)
    .map(([number, noun]) => `${number} ${noun}${number === 1 ? "" : "s"}`)
    .join(" and ");
}
