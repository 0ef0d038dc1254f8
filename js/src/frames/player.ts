import { effect } from "@preact/signals-core";
import type { VideoInfo } from "../core/annotation.ts";
import type { View } from "../store/view.ts";

/** A point of the clock: this moment of the video is shown at that moment of the page, in seconds. */
type Anchor = { video: number; page: number };

/** Plays by presentation times: it skips frames rather than drifts, and waits for frames on their way. */
export class Player {
  readonly #view: View;
  readonly #video: () => VideoInfo;
  readonly #isReady: (frame: number) => boolean;
  readonly #stop: () => void;
  #anchor: Anchor | null = null;
  #request = 0;

  constructor(view: View, video: () => VideoInfo, isReady: (frame: number) => boolean) {
    this.#view = view;
    this.#video = video;
    this.#isReady = isReady;
    this.#stop = effect(() => {
      cancelAnimationFrame(this.#request);
      this.#anchor = null;
      view.speed.value;
      if (view.playing.value) {
        this.#request = requestAnimationFrame((now) => this.#tick(now / 1000));
      }
    });
  }

  /** Stop for good. */
  close(): void {
    this.#stop();
    cancelAnimationFrame(this.#request);
  }

  #tick(now: number): void {
    const { frame, speed, loop, playing, window } = this.#view;
    const { times } = this.#video();
    this.#anchor ??= { video: times[frame.value] ?? 0, page: now };
    const moment = this.#anchor.video + (now - this.#anchor.page) * speed.value;
    const span = loop.value ? window.value : { start: 0, stop: times.length };
    const due = frameAt(times, moment);
    if (due >= span.stop - 1 && frame.value >= span.stop - 1) {
      if (!loop.value) {
        playing.value = false;
        return;
      }
      this.#anchor = { video: times[span.start] ?? 0, page: now };
      frame.value = span.start;
    } else {
      this.#show(Math.min(due, span.stop - 1), now);
    }
    this.#request = requestAnimationFrame((next) => this.#tick(next / 1000));
  }

  #show(due: number, now: number): void {
    const { frame } = this.#view;
    const { times } = this.#video();
    let ready = due;
    while (ready > frame.value && !this.#isReady(ready)) {
      ready -= 1;
    }
    if (ready > frame.value) {
      frame.value = ready;
    } else if (due > frame.value) {
      this.#anchor = { video: times[frame.value] ?? 0, page: now };
    }
  }
}

/** The frame on show at a moment: the last whose time is not after it. */
export function frameAt(times: Float64Array, moment: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((times[middle] ?? Number.POSITIVE_INFINITY) <= moment) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}
