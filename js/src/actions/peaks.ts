import type { Span } from "../core/track.ts";
import { peakOf, selectedBy } from "../store/signals.ts";
import { type Action, type App, again, announce } from "./app.ts";
import { goTo } from "./navigate.ts";
import { noReview } from "./review.ts";

/** A range that a signal selects, and the frame of its greatest value. */
type Peak = { name: string; frame: number; range: Span };

/** From peak to peak of the signals that Python has added. */
export const PEAKS = {
  "previous-peak": toPeak("Previous peak of a signal", (peaks, frame) =>
    peaks.findLast((peak) => peak.frame < frame),
  ),
  "next-peak": toPeak("Next peak of a signal", (peaks, frame) =>
    peaks.find((peak) => peak.frame > frame),
  ),
} satisfies Record<string, Action>;

function toPeak(
  title: string,
  find: (peaks: readonly Peak[], frame: number) => Peak | undefined,
): Action {
  const found = (app: App) => find(peaksOf(app), app.view.frame.value);
  return {
    ...again(title, (app) => {
      const peak = found(app);
      if (peak) {
        goTo(app, peak.frame);
        app.view.range.value = peak.range;
        announce(app, `Peak of ${peak.name} at ${peak.frame}`);
      }
    }),
    blocked: (app) =>
      noReview(app) ??
      (peaksOf(app).length === 0
        ? "No signal has a threshold: drag up and down on the lane of one."
        : found(app)
          ? null
          : "There is no peak on that side."),
  };
}

/** The peaks of all signals that have a threshold, by frame. */
function peaksOf({ view }: App): Peak[] {
  return view.signals.value
    .flatMap((signal) => {
      const threshold = view.thresholds.value.get(signal.name);
      const ranges = threshold === undefined ? [] : selectedBy(signal, threshold);
      return ranges.map((range) => ({ name: signal.name, frame: peakOf(signal, range), range }));
    })
    .sort((a, b) => a.frame - b.frame);
}
