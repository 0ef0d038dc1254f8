import type { Track } from "../core/track.ts";
import type { App } from "./app.ts";
import { trackText } from "./text.ts";

export { commitAll } from "../store/store.ts";

/** Those of the tracks that are there and not locked. */
export function unlockedOf(app: App, ids: Iterable<number>): Track[] {
  const { tracks } = app.document.annotation.peek();
  const locked = app.view.locked.peek();
  return [...ids].flatMap((id) => (locked.has(id) ? [] : (tracks.get(id) ?? [])));
}

/** Their names, or how many there are when they are many. */
export function namesOf(tracks: readonly Track[]): string {
  return tracks.length > 3 ? `${tracks.length} tracks` : tracks.map(trackText).join(", ");
}
