import { type Annotation, labelNamed, withLabels, withTracks } from "../annotation.ts";
import { EditError } from "../errors.ts";
import { attributeFromJson, attributeToJson } from "../json.ts";
import { type Attribute, type Label, misfitSteps } from "../labels.ts";
import { type AttributeStep, stepValue } from "../track.ts";
import { checkRange, labelWith, trackWith, withEvents } from "./common.ts";
import type {
  DeclareClipAttributes,
  RenameAttribute,
  SetAttribute,
  SetClipAttribute,
} from "./wire.ts";

/** Give an attribute a value on a range. */
export function setAttribute(annotation: Annotation, edit: SetAttribute): Annotation {
  const track = trackWith(annotation, edit.track);
  const { start, stop } = checkRange(annotation, edit.start ?? 0, edit.stop);
  const toEnd = stop === annotation.video.frame_count;
  const declared = labelNamed(annotation, track.label)?.attributes ?? [];
  const fixed = declared.some(({ name, per }) => name === edit.name && per === "track");
  if (fixed && (start !== 0 || !toEnd)) {
    throw new EditError(
      `attribute ${JSON.stringify(edit.name)} is fixed for the track: set it without start and stop`,
    );
  }
  const whose = `label ${JSON.stringify(track.label)}`;
  refuse(misfitSteps(declared, whose, edit.name, [[0, edit.value]]));
  const old = track.attributes.get(edit.name) ?? [];
  const steps = mergeSteps([
    ...old.filter(([at]) => at < start),
    [start, edit.value],
    ...(toEnd ? [] : [[stop, stepValue(old, stop)] as const]),
    ...old.filter(([at]) => at > stop),
  ]);
  if (sameSteps(steps, old)) {
    return annotation;
  }
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

/** Say something of the whole clip. */
export function setClipAttribute(annotation: Annotation, edit: SetClipAttribute): Annotation {
  const { name, value } = edit;
  refuse(misfitSteps(annotation.declared, "the clip", name, [[0, value]]));
  if ((annotation.attributes.get(name) ?? null) === value) {
    return annotation;
  }
  const attributes = new Map(annotation.attributes);
  if (value === null) {
    attributes.delete(name);
  } else {
    attributes.set(name, value);
  }
  return { ...annotation, attributes };
}

/** Say which attributes the clip may have. */
export function declareClipAttributes(
  annotation: Annotation,
  edit: DeclareClipAttributes,
): Annotation {
  const declared = edit.attributes.map(attributeFromJson);
  checkUnique(declared, "the clip");
  if (sameAttributes(declared, annotation.declared)) {
    return annotation;
  }
  for (const [name, value] of annotation.attributes) {
    if (orphaned(annotation.declared, declared, name, [[0, value]])) {
      throw new EditError(
        `the clip has ${JSON.stringify(value)} as its attribute ${JSON.stringify(name)}, which would not suit any more: change or clear it first`,
      );
    }
  }
  return withLabels(annotation, { declared });
}

/** Give an attribute that a label declares another name; its values follow. */
export function renameAttribute(annotation: Annotation, edit: RenameAttribute): Annotation {
  const label = labelWith(annotation, edit.label);
  const names = label.attributes.map(({ name }) => name);
  const shown = JSON.stringify(label.name);
  if (!names.includes(edit.attribute)) {
    const known = names.map((name) => JSON.stringify(name)).join(", ") || "none";
    throw new EditError(
      `label ${shown} declares no attribute ${JSON.stringify(edit.attribute)}: it declares ${known}`,
    );
  }
  if (edit.name === edit.attribute) {
    return annotation;
  }
  const carriers = [...annotation.tracks.values(), ...annotation.events];
  const mine = carriers.filter((carrier) => carrier.label === label.name);
  if (names.includes(edit.name) || mine.some(({ attributes }) => attributes.has(edit.name))) {
    throw new EditError(
      `label ${shown} has an attribute ${JSON.stringify(edit.name)} already: choose another name`,
    );
  }
  const rename = (name: string) => (name === edit.attribute ? edit.name : name);
  const renamed = <T extends { label: string; attributes: ReadonlyMap<string, V> }, V>(item: T) =>
    item.label === label.name && item.attributes.has(edit.attribute)
      ? { ...item, attributes: new Map([...item.attributes].map(([k, v]) => [rename(k), v])) }
      : item;
  const declared = label.attributes.map((item) => ({ ...item, name: rename(item.name) }));
  const labels = annotation.labels.map((item) =>
    item === label ? { ...label, attributes: declared } : item,
  );
  const tracks = [...annotation.tracks.values()].map((track) => [track, renamed(track)] as const);
  const changed = tracks.filter(([before, after]) => before !== after).map(([, after]) => after);
  return withLabels(withTracks(withEvents(annotation, renamed), changed), { labels });
}

/** Throws EditError where attributes cannot be declared together. */
export function checkUnique(declared: readonly Attribute[], whose: string): void {
  const names = declared.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new EditError(`${whose} declares attribute ${JSON.stringify(twice)} twice`);
  }
}

/** Whether two lists of declared attributes say the same. */
export function sameAttributes(a: readonly Attribute[], b: readonly Attribute[]): boolean {
  return JSON.stringify(a.map(attributeToJson)) === JSON.stringify(b.map(attributeToJson));
}

/** Whether values suited what was declared and would not suit what is to be. */
export function orphaned(
  before: Label["attributes"],
  after: Label["attributes"],
  name: string,
  steps: readonly AttributeStep[],
): boolean {
  return (
    misfitSteps(before, "it", name, steps) === null &&
    misfitSteps(after, "it", name, steps) !== null
  );
}

/** Throws EditError with a reason, unless there is none. */
export function refuse(reason: string | null): void {
  if (reason !== null) {
    throw new EditError(reason);
  }
}

function sameSteps(a: readonly AttributeStep[], b: readonly AttributeStep[]): boolean {
  return (
    a.length === b.length && a.every(([at, value], i) => at === b[i]?.[0] && value === b[i]?.[1])
  );
}
