import { stateAt } from "../core/interpolate.ts";
import type { Attribute, Label } from "../core/labels.ts";
import { type AttributeValue, stepValue, type Track } from "../core/track.ts";

/** What an object may be like on a frame. */
export type Likeness = {
  readonly text: string;
  holds(track: Track, frame: number): boolean;
};

const OCCLUDED: readonly Likeness[] = [
  { text: "occluded", holds: (track, frame) => stateAt(track, frame).occluded },
  { text: "not occluded", holds: (track, frame) => !stateAt(track, frame).occluded },
];

/** What objects may be told apart by: occlusion, and the values of attributes that have few. */
export function likenesses(labels: readonly Label[]): Likeness[] {
  const all = [...OCCLUDED, ...labels.flatMap(({ attributes }) => attributes.flatMap(valuesOf))];
  return [...new Map(all.map((likeness) => [likeness.text, likeness])).values()];
}

function valuesOf({ name, type, choices }: Attribute): Likeness[] {
  if (type === "boolean") {
    return [having(name, name, true), having(`not ${name}`, name, false)];
  }
  return type === "choice" ? choices.map((value) => having(`${name}: ${value}`, name, value)) : [];
}

function having(text: string, name: string, value: AttributeValue): Likeness {
  return {
    text,
    holds: ({ attributes }, frame) => stepValue(attributes.get(name) ?? [], frame) === value,
  };
}
