import { untracked } from "@preact/signals-core";
import type { Derived } from "../store/derived.ts";
import { follow } from "../store/follow.ts";
import type { View } from "../store/view.ts";
import type { FrameCache } from "./cache.ts";
import type { Demand } from "./demand.ts";

/** Width of a thumbnail's picture in pixels. */
const WIDTH = 160;
/** The pointer rests after so many milliseconds; until then nothing is asked for. */
const REST = 150;

/** Bring small pictures of the frames that the pointer rests on over ruler and overview. */
export function followPeek(
  view: View,
  derived: Derived,
  cache: FrameCache,
  demand: Demand,
  signal: AbortSignal,
): void {
  const holder = {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = (frame: number, width: number) => {
    cache.hold(holder, { width, frames: [frame], shown: null });
    demand.want(holder, { width, frames: [frame], soon: 1, around: false });
  };
  const stop = () => {
    clearTimeout(timer);
    cache.release(holder);
    demand.forget(holder);
  };
  follow(signal, () => {
    const frame = view.peek.value?.frame;
    const width = Math.min(WIDTH, derived.video.value.width);
    untracked(() => {
      clearTimeout(timer);
      if (frame === undefined) {
        stop();
      } else if (view.connected.peek()) {
        timer = setTimeout(() => ask(frame, width), REST);
      }
    });
  });
  follow(signal, () => {
    cache.version;
    const frame = view.peek.value?.frame;
    const width = Math.min(WIDTH, derived.video.value.width);
    view.thumbnail.value = frame === undefined ? null : cache.picture(width, frame);
  });
  signal.addEventListener("abort", stop);
}
