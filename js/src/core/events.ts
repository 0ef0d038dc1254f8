import type { AttributeValue } from "./track.ts";

/** A labelled half-open span of frames, with the tracks that take part in it. */
export interface AnnotationEvent {
  readonly id: number;
  readonly label: string;
  readonly start: number;
  readonly stop: number;
  readonly tracks: readonly number[];
  readonly attributes: ReadonlyMap<string, AttributeValue>;
}
