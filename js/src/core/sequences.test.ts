import { describe, expect, test } from "vitest";
import { type Annotation, createAnnotation } from "./annotation.ts";
import { applyEdit, type Edit } from "./edits.ts";
import { EditError } from "./errors.ts";
import { type TrackJson, trackToJson } from "./json.ts";
import { type PartsJson, partsFromJson, partsToJson } from "./parts.ts";
import { annotationOf, readVectors } from "./testing.ts";

interface Sequence {
  readonly name: string;
  readonly given: { readonly video: { readonly frames: number } } & Pick<PartsJson, "labels">;
  readonly when: readonly Edit[];
  readonly then: {
    readonly refused: readonly number[];
    readonly every: number;
    readonly states: readonly ({ readonly tracks: readonly TrackJson[] } & PartsJson)[];
  };
}

const sequences = readVectors<Sequence>("sequences");

function opened({ given }: Sequence): Annotation {
  const { video } = annotationOf();
  return createAnnotation({
    video: { ...video, frame_count: given.video.frames },
    ...partsFromJson({ labels: given.labels }),
  });
}

function written(annotation: Annotation): unknown {
  const tracks = [...annotation.tracks.values()].map(trackToJson);
  return JSON.parse(JSON.stringify({ tracks, ...partsToJson(annotation) }));
}

describe.each(sequences)("1,000 edits, $name", (sequence) => {
  test("lead to the document that Python comes to, on the way and at the end", () => {
    const { refused, every, states } = sequence.then;
    let now = opened(sequence);
    sequence.when.forEach((edit, index) => {
      const before = now;
      try {
        now = applyEdit(now, edit);
        expect(refused, JSON.stringify(edit)).not.toContain(index);
      } catch (error) {
        if (!(error instanceof EditError)) {
          throw error;
        }
        expect(refused, `${error.message}: ${JSON.stringify(edit)}`).toContain(index);
        expect(now).toBe(before);
      }
      if ((index + 1) % every === 0) {
        expect(written(now)).toEqual(states[(index + 1) / every - 1]);
      }
    });
    expect(states).toHaveLength(sequence.when.length / every);
  });
});
