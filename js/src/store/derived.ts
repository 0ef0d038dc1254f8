import { computed, type ReadonlySignal } from "@preact/signals-core";
import type { VideoInfo } from "../core/annotation.ts";
import { coverage } from "../core/coverage.ts";
import type { Camera } from "../core/geometry.ts";
import { boxAt, seenAt } from "../core/interpolate.ts";
import { bracket } from "../core/keyframes.ts";
import type { Label } from "../core/labels.ts";
import type { Box } from "../core/shapes/box.ts";
import type { Span, Track } from "../core/track.ts";
import { COLOURS, type Swatch } from "./colours.ts";
import type { DocumentStore } from "./document.ts";
import { type Likeness, likenesses } from "./likeness.ts";
import {
  type Fix,
  holds,
  homes,
  isNamed,
  type Review,
  type ReviewError,
  strangers,
  successor,
} from "./review.ts";
import { type Row, rowsOf } from "./rows.ts";
import type { Marks, View } from "./view.ts";

/** One box on the stage at the frame shown. */
export type Shape = {
  track: Track;
  box: Box;
  occluded: boolean;
  keyframe: boolean;
  selected: boolean;
  locked: boolean;
};

/** A predicted box on the stage, and the label that it stands for on the frame shown. */
export type Predicted = { track: Track; box: Box; truth: number | null };

/** What follows from the document and the view. */
export type Derived = {
  video: ReadonlySignal<VideoInfo>;
  /** The camera in force: the person's own, or the one that fits the picture. */
  camera: ReadonlySignal<Camera>;
  /** Whether a track is shown: neither hidden nor beside a soloed one. */
  shown: ReadonlySignal<(id: number) => boolean>;
  /** The boxes at the frame shown that are not selected, in the order of their tracks. */
  resting: ReadonlySignal<readonly Shape[]>;
  /** The selected boxes at the frame shown, a gesture's box in place of the stored one. */
  active: ReadonlySignal<readonly Shape[]>;
  /** The tracks in the order of lanes and lists: by id. */
  lanes: ReadonlySignal<readonly Track[]>;
  /** The frames with a box of any track, as ranges in order. */
  covered: ReadonlySignal<readonly Span[]>;
  /** The selected keyframes that are there. */
  marks: ReadonlySignal<Marks>;
  /** The lanes of the timeline: events, then tracks. */
  rows: ReadonlySignal<readonly Row[]>;
  /** The first selected track, null when none is. */
  selected: ReadonlySignal<Track | null>;
  /** Colour by label name. */
  colours: ReadonlySignal<ReadonlyMap<string, Swatch>>;
  /** The colour of a track: its label's, or its own. */
  swatch: ReadonlySignal<(track: Pick<Track, "id" | "label">) => Swatch | undefined>;
  /** How the labels compare with the predictions, while that is looked at. */
  review: ReadonlySignal<Review | null>;
  /** What objects may be told apart by in a review. */
  likely: ReadonlySignal<readonly Likeness[]>;
  /** The errors of the kinds, the label and the objects that are checked. */
  errors: ReadonlySignal<readonly ReviewError[]>;
  /** The error that is looked at, as it is now. */
  error: ReadonlySignal<ReviewError | null>;
  /** What can be done about it, the likeliest first; null while that is being found out. */
  fixes: ReadonlySignal<readonly Fix[] | null>;
  /** The label on whose lane each prediction is shown. */
  homes: ReadonlySignal<ReadonlyMap<number, number>>;
  /** The predictions at the frame shown. */
  predicted: ReadonlySignal<readonly Predicted[]>;
  /** Number of tracks by label name. */
  counts: ReadonlySignal<ReadonlyMap<string, number>>;
  /** The label that a new box gets; null when there are no labels. */
  label: ReadonlySignal<Label | null>;
};

/** Margin in css px between the fitted picture and the stage's edge. */
const MARGIN = 8;

/** The camera that shows the whole picture in the middle of the stage. */
export function fitCamera(
  stage: { width: number; height: number },
  video: { width: number; height: number },
): Camera {
  const room = { width: stage.width - 2 * MARGIN, height: stage.height };
  const scale = Math.max(
    Math.min(room.width / Math.max(video.width, 1), room.height / Math.max(video.height, 1)),
    0.01,
  );
  return {
    scale,
    x: (stage.width - video.width * scale) / 2,
    y: (stage.height - video.height * scale) / 2,
  };
}

/** Derive what is shown from the document and the view. */
export function createDerived(document: DocumentStore, view: View): Derived {
  const video = computed(() => document.annotation.value.video);
  const tracks = computed(() => document.annotation.value.tracks);
  const labels = computed(() => document.annotation.value.labels);
  const events = computed(() => document.annotation.value.events);
  const lanes = computed(() => [...tracks.value.values()]);

  const isShown = computed(() => {
    const solo = view.solo.value;
    const hidden = view.hidden.value;
    return (id: number) => (solo === null ? !hidden.has(id) : solo === id);
  });

  const review = computed(() => (view.reviewing.value ? view.review.value : null));
  const pairedOf = computed(() => homes(review.value?.pairs ?? []));
  const likely = computed(() => likenesses(labels.value));
  const errors = computed(() => {
    const [unchecked, label] = [view.unchecked.value, view.errorLabel.value];
    const only = view.onlyDiffering.value;
    const like = likely.value.find(({ text }) => text === view.errorLike.value) ?? null;
    const objectOf = ({ truth, prediction }: ReviewError) =>
      tracks.value.get(truth ?? 0) ?? view.predictions.value.get(prediction ?? 0);
    const isLike = (error: ReviewError) => {
      const track = objectOf(error);
      return like === null || (track !== undefined && like.holds(track, error.start));
    };
    const isChecked = (error: ReviewError) =>
      (error.differs || !only) &&
      !unchecked.has(error.kind) &&
      (label === null || error.label === label) &&
      isLike(error);
    return (review.value?.errors ?? []).filter(isChecked);
  });
  const predicted = computed(() => {
    const compared = review.value;
    const frame = view.frame.value;
    if (compared === null) {
      const track = view.predictions.value.get(view.underlay.value ?? 0);
      const box = track ? boxAt(track, frame) : null;
      return track && box ? [{ track, box, truth: null }] : [];
    }
    if (view.layers.value === "labels") {
      return [];
    }
    const own = new Map(
      compared.pairs
        .filter((pair) => holds(pair, frame))
        .map(({ prediction, truth }) => [prediction, truth]),
    );
    return [...view.predictions.value.values()].flatMap((track) => {
      const box = boxAt(track, frame);
      return box === null ? [] : [{ track, box, truth: own.get(track.id) ?? null }];
    });
  });
  const onlyPredictions = computed(
    () => review.value !== null && view.layers.value === "predictions",
  );

  const error = computed(() => successor(errors.value, view.error.value));
  const fixes = computed(() => {
    const offered = view.offered.value;
    const isNewest = offered?.revision === review.value?.revision;
    return offered && isNewest && isNamed(error.value, offered.error) ? offered.fixes : null;
  });

  const shapes = computed(() => {
    if (onlyPredictions.value) {
      return [];
    }
    const isIn = isShown.value;
    const frame = view.frame.value;
    const selection = view.selection.value;
    const locked = view.locked.value;
    const shown: Shape[] = [];
    for (const track of lanes.value) {
      const { id } = track;
      const seen = isIn(id) ? seenAt(track, frame) : null;
      if (seen !== null) {
        const { box, occluded, keyframe } = seen;
        const [chosen, fixed] = [selection.has(id), locked.has(id)];
        shown.push({ track, box, occluded, keyframe, selected: chosen, locked: fixed });
      }
    }
    return shown;
  });

  const colours = computed(
    () =>
      new Map(labels.value.map(({ name, color }, index) => [name, color ?? (index % COLOURS) + 1])),
  );

  return {
    video,
    camera: computed(() => view.camera.value ?? fitCamera(view.stage.value, video.value)),
    shown: isShown,
    resting: computed(() => shapes.value.filter((shape) => !shape.selected)),
    active: computed(() => {
      const boxes = view.preview.value?.boxes;
      return shapes.value
        .filter((shape) => shape.selected)
        .map((shape) => ({ ...shape, box: boxes?.get(shape.track.id) ?? shape.box }));
    }),
    lanes,
    marks: computed(() => existing(view.keyframes.value, tracks.value)),
    rows: computed(() => [
      ...view.signals.value.map((signal): Row => ({ kind: "signal", signal })),
      ...rowsOf(lanes.value, events.value, labels.value),
      ...(review.value === null
        ? []
        : strangers(view.predictions.value.values(), pairedOf.value)
      ).map((track): Row => ({ kind: "prediction", track })),
    ]),
    review,
    likely,
    errors,
    error,
    fixes,
    homes: pairedOf,
    predicted,
    covered: computed(() => coverage(lanes.value, video.value.frame_count)),
    selected: computed(() => {
      const [id] = view.selection.value;
      return id === undefined ? null : (tracks.value.get(id) ?? null);
    }),
    colours,
    swatch: computed(() => {
      const byLabel = view.colourBy.value === "label" && review.value === null;
      const names = colours.value;
      return ({ id, label }) => (byLabel ? names.get(label) : ((id - 1) % COLOURS) + 1);
    }),
    counts: computed(() => {
      const counts = new Map<string, number>();
      for (const track of lanes.value) {
        counts.set(track.label, (counts.get(track.label) ?? 0) + 1);
      }
      return counts;
    }),
    label: computed(
      () =>
        labels.value.find((label) => label.name === view.label.value) ?? labels.value[0] ?? null,
    ),
  };
}

/** Those of the keyframes that the tracks have. */
function existing(marks: Marks, tracks: ReadonlyMap<number, Track>): Marks {
  const found = new Map<number, ReadonlySet<number>>();
  for (const [id, frames] of marks) {
    const keyframes = tracks.get(id)?.keyframes;
    const kept = keyframes ? [...frames].filter((frame) => bracket(keyframes, frame).exact) : [];
    if (kept.length > 0) {
      found.set(id, new Set(kept));
    }
  }
  return found;
}
