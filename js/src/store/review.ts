import type { Span, Track } from "../core/track.ts";

/** What can be wrong with a prediction; `docs/metrics.md` defines each. */
export type ErrorKind = keyof typeof KINDS;

/** The shape and colour of an error's mark. */
export type Glyph = "miss" | "fp" | "idsw" | "iou";

/** Every kind of error: its name, and the mark that it shares with its like. */
export const KINDS = {
  miss: { name: "Miss", glyph: "miss" },
  late_start: { name: "Late start", glyph: "miss" },
  early_end: { name: "Early end", glyph: "miss" },
  false_positive: { name: "False positive", glyph: "fp" },
  duplicate: { name: "Duplicate", glyph: "fp" },
  low_iou: { name: "Low IoU", glyph: "iou" },
  wrong_class: { name: "Wrong class", glyph: "iou" },
  switch: { name: "ID switch", glyph: "idsw" },
  fragmentation: { name: "Fragmentation", glyph: "idsw" },
  transfer: { name: "Transfer", glyph: "idsw" },
} as const satisfies Record<string, { name: string; glyph: Glyph }>;

/** A place where labels and predictions disagree. */
export type ReviewError = Span & {
  readonly kind: ErrorKind;
  readonly label: string;
  readonly truth: number | null;
  readonly prediction: number | null;
  /** The track before: of the predictions, for a transfer of the labels. */
  readonly was: number | null;
  readonly iou: number | null;
  readonly severity: number;
};

/** The numbers of a comparison, as ratios. */
export type Numbers = Readonly<Record<"IDF1" | "MOTA" | "HOTA" | "IoU", number>>;

/** Frames on which a prediction stands for a label. */
export type Pair = Span & { readonly truth: number; readonly prediction: number };

/** How the labels compare with the predictions. */
export type Review = {
  readonly iou: number;
  /** By first frame. */
  readonly errors: readonly ReviewError[];
  readonly pairs: readonly Pair[];
  readonly numbers: Numbers;
  /** Those of the labels as they were at first, and how many steps have been made since. */
  readonly first: Numbers;
  readonly fixes: number;
};

/** Which of both sides are drawn on the stage. */
export type Layers = "both" | "labels" | "predictions";

/** Whether a range holds a frame. */
export function holds({ start, stop }: Span, frame: number): boolean {
  return start <= frame && frame < stop;
}

/** The error that another one has become by an edit: of the same tracks, on frames of its own. */
export function successor(
  errors: readonly ReviewError[],
  old: ReviewError | null,
): ReviewError | null {
  const same = (error: ReviewError) =>
    old !== null &&
    error.kind === old.kind &&
    error.truth === old.truth &&
    error.prediction === old.prediction &&
    error.start < old.stop &&
    old.start < error.stop;
  return errors.find(same) ?? null;
}

/** The label on whose lane each prediction is shown: the one it stands for on most frames. */
export function homes(pairs: readonly Pair[]): ReadonlyMap<number, number> {
  const frames = new Map<number, Map<number, number>>();
  for (const { start, stop, truth, prediction } of pairs) {
    const counts = frames.get(prediction) ?? new Map<number, number>();
    counts.set(truth, (counts.get(truth) ?? 0) + stop - start);
    frames.set(prediction, counts);
  }
  const most = (counts: Map<number, number>) =>
    [...counts].reduce((best, other) => (other[1] > best[1] ? other : best))[0];
  return new Map([...frames].map(([prediction, counts]) => [prediction, most(counts)]));
}

/** The lane of an error: of its label, else of the label that its prediction mostly stands for. */
export function homeOf(error: ReviewError, home: ReadonlyMap<number, number>): number | null {
  return error.truth ?? home.get(error.prediction ?? 0) ?? null;
}

/** Predictions that stand for no label on any frame: they have lanes of their own. */
export function strangers(
  predictions: Iterable<Track>,
  home: ReadonlyMap<number, number>,
): Track[] {
  return [...predictions].filter(({ id }) => !home.has(id));
}
