import { type Annotation, labelNamed, withLabels, withTracks } from "../annotation.ts";
import { EditError } from "../errors.ts";
import { labelFromJson } from "../json.ts";
import { type Attribute, misfit } from "../labels.ts";
import { type AttributeStep, stepValue } from "../track.ts";
import { checkRange, trackWith } from "./common.ts";
import type { AddLabel, SetAttribute, SetLabel } from "./wire.ts";

/** Give the track another label. */
export function setLabel(annotation: Annotation, edit: SetLabel): Annotation {
  const track = trackWith(annotation, edit.track);
  checkLabel(annotation, edit.label);
  return withTracks(annotation, [{ ...track, label: edit.label }]);
}

/** Declare a new label. */
export function addLabel(annotation: Annotation, edit: AddLabel): Annotation {
  const label = labelFromJson(edit.label);
  if (labelNamed(annotation, label.name) !== undefined) {
    throw new EditError(
      `there is a label ${JSON.stringify(label.name)} already: choose another name`,
    );
  }
  return withLabels(annotation, { labels: [...annotation.labels, label] });
}

/** Give an attribute a value on a range. */
export function setAttribute(annotation: Annotation, edit: SetAttribute): Annotation {
  const track = trackWith(annotation, edit.track);
  const { start, stop } = checkRange(annotation, edit.start ?? 0, edit.stop);
  const toEnd = stop === annotation.video.frame_count;
  const attribute = declaredAttribute(annotation, track.label, edit.name);
  if (attribute?.per === "track" && (start !== 0 || !toEnd)) {
    throw new EditError(
      `attribute ${JSON.stringify(edit.name)} is fixed for the track: set it without start and stop`,
    );
  }
  const problem = attribute && edit.value !== null ? misfit(attribute, edit.value) : null;
  if (problem !== null) {
    throw new EditError(`attribute ${JSON.stringify(edit.name)}: ${problem}`);
  }
  const old = track.attributes.get(edit.name) ?? [];
  const steps = mergeSteps([
    ...old.filter(([at]) => at < start),
    [start, edit.value],
    ...(toEnd ? [] : [[stop, stepValue(old, stop)] as const]),
    ...old.filter(([at]) => at > stop),
  ]);
  const attributes = new Map(track.attributes);
  if (steps.length > 0) {
    attributes.set(edit.name, steps);
  } else {
    attributes.delete(edit.name);
  }
  return withTracks(annotation, [{ ...track, attributes }]);
}

/** Steps without those that change nothing. */
export function mergeSteps(steps: readonly AttributeStep[]): AttributeStep[] {
  return steps.filter(([, value], index) => value !== (steps[index - 1]?.[1] ?? null));
}

/** Throws EditError unless the label is declared. */
export function checkLabel(annotation: Annotation, name: string): void {
  if (labelNamed(annotation, name) === undefined) {
    const known = annotation.labels.map((label) => JSON.stringify(label.name)).join(", ") || "none";
    throw new EditError(`unknown label ${JSON.stringify(name)}: labels are ${known}; add it first`);
  }
}

function declaredAttribute(
  annotation: Annotation,
  label: string,
  name: string,
): Attribute | undefined {
  const declared = labelNamed(annotation, label)?.attributes ?? [];
  const attribute = declared.find((candidate) => candidate.name === name);
  if (attribute === undefined && declared.length > 0) {
    const known = declared.map((candidate) => JSON.stringify(candidate.name)).join(", ");
    throw new EditError(
      `label ${JSON.stringify(label)} has no attribute ${JSON.stringify(name)}: it has ${known}`,
    );
  }
  return attribute;
}
