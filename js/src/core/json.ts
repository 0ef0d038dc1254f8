import { AnnotationError } from "./errors.ts";
import type { AnnotationEvent } from "./events.ts";
import {
  type Keyframe,
  type Keyframes,
  keyframeOf,
  keyframesOf,
  type Source,
  slice,
} from "./keyframes.ts";
import type { Attribute, Label } from "./labels.ts";
import { type BoxJson, boxFromJson, boxToJson } from "./shapes/box.ts";
import {
  type AttributeStep,
  type AttributeSteps,
  type AttributeValue,
  dropLeadingOutside,
  type Track,
} from "./track.ts";

/** A keyframe on the wire; fields equal to their default are left out. */
export interface KeyframeJson {
  readonly frame: number;
  readonly box: BoxJson;
  readonly outside?: boolean;
  readonly occluded?: boolean;
  readonly hold?: boolean;
  readonly source?: Source;
  readonly score?: number;
}

/** Steps of attributes on the wire. */
export type StepsJson = Readonly<Record<string, readonly AttributeStep[]>>;

/** A track on the wire. */
export interface TrackJson {
  readonly id: number;
  readonly label: string;
  readonly keyframes: readonly KeyframeJson[];
  readonly attributes?: StepsJson;
  readonly group?: number;
  readonly note?: string;
}

/** A declared attribute on the wire. */
export type AttributeJson = Pick<Attribute, "name" | "type"> & Partial<Attribute>;

/** A label on the wire. */
export interface LabelJson {
  readonly name: string;
  readonly color?: string | null;
  readonly attributes?: readonly AttributeJson[];
  readonly parent?: string | null;
  readonly key?: string | null;
  readonly use?: Label["use"];
}

/** An event on the wire. */
export interface EventJson {
  readonly id: number;
  readonly label: string;
  readonly start: number;
  readonly stop: number;
  readonly tracks?: readonly number[];
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/** What a snapshot says of a track besides its keyframes, of which it has `count`. */
export interface TrackMeta extends Omit<TrackJson, "keyframes"> {
  readonly count: number;
}

/** The track of a wire value; throws AnnotationError when it is not one. */
export function trackFromJson(json: TrackJson): Track {
  if (!Number.isSafeInteger(json.id) || json.id < 1) {
    throw new AnnotationError(`track id ${json.id} is not a positive integer`);
  }
  const keyframes = keyframesOf(json.keyframes.map(keyframeFromJson));
  return trackOf(json, dropLeadingOutside(json.id, keyframes));
}

/** The wire value of a track. */
export function trackToJson(track: Track): TrackJson {
  const count = track.keyframes.frames.length;
  const rows = Array.from({ length: count }, (_, index) => keyframeOf(track.keyframes, index));
  return {
    id: track.id,
    label: track.label,
    keyframes: rows.map(keyframeToJson),
    ...(track.attributes.size > 0 && { attributes: Object.fromEntries(track.attributes) }),
    ...(track.group !== null && { group: track.group }),
    ...(track.note !== "" && { note: track.note }),
  };
}

/** Tracks over the columns of a message, all keyframes one track after the other; nothing is copied. */
export function tracksFromColumns(meta: readonly TrackMeta[], columns: Keyframes): Track[] {
  let start = 0;
  const tracks = meta.map((head) => {
    const keyframes = slice(columns, start, start + head.count);
    start += head.count;
    return trackOf(head, keyframes);
  });
  if (start !== columns.frames.length) {
    throw new AnnotationError(
      `the tracks have ${start} keyframes, the columns ${columns.frames.length}: they are of different messages`,
    );
  }
  return tracks;
}

/** The label of a wire value. */
export function labelFromJson(json: LabelJson): Label {
  return {
    name: json.name,
    color: json.color ?? null,
    attributes: (json.attributes ?? []).map(attributeFromJson),
    parent: json.parent ?? null,
    key: json.key ?? null,
    use: json.use ?? "track",
  };
}

/** The declared attribute of a wire value. */
export function attributeFromJson(json: AttributeJson): Attribute {
  return {
    name: json.name,
    type: json.type,
    choices: json.choices ?? [],
    default: json.default ?? null,
    per: json.per ?? "track",
  };
}

/** The wire value of a label. */
export function labelToJson(label: Label): LabelJson {
  return {
    name: label.name,
    ...(label.color !== null && { color: label.color }),
    ...(label.attributes.length > 0 && { attributes: label.attributes.map(attributeToJson) }),
    ...(label.parent !== null && { parent: label.parent }),
    ...(label.key !== null && { key: label.key }),
    ...(label.use !== "track" && { use: label.use }),
  };
}

/** The event of a wire value. */
export function eventFromJson(json: EventJson): AnnotationEvent {
  return {
    ...json,
    tracks: json.tracks ?? [],
    attributes: new Map(Object.entries(json.attributes ?? {})),
  };
}

/** The wire value of an event. */
export function eventToJson({ tracks, attributes, ...rest }: AnnotationEvent): EventJson {
  return {
    ...rest,
    ...(tracks.length > 0 && { tracks }),
    ...(attributes.size > 0 && { attributes: Object.fromEntries(attributes) }),
  };
}

function trackOf(json: Omit<TrackJson, "keyframes">, keyframes: Keyframes): Track {
  return {
    id: json.id,
    label: json.label,
    keyframes,
    attributes: stepsFromJson(json.attributes ?? {}),
    group: json.group ?? null,
    note: json.note ?? "",
  };
}

function stepsFromJson(json: StepsJson): AttributeSteps {
  return new Map(Object.entries(json).filter(([, steps]) => steps.length > 0));
}

function keyframeFromJson(json: KeyframeJson): Keyframe {
  if (!Number.isSafeInteger(json.frame) || json.frame < 0) {
    throw new AnnotationError(`frame ${json.frame} is no frame: they are counted from 0`);
  }
  return {
    frame: json.frame,
    box: boxFromJson(json.box),
    outside: json.outside ?? false,
    occluded: json.occluded ?? false,
    hold: json.hold ?? false,
    source: json.source ?? "human",
    score: json.score ?? null,
  };
}

function keyframeToJson(row: Keyframe): KeyframeJson {
  return {
    frame: row.frame,
    box: boxToJson(row.box),
    ...(row.outside && { outside: true }),
    ...(row.occluded && { occluded: true }),
    ...(row.hold && { hold: true }),
    ...(row.source !== "human" && { source: row.source }),
    ...(row.score !== null && { score: row.score }),
  };
}

/** The wire value of a declared attribute. */
export function attributeToJson(attribute: Attribute): AttributeJson {
  return {
    name: attribute.name,
    type: attribute.type,
    ...(attribute.choices.length > 0 && { choices: attribute.choices }),
    ...(attribute.default !== null && { default: attribute.default }),
    ...(attribute.per !== "track" && { per: attribute.per }),
  };
}
