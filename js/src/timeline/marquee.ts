import type { Rect } from "../core/geometry.ts";
import { indexAt } from "../core/keyframes.ts";
import type { Store } from "../store/store.ts";
import type { Marks } from "../store/view.ts";
import { LANE_HEIGHT } from "./place.ts";
import { frameAt, type Scale } from "./scale.ts";

/** Half the height of a mark in css px. */
const MARK = 5;

/** The keyframes whose marks lie in a rectangle of the lanes. */
export function marksIn({ view, derived }: Store, scale: Scale, { x, y, w, h }: Rect): Marks {
  const scroll = view.laneScroll.peek();
  const rows = derived.rows.peek();
  const lane = (height: number) => (height + scroll) / LANE_HEIGHT - 0.5;
  const first = Math.max(0, Math.ceil(lane(y - MARK)));
  const stop = Math.max(0, Math.floor(lane(y + h + MARK)) + 1);
  // Frames whose middles lie between the two sides.
  const from = Math.ceil(frameAt(scale, x) - 0.5);
  const to = Math.floor(frameAt(scale, x + w) - 0.5);
  const found = new Map<number, ReadonlySet<number>>();
  for (const row of rows.slice(first, stop)) {
    if (row.kind === "track") {
      const { keyframes } = row.track;
      const frames = keyframes.frames.subarray(
        indexAt(keyframes, from - 1) + 1,
        indexAt(keyframes, to) + 1,
      );
      if (frames.length > 0) {
        found.set(row.track.id, new Set(frames));
      }
    }
  }
  return found;
}
