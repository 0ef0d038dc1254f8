import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals-core";
import type { Derived } from "../store/derived.ts";
import type { View } from "../store/view.ts";
import { type FrameCache, key } from "./cache.ts";

/** The exact picture of one frame. */
export type Picture = { frame: number; image: ImageBitmap };

/** Asks the kernel for frames, most urgent first, instead of those asked for before. */
export type Ask = (width: number, wanted: readonly number[]) => void;

/** Picture widths that are asked for, in pixels; the video's own width comes last. */
const WIDTHS = [320, 480, 640, 854, 1066, 1280, 1600, 1920, 2560];
/** Frames fetched ahead in the direction of travel, and behind. */
const AHEAD = 48;
const BEHIND = 12;
/** Frames decoded ahead. */
const DECODE_AHEAD = 4;
/** So many frames are asked for together while the frame shown is here or on its way. */
const BATCH = 12;

/** Brings the frame at the playhead, and its neighbours, from the kernel to the stage. */
export class FrameLoader {
  readonly #picture = signal<Picture | null>(null);
  readonly #view: View;
  readonly #derived: Derived;
  readonly #cache: FrameCache;
  readonly #ask: Ask;
  readonly #stop: () => void;
  #asked = new Set<string>();
  #shown = "";
  #last = 0;
  #direction: 1 | -1 = 1;

  /** The width in pixels of the pictures that this view wants. */
  readonly width: ReadonlySignal<number>;

  constructor(view: View, derived: Derived, cache: FrameCache, ask: Ask) {
    this.#view = view;
    this.#derived = derived;
    this.#cache = cache;
    this.#ask = ask;
    this.width = computed(() => {
      const { width } = derived.video.value;
      return pictureWidth(derived.camera.value.scale * width * devicePixelRatio, width);
    });
    this.#stop = effect(() => this.#follow());
  }

  /** The newest exact picture; while the frame shown is on its way it is still the last one. */
  get picture(): ReadonlySignal<Picture | null> {
    return this.#picture;
  }

  /** Whether this frame could be painted now. */
  isReady(frame: number): boolean {
    return this.#cache.bitmap(this.width.peek(), frame) !== null;
  }

  /** Stop asking. */
  close(): void {
    this.#stop();
    this.#cache.hold(this, []);
    this.#ask(this.width.peek(), []);
  }

  #follow(): void {
    const frame = this.#view.frame.value;
    const width = this.width.value;
    const { width: stage } = this.#view.stage.value;
    if (!this.#view.connected.value || stage === 0) {
      return;
    }
    this.#cache.version;
    untracked(() => {
      if (frame !== this.#last) {
        this.#direction = frame > this.#last ? 1 : -1;
        this.#last = frame;
      }
      const image = this.#cache.bitmap(width, frame);
      if (image !== null && this.#picture.peek()?.image !== image) {
        this.#picture.value = { frame, image };
        this.#shown = key(width, frame);
      }
      this.#prefetch(frame, width);
    });
  }

  #prefetch(frame: number, width: number): void {
    const { frame_count } = this.#derived.video.value;
    const near = around(frame, this.#direction, frame_count);
    const soon = near.slice(0, 1 + DECODE_AHEAD);
    this.#cache.hold(this, [this.#shown, ...soon.map((other) => key(width, other))]);
    for (const other of soon.slice(1)) {
      this.#cache.bitmap(width, other);
    }
    const missing = near.filter((other) => !this.#cache.has(width, other));
    const fresh = missing.filter((other) => !this.#asked.has(key(width, other)));
    const urgent = fresh[0] === frame;
    if (urgent || fresh.length >= Math.min(BATCH, near.length - 1)) {
      this.#asked = new Set(missing.map((other) => key(width, other)));
      this.#ask(width, missing);
    }
  }
}

/** The smallest width on offer that is not coarser than the screen needs. */
export function pictureWidth(needed: number, videoWidth: number): number {
  const fitting = WIDTHS.find((width) => width >= needed) ?? videoWidth;
  return Math.min(fitting, videoWidth);
}

/** Frames in the order of their urgency: this one, those ahead, then those behind. */
export function around(frame: number, direction: 1 | -1, count: number): number[] {
  const frames = [frame];
  for (let step = 1; step <= AHEAD; step++) {
    frames.push(frame + direction * step);
    if (step <= BEHIND) {
      frames.push(frame - direction * step);
    }
  }
  return frames.filter((other) => other >= 0 && other < count);
}
