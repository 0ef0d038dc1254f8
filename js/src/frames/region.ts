import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals-core";
import type { Camera, Rect } from "../core/geometry.ts";
import type { Derived } from "../store/derived.ts";
import type { View } from "../store/view.ts";

/** A part of a frame at the video's own resolution; `rect` is in whole pixels of the video. */
export type Region = { frame: number; rect: Rect; image: ImageBitmap };

/** Asks the kernel for a part of a frame in place of the one before; null: for none. */
export type AskRegion = (frame: number, rect: Rect | null) => void;

/** The hand rests when neither frame nor camera have changed for so many milliseconds. */
const REST = 150;
/** So much more than what is seen is asked for on each side, as a share of it. */
const MARGIN = 0.1;

/** Brings what is seen of a frame at full resolution, once a person who has zoomed in comes to rest. */
export class RegionLoader {
  readonly #region = signal<Region | null>(null);
  readonly #ask: AskRegion;
  readonly #stop: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: { frame: number; rect: Rect } | null = null;

  /** Whether the screen could show more of the video than the pictures have that are here. */
  readonly coarse: ReadonlySignal<boolean>;

  /** `width` is that of the pictures which the stage has of whole frames. */
  constructor(view: View, derived: Derived, width: ReadonlySignal<number>, ask: AskRegion) {
    this.#ask = ask;
    const missing = computed(() => {
      const video = derived.video.value;
      const camera = derived.camera.value;
      const needed = camera.scale * devicePixelRatio * video.width;
      const coarse = width.value < Math.min(needed, video.width);
      return coarse ? seenOf(video, view.stage.value, camera) : null;
    });
    this.coarse = computed(() => {
      const [seen, region] = [missing.value, this.#region.value];
      return seen !== null && !(region?.frame === view.frame.value && contains(region.rect, seen));
    });
    let item = view.item.peek();
    let snapshots = view.snapshots.peek();
    this.#stop = effect(() => {
      if (snapshots !== view.snapshots.value) {
        snapshots = view.snapshots.value;
        this.#asked = null; // What was asked for before may never be answered.
      }
      if (item !== view.item.value) {
        item = view.item.value;
        this.#asked = null;
        this.#show(null);
      }
      const frame = view.frame.value;
      const video = derived.video.value;
      const seen = view.connected.value ? missing.value : null;
      const resting = !view.playing.value;
      untracked(() => this.#follow(frame, seen, resting ? video : null));
    });
  }

  /** The part that is here, of the frame shown; null while there is none. */
  get region(): ReadonlySignal<Region | null> {
    return this.#region;
  }

  /** Take what the kernel sent. */
  async take(frame: number, rect: Rect, jpeg: Uint8Array<ArrayBuffer>): Promise<void> {
    const asked = this.#asked;
    if (asked?.frame !== frame || !contains(rect, asked.rect)) {
      return;
    }
    const image = await createImageBitmap(new Blob([jpeg], { type: "image/jpeg" }));
    if (this.#asked !== asked) {
      image.close();
      return;
    }
    this.#asked = null;
    this.#show({ frame, rect, image });
  }

  /** Stop asking. */
  close(): void {
    this.#stop();
    clearTimeout(this.#timer);
    this.#cancel();
    this.#show(null);
  }

  #follow(frame: number, seen: Rect | null, picture: { width: number; height: number } | null) {
    clearTimeout(this.#timer);
    const region = this.#region.peek();
    if (region !== null && (region.frame !== frame || seen === null)) {
      this.#show(null);
    }
    const here = this.#region.peek() ?? this.#asked;
    const covered = here?.frame === frame && seen !== null && contains(here.rect, seen);
    if (!covered) {
      this.#cancel();
    }
    if (!covered && seen !== null && picture !== null) {
      this.#timer = setTimeout(() => {
        this.#asked = { frame, rect: grown(seen, picture) };
        this.#ask(frame, this.#asked.rect);
      }, REST);
    }
  }

  #cancel(): void {
    if (this.#asked !== null) {
      this.#ask(this.#asked.frame, null);
      this.#asked = null;
    }
  }

  #show(region: Region | null): void {
    const before = this.#region.peek();
    this.#region.value = region;
    before?.image.close();
  }
}

/** The whole pixels of the picture that are seen on the stage; null when none are. */
export function seenOf(
  picture: { width: number; height: number },
  stage: { width: number; height: number },
  { scale, x, y }: Camera,
): Rect | null {
  const left = Math.max(0, Math.floor(-x / scale));
  const top = Math.max(0, Math.floor(-y / scale));
  const right = Math.min(picture.width, Math.ceil((stage.width - x) / scale));
  const bottom = Math.min(picture.height, Math.ceil((stage.height - y) / scale));
  return right > left && bottom > top
    ? { x: left, y: top, w: right - left, h: bottom - top }
    : null;
}

function grown({ x, y, w, h }: Rect, picture: { width: number; height: number }): Rect {
  const [dx, dy] = [Math.ceil(w * MARGIN), Math.ceil(h * MARGIN)];
  const [left, top] = [Math.max(0, x - dx), Math.max(0, y - dy)];
  const right = Math.min(picture.width, x + w + dx);
  const bottom = Math.min(picture.height, y + h + dy);
  return { x: left, y: top, w: right - left, h: bottom - top };
}

function contains(outer: Rect, inner: Rect): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.w >= inner.x + inner.w &&
    outer.y + outer.h >= inner.y + inner.h
  );
}
