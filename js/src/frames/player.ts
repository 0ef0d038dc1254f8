import { effect } from "@preact/signals-core";
import type { VideoInfo } from "../core/annotation.ts";
import type { View } from "../store/view.ts";
import { Clock, type Course, courseOf, following } from "./clock.ts";
import type { Pace } from "./pace.ts";
import { spacing, strideOf, upcoming } from "./plan.ts";

/**
 * A frame whose time comes so many seconds after a refresh belongs to it: moments that fall
 * together, of video and display, are not torn apart by what a refresh comes early or late.
 */
const LEAD = 0.004;
/** Without a newer picture for so long the clock stops, until there is one. */
const PATIENCE = 0.5;
/** A picture that stays so much longer than its time is not caught up with: others are planned. */
const LAG = 0.25;
/** A page that was hidden for so long goes on where it was. */
const ASLEEP = 2;

/**
 * Plays by presentation times. The clock goes on; what is shown is the newest frame that is due and
 * whose picture is here, so that frames are skipped and nothing drifts.
 */
export class Player {
  readonly #view: View;
  readonly #pace: Pace;
  readonly #isReady: (frame: number) => boolean;
  readonly #stop: () => void;
  #clock: Clock | null = null;
  /** The frame that the clock waits for while it stands. */
  #awaited = 0;
  /** Since when a picture is missing, in seconds of the page. */
  #since = 0;
  #shown = -1;
  #lastTick = 0;
  #request = 0;

  constructor(view: View, video: () => VideoInfo, pace: Pace, isReady: (frame: number) => boolean) {
    this.#view = view;
    this.#pace = pace;
    this.#isReady = isReady;
    let playing = false;
    this.#stop = effect(() => {
      cancelAnimationFrame(this.#request);
      const starts = !playing;
      playing = view.playing.value;
      if (!playing) {
        view.buffering.value = false;
        return;
      }
      const course = courseOf(view, video());
      this.#shown = -1;
      this.#request = requestAnimationFrame((now) => this.#begin(course, now / 1000, starts));
    });
  }

  /** Stop for good. */
  close(): void {
    this.#stop();
    cancelAnimationFrame(this.#request);
  }

  #begin(course: Course, now: number, starts: boolean): void {
    const { frame } = this.#view;
    const { start, stop } = course.span;
    if (frame.peek() < start || frame.peek() >= stop) {
      frame.value = course.backward ? stop - 1 : start;
    }
    if (starts) {
      this.#pace.start(now);
    }
    this.#tick(course, now);
  }

  #tick(course: Course, now: number): void {
    const { frame, buffering, playing } = this.#view;
    if (frame.peek() !== this.#shown || now - this.#lastTick > ASLEEP) {
      this.#halt(frame.peek(), frame.peek(), now);
    }
    this.#lastTick = now;
    if (this.#clock === null && this.#isReady(this.#awaited)) {
      this.#clock = new Clock(course, frame.peek(), now);
      this.#since = now;
    }
    if (this.#clock !== null) {
      this.#advance(course, this.#clock, now);
    }
    buffering.value = this.#clock === null && now - this.#since > PATIENCE;
    if (playing.peek()) {
      this.#request = requestAnimationFrame((next) => this.#tick(course, next / 1000));
    }
  }

  /** Stand still at the frame shown until the picture of another one is here. */
  #halt(shown: number, awaited: number, since: number): void {
    this.#clock = null;
    this.#shown = shown;
    this.#awaited = awaited;
    this.#since = since;
    this.#pace.head.value = shown;
  }

  #advance(course: Course, clock: Clock, now: number): void {
    const { frame, playing } = this.#view;
    const before = frame.peek();
    const due = clock.due(now + LEAD);
    const { newest, missing } = this.#newestReady(course, before, due);
    const stride = strideOf(course, this.#pace.level.peek());
    const late = missing >= stride;
    this.#shown = newest;
    frame.value = newest;
    this.#pace.note(now, late, course.speed / (stride * spacing(course)));
    if (newest !== before || !late) {
      this.#since = now;
      this.#pace.head.value = lag(course, newest, due) > LAG ? due : newest;
    } else if (now - this.#since > PATIENCE) {
      this.#halt(newest, upcoming(course, newest, stride, 1)[0] ?? newest, this.#since);
    }
    if (following(course, newest) === null && clock.isOver(now + LEAD)) {
      playing.value = false;
    }
  }

  /** The newest frame after `shown` that is due and here, else `shown`; and how many frames it is behind. */
  #newestReady(course: Course, shown: number, due: number): { newest: number; missing: number } {
    const back = { ...course, backward: !course.backward };
    let missing = 0;
    let at: number | null = due;
    while (at !== null && at !== shown && !this.#isReady(at)) {
      at = following(back, at);
      missing += 1;
    }
    return { newest: at ?? shown, missing };
  }
}

/** How long ago, in seconds of the page, a frame should have given way to the one that is due. */
function lag({ times, speed }: Course, shown: number, due: number): number {
  return Math.abs((times[due] ?? 0) - (times[shown] ?? 0)) / speed;
}
