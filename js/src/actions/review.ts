import { KINDS, type ReviewError } from "../store/review.ts";
import { type Action, type App, act, again, announce, toggle } from "./app.ts";
import { goTo } from "./navigate.ts";

/** Which way to go through the errors. */
type Way = "next" | "previous";

/** What a review adds: from error to error, which side is seen, and the way to the labels alone. */
export const REVIEW = {
  "next-worst": {
    ...again("Next worst error", (app) => {
      const error = worse(app);
      if (error) {
        showError(app, error);
      }
    }),
    blocked: (app) => noReview(app) ?? noErrors(app),
  },
  mode: {
    ...act(
      (app) => (app.derived.review.value === null ? "Review the errors" : "Label"),
      ({ view }) => {
        view.underlay.value = null;
        view.reviewing.value = !view.reviewing.peek();
      },
    ),
    blocked: ({ view }) =>
      view.review.value === null ? "No predictions: Review(truth, predictions) compares." : null,
  },
  layers: {
    ...act("Show both sides, labels, predictions", (app) => {
      const { layers } = app.view;
      layers.value = NEXT_LAYERS[layers.peek()];
      announce(app, `Shown: ${layers.peek()}`);
    }),
    blocked: noReview,
  },
  blink: {
    ...toggle("Blink between labels and predictions", ({ blink }) => blink, "Stop blinking"),
    blocked: noReview,
  },
} satisfies Record<string, Action>;

const NEXT_LAYERS = { both: "labels", labels: "predictions", predictions: "both" } as const;

/** Why there is no review to go through. */
export function noReview({ view, derived }: App): string | null {
  return derived.review.value !== null
    ? null
    : view.review.value === null
      ? "No predictions: Review(truth, predictions) compares."
      : "The labels alone are shown.";
}

function noErrors({ derived }: App): string | null {
  return derived.errors.value.length > 0 ? null : "There are no errors of the checked kinds.";
}

/** Why there is no error on one side of the one shown. */
export function errorMissing(app: App, way: Way): string | null {
  const side = way === "next" ? "after" : "before";
  return noErrors(app) ?? (errorFrom(app, way) ? null : `There is no error ${side} this one.`);
}

/** The error after or before the one that is looked at; after the playhead was moved, after or before that. */
export function errorFrom({ view, derived }: App, way: Way): ReviewError | undefined {
  const errors = derived.errors.value;
  const frame = view.frame.value;
  const current = derived.error.value;
  if (current?.start === frame) {
    return errors[errors.indexOf(current) + (way === "next" ? 1 : -1)];
  }
  // One that was mended is gone: those that begin with it and wait for a verdict are still to come.
  const isMended = current === null && view.error.value?.start === frame;
  const isHere = ({ start, said }: ReviewError) => start === frame && !(isMended && said);
  return way === "next"
    ? errors.find((error) => error.start > frame || isHere(error))
    : errors.findLast(({ start }) => start < frame);
}

/** The next one of the errors, from the worst down and around; the worst itself when none is looked at. */
function worse({ derived }: App): ReviewError | undefined {
  const sorted = derived.errors.value.toSorted((a, b) => b.severity - a.severity);
  const current = derived.error.value;
  return sorted[current === null ? 0 : (sorted.indexOf(current) + 1) % sorted.length];
}

/** Go to an error and select its label. */
export function showError(app: App, error: ReviewError): void {
  const { view, derived, document } = app;
  goTo(app, error.start);
  view.error.value = error;
  const { truth } = error;
  const there = truth !== null && document.annotation.peek().tracks.has(truth);
  view.selection.value = new Set(there ? [truth] : []);
  const errors = derived.errors.peek();
  const place = `Error ${errors.indexOf(error) + 1} of ${errors.length}`;
  announce(app, `${place}: ${errorTitle(error)}, ${errorText(error)}`);
}

/** What is wrong with what: "ID switch on #2". */
export function errorTitle({ kind, truth, prediction }: ReviewError): string {
  return `${KINDS[kind].name} ${truth === null ? `P${prediction}` : `on #${truth}`}`;
}

/** An error in a few words, its label left out: "P14 → P21". */
export function errorText({ kind, prediction, was, iou }: ReviewError): string {
  switch (kind) {
    case "miss":
      return "no prediction";
    case "late_start":
      return "found late";
    case "early_end":
      return "lost early";
    case "false_positive":
      return "no label";
    case "duplicate":
      return `P${prediction} doubles it`;
    case "low_iou":
      return `IoU ${iou?.toFixed(2)} of P${prediction}`;
    case "wrong_class":
      return `P${prediction} has another label`;
    case "transfer":
      return `P${prediction} was on #${was}`;
    default:
      return `P${was} → P${prediction}`;
  }
}
