import { signal } from "@preact/signals-core";

/** Seconds of playing after which it is looked at how it goes. */
const INTERVAL = 0.5;
/** The coarsest plan: one picture a second. */
const MAX_LEVEL = 6;
/** Intervals without a picture missing, after which a finer plan is tried; doubled when that fails. */
const PATIENCE = 4;
const MAX_PATIENCE = 32;

/**
 * How fine playback can be: how often the pictures of a plan are halved so that those that come
 * from the kernel in a second are those that are shown in it.
 */
export class Pace {
  /** How often the plan is halved. */
  readonly level = signal(0);
  /** The frame from which on pictures are planned: none before it would be shown. */
  readonly head = signal(0);
  readonly #arrived: () => number;
  #since = Number.NEGATIVE_INFINITY;
  #arrivedThen = 0;
  #ticks = 0;
  #late = 0;
  #smooth = 0;
  #patience = PATIENCE;

  /** `arrived` counts the pictures that have come so far. */
  constructor(arrived: () => number) {
    this.#arrived = arrived;
  }

  /** Begin anew: playing starts. */
  start(now: number): void {
    this.level.value = 0;
    this.#patience = PATIENCE;
    this.#begin(now);
  }

  /** Note at a refresh whether a picture that is planned has not come in time; `rate` are planned a second. */
  note(now: number, late: boolean, rate: number): void {
    this.#ticks += 1;
    this.#late += late ? 1 : 0;
    const seconds = now - this.#since;
    if (seconds < INTERVAL) {
      return;
    }
    if (this.#late > this.#ticks / 4) {
      const came = Math.max(1, this.#arrived() - this.#arrivedThen) / seconds;
      this.#coarser(Math.ceil(Math.log2(rate / came)));
    } else {
      this.#finer();
    }
    this.#begin(now);
  }

  #begin(now: number): void {
    this.#since = now;
    this.#arrivedThen = this.#arrived();
    this.#ticks = this.#late = 0;
  }

  #coarser(by: number): void {
    const level = this.level.peek();
    this.level.value = Math.min(MAX_LEVEL, level + Math.max(1, Math.min(by, 2)));
    this.#patience = Math.min(MAX_PATIENCE, this.#patience * 2);
    this.#smooth = 0;
  }

  #finer(): void {
    this.#smooth += 1;
    if (this.level.peek() > 0 && this.#smooth >= this.#patience) {
      this.level.value -= 1;
      this.#smooth = 0;
    }
  }
}
