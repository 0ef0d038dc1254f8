import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { Span } from "../core/track.ts";
import { bytesOf, type Decoded, decodeJpeg } from "./decode.ts";
import { FrameSet } from "./frameset.ts";

type Entry = {
  width: number;
  frame: number;
  jpeg: Uint8Array<ArrayBuffer>;
  picture: Decoded | null;
  state: "compressed" | "decoding" | "decoded" | "broken";
  /** Whether a view was on it, and may come back. */
  visited: boolean;
};

/** Frames of one width, most urgent first. */
type Hold = { width: number; frames: readonly number[] };

/** Compressed frames kept, in bytes. With decoded ones, messages not collected yet and canvases a page takes 416 MB at most, see `benchmarks/page.py`. */
const JPEG_BUDGET = 150e6;
/** Decoded frames kept, in bytes: about 200 pictures of 854 x 480, 70 where they are bitmaps. */
const DECODED_BUDGET = 120e6;
/** So many are decoded at once, beside the most urgent one. */
const WORKERS = 2;
/** At most so often, in milliseconds, is it told which frames are here. */
const INTERVAL = 200;

/** The frames of one video at the widths that were asked for: compressed, and some of them decoded. */
export class FrameCache {
  readonly #entries = new Map<string, Entry>();
  readonly #decoded = new Set<Entry>();
  readonly #holds = new Map<object, Hold>();
  readonly #version = signal(0);
  readonly #here = new Map<number, FrameSet>();
  readonly #ready = signal<ReadonlyMap<number, readonly Span[]>>(new Map());
  #timer: ReturnType<typeof setTimeout> | null = null;
  #later: ReturnType<typeof setTimeout> | null = null;
  #arrived = 0;
  #working = 0;
  #jpegBytes = 0;
  #decodedBytes = 0;
  #closed = false;

  /** Called when a picture that arrived cannot be decoded. */
  onError: (frame: number, reason: unknown) => void = () => {};

  /** Changes whenever a frame arrives or is decoded; read it to be told. */
  get version(): number {
    return this.#version.value;
  }

  /** How many frames have come so far. */
  get arrived(): number {
    return this.#arrived;
  }

  /** The compressed frames that are here, as spans by width. */
  get ready(): ReadonlySignal<ReadonlyMap<number, readonly Span[]>> {
    return this.#ready;
  }

  /** Whether the compressed frame is here. */
  has(width: number, frame: number): boolean {
    return this.#entries.has(key(width, frame));
  }

  /** Keep a frame that arrived. */
  put(width: number, frame: number, bytes: Uint8Array): void {
    const name = key(width, frame);
    if (this.#closed || this.#entries.has(name)) {
      return;
    }
    const jpeg = new Uint8Array(bytes);
    this.#entries.set(name, {
      width,
      frame,
      jpeg,
      picture: null,
      state: "compressed",
      visited: false,
    });
    this.#arrived += 1;
    this.#jpegBytes += jpeg.byteLength;
    this.#setOf(width).add(frame);
    this.#evictJpegs();
    this.#decode();
    this.#tell();
    this.#version.value += 1;
  }

  /** The decoded frame, or null while it is not. */
  picture(width: number, frame: number): Decoded | null {
    return this.#entries.get(key(width, frame))?.picture ?? null;
  }

  /** Decode what `holder` needs now and keep it so, in place of what it needed before. */
  hold(holder: object, hold: Hold): void {
    this.#holds.set(holder, hold);
    for (const entry of this.#wanted(hold)) {
      const name = key(entry.width, entry.frame);
      this.#entries.delete(name);
      this.#entries.set(name, entry);
      if (this.#decoded.delete(entry)) {
        this.#decoded.add(entry);
      }
      entry.visited ||= entry.frame === hold.frames[0];
    }
    this.#decode();
  }

  /** Hold nothing for `holder` any more. When the last has gone nothing is kept: a host may forget to close a widget whose notebook it closes. */
  release(holder: object): void {
    if (this.#holds.delete(holder) && this.#holds.size === 0) {
      this.clear();
    }
  }

  /** Release everything, and keep nothing any more. */
  close(): void {
    this.#closed = true;
    this.clear();
    this.#holds.clear();
    clearTimeout(this.#timer ?? undefined);
    clearTimeout(this.#later ?? undefined);
  }

  /** Release everything: another video is shown. */
  clear(): void {
    for (const { picture } of this.#entries.values()) {
      picture?.close();
    }
    this.#entries.clear();
    this.#decoded.clear();
    this.#here.clear();
    this.#jpegBytes = 0;
    this.#decodedBytes = 0;
    this.#tell();
    this.#version.value += 1;
  }

  *#wanted({ width, frames }: Hold): Iterable<Entry> {
    for (const frame of frames) {
      const entry = this.#entries.get(key(width, frame));
      if (entry !== undefined) {
        yield entry;
      }
    }
  }

  /** Decode what is held: the first of each holder at once, and when those are there, and were painted, the others. */
  #decode(): void {
    for (const entry of this.#first()) {
      if (entry.state === "compressed") {
        void this.#decodeOne(entry);
      }
    }
    this.#later ??= setTimeout(() => {
      this.#later = null;
      this.#decodeOthers();
    });
  }

  /** Decode as many as workers are free, but nothing beside what a view waits for. */
  #decodeOthers(): void {
    if (this.#first().some(({ state }) => state === "decoding")) {
      return;
    }
    for (const entry of [...this.#holds.values()].flatMap((hold) => [...this.#wanted(hold)])) {
      if (entry.state === "compressed" && this.#working < WORKERS) {
        void this.#decodeOne(entry);
      }
    }
  }

  /** What each holder needs most. */
  #first(): Entry[] {
    return [...this.#holds.values()].flatMap(({ width, frames }) => [
      ...this.#wanted({ width, frames: frames.slice(0, 1) }),
    ]);
  }

  async #decodeOne(entry: Entry): Promise<void> {
    entry.state = "decoding";
    this.#working += 1;
    try {
      const picture = await decodeJpeg(entry.jpeg);
      if (this.#entries.get(key(entry.width, entry.frame)) !== entry) {
        picture.close();
        return;
      }
      entry.picture = picture;
      entry.state = "decoded";
      this.#decoded.add(entry);
      this.#decodedBytes += bytesOf(picture);
      this.#evictDecoded();
      this.#version.value += 1;
    } catch (reason) {
      entry.state = "broken";
      this.onError(entry.frame, reason);
    } finally {
      this.#working -= 1;
      this.#decode();
    }
  }

  #evictJpegs(): void {
    for (const [name, entry] of this.#entries) {
      if (this.#jpegBytes <= JPEG_BUDGET) {
        return;
      }
      this.#jpegBytes -= entry.jpeg.byteLength;
      this.#drop(entry);
      this.#entries.delete(name);
      this.#setOf(entry.width).delete(entry.frame);
    }
  }

  /** Let go of decoded pictures that nobody holds: first those no view was on, then the oldest. */
  #evictDecoded(): void {
    if (this.#decodedBytes <= DECODED_BUDGET) {
      return;
    }
    const held = new Set([...this.#holds.values()].flatMap((hold) => [...this.#wanted(hold)]));
    const spare = [...this.#decoded].filter((entry) => !held.has(entry));
    spare.sort((one, other) => Number(one.visited) - Number(other.visited));
    for (const entry of spare) {
      if (this.#decodedBytes <= DECODED_BUDGET) {
        return;
      }
      this.#drop(entry);
    }
  }

  /** Let go of the decoded picture of a frame. */
  #drop(entry: Entry): void {
    const { picture } = entry;
    if (picture !== null) {
      this.#decodedBytes -= bytesOf(picture);
      picture.close();
      entry.picture = null;
      entry.state = "compressed";
      this.#decoded.delete(entry);
    }
  }

  #setOf(width: number): FrameSet {
    const set = this.#here.get(width) ?? new FrameSet();
    this.#here.set(width, set);
    return set;
  }

  /** Tell which frames are here, once for all that come within a while. */
  #tell(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#ready.value = new Map([...this.#here].map(([width, { spans }]) => [width, spans]));
    }, INTERVAL);
  }
}

function key(width: number, frame: number): string {
  return `${width}/${frame}`;
}
