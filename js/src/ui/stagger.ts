import { effect, type ReadonlySignal, signal } from "@preact/signals-core";

/** Steps in which the chrome is drawn around the stage. */
export const STEPS = 8;
/** The one in which the timeline gets its canvases, which are painted in the next. */
export const TIMELINE = 5;
/** After so many milliseconds the chrome comes even though there is no picture yet. */
const PATIENCE = 100;

/** The step that a view has come to: 0 is the stage alone, which the picture does not share with the rest. */
export function stagger(
  painted: ReadonlySignal<number>,
  abort: AbortSignal,
): ReadonlySignal<number> {
  const step = signal(0);
  let request = 0;
  const draw = () => {
    step.value += 1;
    if (step.value < STEPS) {
      request = requestAnimationFrame(draw);
    }
  };
  // The refresh after the picture is for the boxes.
  const begin = () => {
    request ||= requestAnimationFrame(() => {
      request = requestAnimationFrame(draw);
    });
  };
  const timer = setTimeout(begin, PATIENCE);
  const stop = effect(() => {
    if (painted.value >= 0) {
      begin();
    }
  });
  abort.addEventListener("abort", () => {
    clearTimeout(timer);
    stop();
    cancelAnimationFrame(request);
  });
  return step;
}
