import type { AttributeValue } from "./track.ts";

/** Declares an attribute that tracks of a label carry. */
export interface Attribute {
  readonly name: string;
  readonly type: "text" | "number" | "boolean" | "choice";
  readonly choices: readonly string[];
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
