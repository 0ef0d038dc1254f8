import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals-core";
import { type Derived, fitCamera } from "../store/derived.ts";
import type { View } from "../store/view.ts";
import type { FrameCache } from "./cache.ts";
import { type Course, courseOf } from "./clock.ts";
import type { Decoded } from "./decode.ts";
import type { Demand } from "./demand.ts";
import type { Pace } from "./pace.ts";
import { AHEAD, around, spacing, strideOf, strideOfMoves, upcoming } from "./plan.ts";
import { Surface } from "./surface.ts";

/** The exact picture of one frame. */
export type Picture = { frame: number; image: OffscreenCanvas };

/** Picture widths that are asked for, in pixels; the video's own width comes last. */
const WIDTHS = [320, 480, 640, 854, 1066, 1280, 1600, 1920, 2560];
/** Pictures kept decoded for a view, in pixels, but some of them at least. */
const HELD_PIXELS = 20e6;
const HELD_LEAST = 5;
/** So many milliseconds after the last move, its picture being here, the playhead rests: until then only the least is decoded. */
const REST = 150;
/** Seconds of playing that are fetched ahead, as pictures: so many at least, and at most. */
const SECONDS_AHEAD = 2;
const PLANNED = [24, 96] as const;
/** These shares of what is wanted are asked for as soon as they are missing: at rest, and playing. */
const SOON = 0.8;
const SOON_PLAYING = 0.5;

/** Brings the frame at the playhead, and those it goes to next, from the kernel to the stage. */
export class FrameLoader {
  readonly #picture = signal<Picture | null>(null);
  readonly #surface = new Surface();
  #shown: Decoded | null = null;
  readonly #view: View;
  readonly #derived: Derived;
  readonly #cache: FrameCache;
  readonly #demand: Demand;
  readonly #pace: Pace;
  readonly #stop: () => void;
  #item = 0;
  /** A view opens as after a jump: what is around its first picture comes when that is here, and has rested. */
  readonly #resting = signal(false);
  /** Set while the picture of the frame shown is here and the playhead does not rest yet. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = 0;
  #move = 1;
  #stride = 1;
  /** Whether the playhead went past what was fetched around it. */
  #jumped = true;

  /** The width in pixels of the pictures that this view wants: the stage's, however far it is zoomed in. */
  readonly width: ReadonlySignal<number>;

  constructor(view: View, derived: Derived, cache: FrameCache, demand: Demand, pace: Pace) {
    this.#view = view;
    this.#derived = derived;
    this.#cache = cache;
    this.#demand = demand;
    this.#pace = pace;
    this.width = computed(() => {
      const video = derived.video.value;
      const { scale } = fitCamera(view.stage.value, video);
      return pictureWidth(scale * video.width * devicePixelRatio, video.width);
    });
    const stopTelling = effect(() => {
      const width = this.width.value;
      view.ready.value = {
        here: cache.ready.value.get(width) ?? [],
        stored: view.stored.value.width === width ? view.stored.value.spans : [],
      };
    });
    const stopFollowing = effect(() => this.#follow());
    this.#stop = () => {
      stopTelling();
      stopFollowing();
    };
  }

  /** The newest exact picture; while the frame shown is on its way it is still the last one. */
  get picture(): ReadonlySignal<Picture | null> {
    return this.#picture;
  }

  /** Whether this frame could be painted now. */
  isReady(frame: number): boolean {
    return this.#cache.picture(this.width.peek(), frame) !== null;
  }

  /** Stop asking. */
  close(): void {
    this.#stop();
    clearTimeout(this.#timer);
    this.#cache.release(this);
    this.#demand.forget(this);
  }

  #follow(): void {
    const frame = this.#view.frame.value;
    const width = this.width.value;
    const video = this.#derived.video.value;
    if (!this.#view.connected.value || this.#view.stage.value.width === 0) {
      return;
    }
    const course = this.#view.playing.value ? courseOf(this.#view, video) : null;
    const failed = this.#view.frameErrors.value;
    // The picture that a video opens with goes before all others.
    const opens = this.#picture.value === null && !failed.has(frame);
    const next = course ? this.#planned(frame, course) : this.#near(frame, video.frame_count);
    const wanted = opens ? [frame] : next;
    const all = course !== null || this.#resting.value;
    // While a hand jumps about, what is here needs nothing of the kernel: its answers would be in the way of the next picture.
    const least = this.#cache.has(width, frame) ? 0 : HELD_LEAST;
    const fetched = all || !this.#jumped ? wanted : wanted.slice(0, least);
    this.#cache.version;
    const item = this.#view.item.value;
    untracked(() => {
      if (item !== this.#item) {
        this.#item = item;
        this.#picture.value = null;
        this.#shown = null;
      }
      const image = this.#cache.picture(width, frame);
      if (image !== null && image !== this.#shown) {
        void this.#show(frame, image);
      }
      if (image !== null || failed.has(frame)) {
        this.#settle();
      }
      this.#hold(width, wanted, all);
      if (opens && this.#cache.has(width, frame)) {
        return; // It came with the answer to the page's hello.
      }
      this.#demand.want(this, {
        width,
        frames: fetched.filter((other) => !failed.has(other)),
        soon: Math.ceil(fetched.length * (course ? SOON_PLAYING : SOON)),
        around: course === null && !opens && fetched === wanted,
      });
    });
  }

  async #show(frame: number, picture: Decoded): Promise<void> {
    this.#shown = picture;
    const item = this.#item;
    const image = await this.#surface.show(picture);
    // Whatever is asked for by now: what the surface carries is this frame.
    if (image !== null && item === this.#item) {
      this.#picture.value = { frame, image };
    }
  }

  #near(frame: number, count: number): number[] {
    if (frame !== this.#last) {
      const move = frame - this.#last;
      this.#stride = strideOfMoves(this.#move, move);
      this.#jumped = Math.abs(move) > AHEAD;
      [this.#last, this.#move] = [frame, move];
      this.#stir();
    }
    return around(frame, this.#stride, count);
  }

  /** A hand that scrubs passes by most frames: those around are decoded where it rests, and after a jump only there fetched. */
  #stir(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#resting.value = false;
  }

  /** What is around would be in the way of the picture that is waited for: the playhead rests only on one that is here. */
  #settle(): void {
    if (!this.#resting.peek()) {
      this.#timer ??= setTimeout(() => {
        this.#resting.value = true;
      }, REST);
    }
  }

  #planned(frame: number, course: Course): number[] {
    const stride = strideOf(course, this.#pace.level.value);
    const count = (SECONDS_AHEAD * course.speed) / (stride * spacing(course));
    const limited = Math.round(Math.max(PLANNED[0], Math.min(count, PLANNED[1])));
    return [frame, ...upcoming(course, this.#pace.head.value, stride, limited)];
  }

  /** Keep as many of these decoded as there is room for. */
  #hold(width: number, wanted: readonly number[], all: boolean): void {
    const { width: whole, height } = this.#derived.video.peek();
    const pixels = (width * width * height) / Math.max(whole, 1);
    const room = all ? Math.floor(HELD_PIXELS / pixels) : 0;
    const frames = wanted.slice(0, Math.max(HELD_LEAST, room));
    this.#cache.hold(this, { width, frames });
  }
}

/** The smallest width on offer that is not coarser than the screen needs. */
export function pictureWidth(needed: number, videoWidth: number): number {
  const fitting = WIDTHS.find((width) => width >= needed) ?? videoWidth;
  return Math.min(fitting, videoWidth);
}
