import type { Track } from "./track.ts";

/** Tracks of neighbouring ids, in the order of their ids. */
type Page = readonly Track[];

/** A page that grows longer is split in two. */
const LONGEST = 128;

/**
 * An immutable map of tracks by id, in the order of ids. A change copies one page and the list of
 * pages, so that an edit costs the same on ten tracks and on ten thousand.
 */
export class Tracks implements ReadonlyMap<number, Track> {
  readonly size: number;
  readonly #pages: readonly Page[];

  private constructor(pages: readonly Page[], size: number) {
    this.#pages = pages;
    this.size = size;
  }

  /** The tracks of any map; one of this kind is returned as it is. */
  static from(tracks: ReadonlyMap<number, Track>): Tracks {
    return tracks instanceof Tracks ? tracks : Tracks.of(tracks.values());
  }

  /** Tracks in any order. */
  static of(tracks: Iterable<Track>): Tracks {
    const sorted = [...tracks].sort((a, b) => a.id - b.id);
    return new Tracks(paged(sorted), sorted.length);
  }

  get(id: number): Track | undefined {
    const page = this.#pages[this.#pageOf(id)] ?? [];
    const found = page[lowerBound(page, id, idOf)];
    return found?.id === id ? found : undefined;
  }

  has(id: number): boolean {
    return this.get(id) !== undefined;
  }

  /** The largest id, 0 when there is no track. */
  get lastId(): number {
    return this.#pages.at(-1)?.at(-1)?.id ?? 0;
  }

  /** These tracks with another one in the place of its id, or added. */
  with(track: Track): Tracks {
    const added = this.has(track.id) ? 0 : 1;
    return this.#replace(track.id, (page, index) => page.toSpliced(index, 1 - added, track), added);
  }

  /** These tracks without the one of that id. */
  without(id: number): Tracks {
    return this.has(id) ? this.#replace(id, (page, index) => page.toSpliced(index, 1), -1) : this;
  }

  *values(): MapIterator<Track> {
    for (const page of this.#pages) {
      yield* page;
    }
  }

  *keys(): MapIterator<number> {
    for (const track of this.values()) {
      yield track.id;
    }
  }

  *entries(): MapIterator<[number, Track]> {
    for (const track of this.values()) {
      yield [track.id, track];
    }
  }

  [Symbol.iterator](): MapIterator<[number, Track]> {
    return this.entries();
  }

  forEach(run: (track: Track, id: number, tracks: ReadonlyMap<number, Track>) => void): void {
    for (const track of this.values()) {
      run(track, track.id, this);
    }
  }

  #pageOf(id: number): number {
    return Math.min(
      lowerBound(this.#pages, id, (page) => page.at(-1)?.id ?? 0),
      Math.max(0, this.#pages.length - 1),
    );
  }

  #replace(id: number, change: (page: Page, index: number) => Page, grown: number): Tracks {
    const at = this.#pageOf(id);
    const page = this.#pages[at] ?? [];
    const pages = this.#pages.toSpliced(at, 1, ...paged(change(page, lowerBound(page, id, idOf))));
    return new Tracks(pages, this.size + grown);
  }
}

function idOf(track: Track): number {
  return track.id;
}

/** Index of the first item whose number is not below `id`. */
function lowerBound<T>(items: readonly T[], id: number, numberOf: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberOf(items[middle] as T) < id) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function paged(tracks: Page): Page[] {
  if (tracks.length <= LONGEST) {
    return tracks.length === 0 ? [] : [tracks];
  }
  const half = LONGEST / 2;
  return Array.from({ length: Math.ceil(tracks.length / half) }, (_, index) =>
    tracks.slice(index * half, (index + 1) * half),
  );
}
