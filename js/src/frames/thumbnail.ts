import { type ReadonlySignal, untracked } from "@preact/signals-core";
import type { Derived } from "../store/derived.ts";
import { follow } from "../store/follow.ts";
import type { View } from "../store/view.ts";
import type { FrameCache } from "./cache.ts";
import type { Demand } from "./demand.ts";

/** Width of a thumbnail's picture in pixels. */
const WIDTH = 160;
/** The pointer rests after so many milliseconds; until then nothing is asked for, or let go. */
const REST = 150;

/**
 * Bring the frames that the pointer rests on over ruler and overview: a small picture to show there,
 * and one of the stage's `width`, as a click mostly follows.
 */
export function followPeek(
  view: View,
  derived: Derived,
  width: ReadonlySignal<number>,
  cache: FrameCache,
  demand: Demand,
  signal: AbortSignal,
): void {
  const [small, whole] = [{}, {}];
  const smallWidth = () => Math.min(WIDTH, derived.video.value.width);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const bring = (holder: object, frame: number, wide: number) => {
    const frames = [frame];
    cache.hold(holder, { width: wide, frames });
    demand.want(holder, { width: wide, frames, soon: 1, around: holder === whole });
  };
  const ask = (frame: number) => {
    bring(small, frame, smallWidth());
    bring(whole, frame, width.value);
  };
  const letGo = () => {
    clearTimeout(timer);
    for (const holder of [small, whole]) {
      cache.release(holder);
      demand.forget(holder);
    }
  };
  follow(signal, () => {
    const frame = view.peek.value?.frame;
    untracked(() => {
      clearTimeout(timer);
      if (frame === undefined) {
        timer = setTimeout(letGo, REST);
      } else if (view.connected.value) {
        timer = setTimeout(() => ask(frame), REST);
      }
    });
  });
  follow(signal, () => {
    cache.version;
    const frame = view.peek.value?.frame;
    view.thumbnail.value = frame === undefined ? null : cache.picture(smallWidth(), frame);
  });
  signal.addEventListener("abort", letGo);
}
