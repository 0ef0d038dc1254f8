import { endOf } from "../actions/scope.ts";
import { stateAt } from "../core/interpolate.ts";
import { startOf, type Track } from "../core/track.ts";
import type { Store } from "../store/store.ts";
import type { TrackOrder } from "../store/view.ts";

/** What the list of tracks can show. */
export const SHOWS: readonly (readonly [TrackOrder["show"], string])[] = [
  ["all", "All tracks"],
  ["frame", "On this frame"],
  ["selected", "Selected"],
  ["hidden", "Hidden"],
  ["locked", "Locked"],
];

/** What the list of tracks can be sorted by. */
export const SORTS: readonly (readonly [TrackOrder["by"], string])[] = [
  ["id", "By ID"],
  ["label", "By label"],
  ["start", "By start"],
  ["length", "By length"],
];

/** Whether a track is one that is looked for. */
export function matches({ id, label }: Track, text: string): boolean {
  return `#${id} ${label}`.toLowerCase().includes(text.trim().toLowerCase());
}

/** The tracks that the list shows, in its order. */
export function arranged(store: Store): readonly Track[] {
  const { view, derived } = store;
  const { show, by } = view.order.value;
  const text = view.find.value ?? "";
  const shown = derived.lanes.value.filter(
    (track) => matches(track, text) && isShown(store, track, show),
  );
  if (by === "id") {
    return shown;
  }
  const count = derived.video.value.frame_count;
  const start = startOf;
  const order = {
    label: (a: Track, b: Track) => a.label.localeCompare(b.label),
    start: (a: Track, b: Track) => start(a) - start(b),
    length: (a: Track, b: Track) => endOf(b, count) - start(b) - (endOf(a, count) - start(a)),
  }[by];
  return shown.sort((a, b) => order(a, b) || a.id - b.id);
}

function isShown({ view }: Store, track: Track, show: TrackOrder["show"]): boolean {
  switch (show) {
    case "all":
      return true;
    case "frame":
      return stateAt(track, view.frame.value).present;
    case "selected":
      return view.selection.value.has(track.id);
    case "hidden":
      return view.hidden.value.has(track.id);
    case "locked":
      return view.locked.value.has(track.id);
    default:
      return show === `label:${track.label}`;
  }
}
