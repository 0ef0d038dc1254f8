import { labelNamed } from "../core/annotation.ts";
import type { Attribute } from "../core/labels.ts";
import type { AttributeValue, Track } from "../core/track.ts";
import { type App, did } from "./app.ts";
import { range } from "./change.ts";
import { reach } from "./reach.ts";

/** The attributes that the label of a track declares. */
export function declaredOf({ document }: App, track: Track): readonly Attribute[] {
  return labelNamed(document.annotation.value, track.label)?.attributes ?? [];
}

/** Set an attribute of a track as far as a change reaches, and say so; null clears it. */
export function setAttribute(
  app: App,
  track: Track,
  { name, per }: Attribute,
  value: AttributeValue | null,
): void {
  const frame = app.view.frame.peek();
  const next = track.attributes.get(name)?.find(([at]) => at > frame)?.[0] ?? null;
  const span = per === "track" ? null : reach(app, track, next);
  if (app.commit({ kind: "set_attribute", track: track.id, name, value, ...span })) {
    const where = span === null ? "all frames" : range(app, span.start, span.stop);
    did(app, `${name} of #${track.id}: ${attributeText(value) || "not set"} on ${where}.`);
  }
}

/** The value of an attribute as it is shown; empty when it is not set. */
export function attributeText(value: AttributeValue | null): string {
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value ?? "");
}
