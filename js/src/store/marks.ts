import type { Box } from "../core/shapes/box.ts";
import type { Span } from "../core/track.ts";

/** A range of frames that Python wants a person to look at. */
export type Mark = Span & {
  /** The track it is about. */
  readonly track: number | null;
  readonly text: string;
};

/** What Python wants a person to look at: ranges in order, and boxes by frame. */
export type Marks = {
  readonly name: string;
  readonly spans: readonly Mark[];
  readonly boxes: ReadonlyMap<number, readonly Box[]>;
};

/** Nothing to look at. */
export const NO_MARKS: Marks = { name: "", spans: [], boxes: new Map() };
