import type { AttributeSteps, AttributeValue } from "./track.ts";

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

/** What a new track of a label carries: the defaults. */
export function startingSteps(label: Label): AttributeSteps {
  return new Map(
    label.attributes.flatMap(({ name, default: value }) =>
      value === null ? [] : [[name, [[0, value] as const]] as const],
    ),
  );
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
