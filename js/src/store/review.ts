import type { Edit } from "../core/edits.ts";
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

/** What the kinds of one mark have in common. */
export const FAMILIES: Readonly<Record<Glyph, string>> = {
  miss: "Missed",
  fp: "Extra",
  idsw: "Identity",
  iou: "Mismatch",
};

/** Who is wrong in an error, as a person has said: its name, in a few letters, and the key. */
export const RULINGS = {
  model_wrong: { name: "Model wrong", short: "Model", action: "model-wrong" },
  label_wrong: { name: "Label wrong", short: "Label", action: "label-wrong" },
  both_wrong: { name: "Both wrong", short: "Both", action: "both-wrong" },
  unclear: { name: "Unclear", short: "Unclear", action: "unclear" },
} as const;

/** Who is wrong in an error. */
export type Ruling = keyof typeof RULINGS;

/** What was said of an error, by whom, and when, in seconds since 1970. */
export type Said = { readonly ruling: Ruling; readonly author: string; readonly time: number };

/** A way to mend the labels, when it is they that are wrong. */
export type Fix = { readonly name: string; readonly text: string; readonly edit: Edit };

/** What names an error: kind, start, stop, truth, prediction. */
export type ErrorKey = readonly [ErrorKind, number, number, number | null, number | null];

/** What can be done about an error of the labels at a revision, the likeliest first. */
export type Offered = {
  readonly revision: number;
  readonly error: ErrorKey;
  readonly fixes: readonly Fix[];
};

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
  /** Whether there are predictions that do not make it. */
  readonly differs: boolean;
  /** What a person has said of it, null where nobody has. */
  readonly said: Said | null;
};

/** The numbers of a comparison, as ratios. */
export type Numbers = Readonly<Record<"IDF1" | "MOTA" | "HOTA" | "IoU", number>>;

/** Frames on which a prediction stands for a label. */
export type Pair = Span & { readonly truth: number; readonly prediction: number };

/** The frames that the numbers are of. */
export type Scope = "clip" | "view" | "verified";

/** What a person can set of a comparison; the view is a half-open range of frames. */
export type Setting = {
  readonly model: string;
  /** Least overlap of two boxes that may be one object. */
  readonly iou: number;
  /** Least score of a predicted box. */
  readonly score: number;
  readonly scope: Scope;
  readonly view: readonly [number, number];
};

/** How the labels compare with the predictions. */
export type Review = {
  /** The revision of the labels. */
  readonly revision: number;
  readonly setting: Setting;
  /** All predictions, with their numbers on the whole clip. */
  readonly models: readonly { readonly name: string; readonly numbers: Numbers }[];
  /** Of how many frames the numbers are, null for all. */
  readonly frames: number | null;
  /** By first frame. */
  readonly errors: readonly ReviewError[];
  readonly pairs: readonly Pair[];
  readonly numbers: Numbers;
  /** Those of the labels as Python gave them, and how many of their errors were mended since. */
  readonly first: Numbers;
  readonly fixes: number;
  /** The frames that a person has verified, in order. */
  readonly verified: readonly Span[];
};

/** Which of both sides are drawn on the stage. */
export type Layers = "both" | "labels" | "predictions";

/** Whether a range holds a frame. */
export function holds({ start, stop }: Span, frame: number): boolean {
  return start <= frame && frame < stop;
}

/** What names an error when the kernel is asked about it. */
export function keyOf({ kind, start, stop, truth, prediction }: ReviewError): ErrorKey {
  return [kind, start, stop, truth, prediction];
}

/** Whether that names an error. */
export function isNamed(error: ReviewError | null, key: ErrorKey): boolean {
  return error !== null && keyOf(error).every((part, at) => part === key[at]);
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
