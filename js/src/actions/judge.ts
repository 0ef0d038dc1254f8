import { effect } from "@preact/signals-core";
import type { Span } from "../core/track.ts";
import {
  type ErrorKey,
  type Fix,
  isNamed,
  keyOf,
  type ReviewError,
  RULINGS,
  type Ruling,
} from "../store/review.ts";
import { type Action, type App, act, announce, did, viewOnly } from "./app.ts";
import { keyText } from "./keymap.ts";
import { errorTitle, noReview, showError } from "./review.ts";

/** Who is wrong, and what follows from it. */
export const JUDGE = {
  accept: act("Accept the prediction: mend the label", accept, { blocked: noError }),
  "model-wrong": ruled("model_wrong"),
  "label-wrong": ruled("label_wrong"),
  "both-wrong": ruled("both_wrong"),
  unclear: ruled("unclear"),
  "by-hand": act("Mend the label by hand, the prediction beneath it", byHand, { blocked: noError }),
  "next-open": {
    ...act("Next error without a verdict", (app) => {
      const error = nextOpen(app);
      if (error) {
        showError(app, error);
      }
    }),
    blocked: (app) =>
      noReview(app) ?? (nextOpen(app) ? null : "Every error of the checked kinds has a verdict."),
  },
  verify: act(
    (app) => `${isVerified(app) ? "Not verified" : "Verified"}: ${framesText(toVerify(app))}`,
    (app) => {
      const [range, verified] = [toVerify(app), !isVerified(app)];
      app.verify(range, verified);
      announce(app, `${verified ? "Verified" : "Not verified"}: ${framesText(range)}`);
    },
    { blocked: (app) => noReview(app) ?? viewOnly(app) },
  ),
} satisfies Record<string, Action>;

/** Mend the labels as offered, and keep that it was they that were wrong. */
export function takeFix(app: App, error: ReviewError, fix: Fix): void {
  if (error.said?.ruling !== "both_wrong") {
    app.judge(error, "label_wrong");
  }
  if (app.commit(fix.edit)) {
    did(app, `${fix.text}.`);
  }
}

function ruled(ruling: Ruling): Action {
  return {
    ...act(RULINGS[ruling].name, (app) => {
      const error = app.derived.error.peek();
      if (error) {
        judge(app, error, error.said?.ruling === ruling ? null : ruling);
      }
    }),
    pressed: ({ derived }) => derived.error.value?.said?.ruling === ruling,
    blocked: noError,
  };
}

/** Say who is wrong; null takes back what was said. */
export function judge(app: App, error: ReviewError, ruling: Ruling | null): void {
  app.judge(error, ruling);
  const said = ruling === null ? "No verdict" : RULINGS[ruling].name;
  announce(app, `${said}: ${errorTitle(error)}`);
}

/** Why no verdict can be given. */
function noError(app: App): string | null {
  return (
    noReview(app) ??
    viewOnly(app) ??
    (app.derived.error.value === null ? "Go to an error first." : null)
  );
}

/** The likeliest of the fixes; without one only the verdict is kept. */
function accept(app: App): void {
  const error = app.derived.error.peek();
  if (error === null) {
    return;
  }
  whenOffered(app, keyOf(error), ([fix]) => {
    if (fix) {
      takeFix(app, error, fix);
    } else {
      judge(app, error, "label_wrong");
      app.notify("info", "There is no fix to offer here: mend the label by hand.");
    }
  });
}

/** What ends the waiting for fixes, by the view that waits. */
const waiting = new WeakMap<object, () => void>();

/** Go on once the kernel has said what can be done about an error, if it is still looked at; asked again, once. */
function whenOffered({ derived }: App, key: ErrorKey, then: (fixes: readonly Fix[]) => void): void {
  waiting.get(derived)?.();
  const stop = effect(() => {
    const [error, fixes] = [derived.error.value, derived.fixes.value];
    const isWaiting = isNamed(error, key);
    if (isWaiting && fixes === null) {
      return;
    }
    queueMicrotask(() => {
      stop();
      if (isWaiting && fixes) {
        then(fixes);
      }
    });
  });
  waiting.set(derived, stop);
}

/** Show the labels alone, with the prediction beneath, the label of the error selected. */
function byHand(app: App): void {
  const { view, derived } = app;
  const error = derived.error.peek();
  if (error === null) {
    return;
  }
  if (error.said?.ruling !== "both_wrong") {
    app.judge(error, "label_wrong");
  }
  view.underlay.value = error.prediction;
  view.reviewing.value = false;
  const beneath = error.prediction === null ? "" : `P${error.prediction} is dashed beneath it. `;
  app.notify(
    "info",
    `${errorTitle(error)}: mend the label. ${beneath}${keyText(app, "mode")} goes back.`,
  );
}

/** The next error of which nobody has said anything, from the one looked at on and around. */
function nextOpen({ view, derived }: App): ReviewError | undefined {
  const errors = derived.errors.value;
  const current = derived.error.value;
  const at = current
    ? errors.indexOf(current) + 1
    : errors.findIndex(({ start }) => start >= view.frame.value);
  const turned = at > 0 ? [...errors.slice(at), ...errors.slice(0, at)] : errors;
  return turned.find((error) => error.said === null && error !== current);
}

/** The selected range, else the frame shown. */
function toVerify({ view }: App): Span {
  const frame = view.frame.value;
  return view.range.value ?? { start: frame, stop: frame + 1 };
}

function isVerified(app: App): boolean {
  const { start, stop } = toVerify(app);
  const verified = app.view.review.value?.verified ?? [];
  return verified.some((span) => span.start <= start && stop <= span.stop);
}

function framesText({ start, stop }: Span): string {
  return stop - start === 1 ? `frame ${start}` : `frames ${start} to ${stop - 1}`;
}
