import { describe, expect, test } from "vitest";
import { type Annotation, createAnnotation } from "./annotation.ts";
import { applyEdit, type Edit } from "./edits.ts";
import { EditError } from "./errors.ts";
import { boxAt, stateAt } from "./interpolate.ts";
import {
  type EventJson,
  eventFromJson,
  eventToJson,
  type LabelJson,
  labelFromJson,
  labelToJson,
  type TrackJson,
  trackFromJson,
  trackToJson,
} from "./json.ts";
import { type PartsJson, partsFromJson, partsToJson } from "./parts.ts";
import { boxToJson } from "./shapes/box.ts";
import { annotationOf, readVectors } from "./testing.ts";
import { spans } from "./track.ts";

interface Vector<Given, When, Then> {
  readonly name: string;
  readonly given: Given;
  readonly when: When;
  readonly then: Then;
}

type Interpolation = Vector<
  { readonly track: TrackJson },
  { readonly frames: readonly number[] },
  unknown
>;

interface Document extends Partial<PartsJson> {
  readonly video: { readonly frames: number };
  readonly tracks: readonly TrackJson[];
}

type Changed = Partial<PartsJson> & { readonly tracks?: readonly TrackJson[] };
type Edited = Vector<Document, Edit, Changed & { readonly error?: string }>;

interface Piece {
  readonly track?: TrackJson;
  readonly label?: LabelJson;
  readonly event?: EventJson;
}

type Read = Vector<Piece, "read", Piece & { readonly spans?: unknown; readonly error?: string }>;

/** A value as it is written, for an exact comparison. */
function written(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe("interpolation", () => {
  test.each(readVectors<Interpolation>("interpolation"))("$name", ({ given, when, then }) => {
    const track = trackFromJson(given.track);
    const boxes = when.frames.map((frame) => {
      const box = boxAt(track, frame);
      return box && boxToJson(box);
    });
    const occluded = when.frames.map((frame) => {
      const state = stateAt(track, frame);
      return state.present && state.occluded;
    });
    expect(written({ boxes, occluded })).toEqual(then);
  });
});

describe("edits", () => {
  test.each(readVectors<Edited>("edits"))("$name", ({ given, when, then }) => {
    const annotation = read(given);
    if (then.error !== undefined) {
      expect(() => applyEdit(annotation, when)).toThrow(EditError);
      expect(() => applyEdit(annotation, when)).toThrow(then.error);
      return;
    }
    const result = applyEdit(annotation, when);
    const parts = Object.entries(partsToJson(result));
    const changed = parts.filter(([name]) => {
      const part = name as keyof PartsJson;
      return result[part] !== annotation[part];
    });
    const tracks = [...result.tracks.values()].map(trackToJson);
    expect(written({ tracks, ...Object.fromEntries(changed) })).toEqual(then);
    if (changed.length === 0 && isSame(tracks, given.tracks)) {
      expect(result).toBe(annotation);
    }
  });

  function isSame(tracks: readonly TrackJson[], others: readonly TrackJson[]): boolean {
    const plain = others.map((track) => trackToJson(trackFromJson(track)));
    return JSON.stringify(tracks) === JSON.stringify(plain);
  }

  function read({ video, tracks, ...parts }: Document): Annotation {
    const small = annotationOf(...tracks);
    const { next_id, ...said } = partsFromJson(parts);
    return createAnnotation({
      ...small,
      ...said,
      video: { ...small.video, frame_count: video.frames },
      next_id: Math.max(small.next_id, next_id ?? 1),
    });
  }
});

describe("document", () => {
  const readable = readVectors<Read>("document").filter(
    ({ given, then }) => then.error === undefined && !("video" in given),
  );

  test.each(readable)("$name", ({ given, then }) => {
    expect(written(back(given))).toEqual(then);
  });

  function back({ track, label, event }: Piece): unknown {
    if (track) {
      const read = trackFromJson(track);
      // The end of the video is written as null, and so is infinity.
      const from = spans(read, Number.POSITIVE_INFINITY);
      return { track: trackToJson(read), spans: from.map(({ start, stop }) => [start, stop]) };
    }
    if (label) {
      return { label: labelToJson(labelFromJson(label)) };
    }
    return { event: event && eventToJson(eventFromJson(event)) };
  }
});
