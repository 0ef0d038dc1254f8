import type { Annotation } from "./annotation.ts";
import {
  type AttributeJson,
  attributeFromJson,
  attributeToJson,
  type EventJson,
  eventFromJson,
  eventToJson,
  type LabelJson,
  labelFromJson,
  labelToJson,
} from "./json.ts";
import type { AttributeValue } from "./track.ts";

/** What a document says besides its video and its tracks, on the wire. */
export interface PartsJson {
  readonly labels: readonly LabelJson[];
  readonly label_version: number;
  readonly declared: readonly AttributeJson[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly notes: readonly (readonly [frame: number, text: string])[];
  readonly events: readonly EventJson[];
  readonly next_id: number;
}

/** Those parts that the wire value has. */
export function partsFromJson(json: Partial<PartsJson>): Partial<Annotation> {
  const { labels, label_version, declared, attributes, notes, events, next_id } = json;
  return {
    ...(labels && { labels: labels.map(labelFromJson) }),
    ...(label_version !== undefined && { label_version }),
    ...(declared && { declared: declared.map(attributeFromJson) }),
    ...(attributes && { attributes: new Map(Object.entries(attributes)) }),
    ...(notes && { notes: new Map(notes) }),
    ...(events && { events: events.map(eventFromJson) }),
    ...(next_id !== undefined && { next_id }),
  };
}

/** The wire value of all parts. */
export function partsToJson(annotation: Annotation): PartsJson {
  return {
    labels: annotation.labels.map(labelToJson),
    label_version: annotation.label_version,
    declared: annotation.declared.map(attributeToJson),
    attributes: Object.fromEntries(annotation.attributes),
    notes: [...annotation.notes],
    events: annotation.events.map(eventToJson),
    next_id: annotation.next_id,
  };
}
