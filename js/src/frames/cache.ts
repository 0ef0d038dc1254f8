import { signal } from "@preact/signals-core";

type Entry = { jpeg: Uint8Array<ArrayBuffer>; bitmap: ImageBitmap | null; decoding: boolean };

/** Compressed frames kept, in bytes. */
const JPEG_BUDGET = 256 * 2 ** 20;
/** Decoded frames kept, in pixels: about 100 pictures of 854 x 480. */
const BITMAP_BUDGET = 40e6;

/** The frames of one video at the widths that were asked for: compressed, and some of them decoded. */
export class FrameCache {
  readonly #entries = new Map<string, Entry>();
  readonly #decoded = new Set<string>();
  readonly #held = new Map<object, readonly string[]>();
  readonly #version = signal(0);
  #bytes = 0;
  #pixels = 0;
  #closed = false;

  /** Called when a picture that arrived cannot be decoded. */
  onError: (frame: number, reason: unknown) => void = () => {};

  /** Changes whenever a frame arrives or is decoded; read it to be told. */
  get version(): number {
    return this.#version.value;
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
    this.#entries.set(name, { jpeg, bitmap: null, decoding: false });
    this.#bytes += jpeg.byteLength;
    this.#evictJpegs();
    this.#version.value += 1;
  }

  /** The decoded frame, or null; decoding starts when the compressed frame is here. */
  bitmap(width: number, frame: number): ImageBitmap | null {
    const name = key(width, frame);
    const entry = this.#entries.get(name);
    if (entry === undefined) {
      return null;
    }
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    if (entry.bitmap !== null) {
      this.#decoded.delete(name);
      this.#decoded.add(name);
      return entry.bitmap;
    }
    void this.#decode(name, frame, entry);
    return null;
  }

  /** Keep these pictures decoded, by their keys, in place of those `holder` held before. */
  hold(holder: object, names: readonly string[]): void {
    this.#held.set(holder, names);
  }

  /** Release everything. */
  close(): void {
    this.#closed = true;
    for (const { bitmap } of this.#entries.values()) {
      bitmap?.close();
    }
    this.#entries.clear();
    this.#decoded.clear();
  }

  async #decode(name: string, frame: number, entry: Entry): Promise<void> {
    if (entry.decoding) {
      return;
    }
    entry.decoding = true;
    try {
      const bitmap = await createImageBitmap(new Blob([entry.jpeg], { type: "image/jpeg" }));
      if (this.#entries.get(name) !== entry) {
        bitmap.close();
        return;
      }
      entry.bitmap = bitmap;
      this.#decoded.add(name);
      this.#pixels += bitmap.width * bitmap.height;
      this.#evictBitmaps();
      this.#version.value += 1;
    } catch (reason) {
      this.onError(frame, reason);
    } finally {
      entry.decoding = false;
    }
  }

  #evictJpegs(): void {
    for (const [name, entry] of this.#entries) {
      if (this.#bytes <= JPEG_BUDGET) {
        return;
      }
      this.#bytes -= entry.jpeg.byteLength;
      this.#release(name, entry);
      this.#entries.delete(name);
    }
  }

  #evictBitmaps(): void {
    const held = new Set([...this.#held.values()].flat());
    for (const name of this.#decoded) {
      if (this.#pixels <= BITMAP_BUDGET) {
        return;
      }
      const entry = this.#entries.get(name);
      if (entry && !held.has(name)) {
        this.#release(name, entry);
      }
    }
  }

  #release(name: string, entry: Entry): void {
    if (entry.bitmap !== null) {
      this.#pixels -= entry.bitmap.width * entry.bitmap.height;
      entry.bitmap.close();
      entry.bitmap = null;
      this.#decoded.delete(name);
    }
  }
}

/** What a picture is kept under. */
export function key(width: number, frame: number): string {
  return `${width}/${frame}`;
}
