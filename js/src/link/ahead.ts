import { tracksFromColumns } from "../core/json.ts";
import type { Track } from "../core/track.ts";
import { Tracks } from "../core/tracks.ts";
import { keyframeColumns } from "./buffers.ts";
import type { MoreTracks, Snapshot } from "./messages.ts";

/** The tracks of long documents, which come in pieces ahead of their snapshots. */
export class Ahead {
  readonly #tracks = new Map<number, Track[]>();

  /** Keep a piece. */
  add({ number, tracks }: MoreTracks, buffers: readonly DataView[]): void {
    const piece = tracksFromColumns(tracks, keyframeColumns(buffers));
    this.#tracks.set(number, [...(this.#tracks.get(number) ?? []), ...piece]);
  }

  /** All tracks of a snapshot; null when this page was not there yet when its pieces were sent. */
  tracksOf({ tracks, ahead }: Snapshot, columns: readonly DataView[]): Tracks | null {
    const own = tracksFromColumns(tracks, keyframeColumns(columns));
    if (ahead === null) {
      return Tracks.of(own);
    }
    const sent = this.#tracks.get(ahead.number) ?? [];
    for (const number of [...this.#tracks.keys()].filter((each) => each <= ahead.number)) {
      this.#tracks.delete(number);
    }
    if (sent.length < ahead.count) {
      return null;
    }
    const all = new Map([...sent, ...own].map((track) => [track.id, track]));
    for (const id of ahead.removed) {
      all.delete(id);
    }
    return Tracks.of(all.values());
  }
}
