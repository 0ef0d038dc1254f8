import type { AttributeStep, AttributeSteps, AttributeValue } from "./track.ts";

/** Declares an attribute that tracks and events of a label, or the clip, carry. */
export interface Attribute {
  readonly name: string;
  readonly type: "text" | "number" | "boolean" | "choice";
  readonly choices: readonly string[];
  /** The value that a new track gets. */
  readonly default: AttributeValue | null;
  /** Fixed for the whole track, or step-wise over frames. */
  readonly per: "track" | "frame";
}

/** A class of objects. */
export interface Label {
  readonly name: string;
  /** `#rrggbb`, or null to take the next colour of the palette. */
  readonly color: string | null;
  readonly attributes: readonly Attribute[];
  /** Name of the label it is a kind of. */
  readonly parent: string | null;
  /** The one character that chooses it by keyboard. */
  readonly key: string | null;
  /** What it is offered for. */
  readonly use: "track" | "event" | "both";
}

/** Names of the labels that a label is a kind of, the nearest first. */
export function ancestors(labels: readonly Label[], name: string): string[] {
  const parents = new Map(labels.map((label) => [label.name, label.parent]));
  const found: string[] = [];
  let parent = parents.get(name) ?? null;
  while (parent !== null && !found.includes(parent)) {
    found.push(parent);
    parent = parents.get(parent) ?? null;
  }
  return found;
}

/** What a new track of a label carries: the defaults. */
export function startingSteps(label: Label): AttributeSteps {
  return new Map(
    label.attributes.flatMap(({ name, default: value }) =>
      value === null ? [] : [[name, [[0, value] as const]] as const],
    ),
  );
}

/** Why values do not suit what is declared, null when they do: step-wise ones of a track, or one from frame 0 on. */
export function misfitSteps(
  declared: readonly Attribute[],
  whose: string,
  name: string,
  steps: readonly AttributeStep[],
): string | null {
  if (declared.length === 0) {
    return null;
  }
  const attribute = declared.find((candidate) => candidate.name === name);
  const shown = JSON.stringify(name);
  if (attribute === undefined) {
    const known = declared.map((candidate) => JSON.stringify(candidate.name)).join(", ");
    return `${whose} has no attribute ${shown}: it has ${known}`;
  }
  for (const [frame, value] of steps) {
    if (attribute.per === "track" && frame !== 0) {
      return `attribute ${shown} is fixed for the track: give it one value, not another from frame ${frame} on`;
    }
    const problem = value === null ? null : misfit(attribute, value);
    if (problem !== null) {
      return `attribute ${shown}: ${problem}`;
    }
  }
  return null;
}

/** Why `value` does not suit the attribute, null when it does. */
export function misfit(attribute: Attribute, value: AttributeValue): string | null {
  const shown = JSON.stringify(value);
  if (attribute.type === "choice") {
    const known = attribute.choices.some((choice) => choice === value);
    return known ? null : `${shown} is none of ${attribute.choices.join(", ")}`;
  }
  if (attribute.type === "number") {
    return typeof value === "number" && Number.isFinite(value) ? null : `${shown} is not a number`;
  }
  const type = attribute.type === "text" ? "string" : "boolean";
  return typeof value === type ? null : `${shown} is not a ${attribute.type}`;
}
