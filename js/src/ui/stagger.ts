import { effect, type ReadonlySignal, signal } from "@preact/signals-core";

/** Steps in which a view is drawn around its stage, one a display refresh. */
export const STEPS = 14;
/** The steps after this one wait for the labels; in the first two of them what is there already shows them. */
export const LABELS = 4;
/** From this one on the parts of the timeline get their canvases, which are painted in the next. */
export const TIMELINE = 7;
/** Refreshes in which the picture is painted, and with labels that have just come the picture, then the boxes. */
const [PICTURE, BOXES] = [1, 3];
/** After so many milliseconds the chrome comes even though there is no picture yet. */
const PATIENCE = 100;

/** The step that a view has come to: 0 is the stage alone, which the picture does not share with the rest. */
export function stagger(
  painted: ReadonlySignal<number>,
  labelled: ReadonlySignal<boolean>,
  abort: AbortSignal,
): ReadonlySignal<number> {
  const step = signal(0);
  const late = signal(false);
  let request = 0;
  const advance = () => {
    request = 0;
    step.value += 1;
  };
  const after = (refreshes: number) => {
    request = requestAnimationFrame(refreshes === 0 ? advance : () => after(refreshes - 1));
  };
  const timer = setTimeout(() => {
    late.value = true;
  }, PATIENCE);
  const stop = effect(() => {
    const at = step.value;
    const waits = at === 0 ? painted.value < 0 && !late.value : at === LABELS && !labelled.value;
    if (at < STEPS && !waits && request === 0) {
      after(at === 0 ? PICTURE : at === LABELS ? BOXES : 0);
    }
  });
  abort.addEventListener("abort", () => {
    clearTimeout(timer);
    stop();
    cancelAnimationFrame(request);
  });
  return step;
}
