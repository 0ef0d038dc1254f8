import type { Row } from "../store/rows.ts";
import type { Store } from "../store/store.ts";

/** Height of a lane in css px. */
export const LANE_HEIGHT = 24;

/** The lane at a height of the lanes' host, null below the last. */
export function rowAt({ view, derived }: Store, y: number): Row | null {
  return derived.rows.peek()[Math.floor((y + view.laneScroll.peek()) / LANE_HEIGHT)] ?? null;
}

/** The lanes in sight, each with its top in css px. */
export function rowsInSight({ view, derived }: Store, height: number): [row: Row, top: number][] {
  const scroll = view.laneScroll.peek();
  const first = Math.floor(scroll / LANE_HEIGHT);
  const stop = Math.ceil((scroll + height) / LANE_HEIGHT);
  return derived.rows
    .peek()
    .slice(first, stop)
    .map((row, index) => [row, (first + index) * LANE_HEIGHT - scroll]);
}

/** The scroll position, in css px, brought into what the lanes allow. */
export function clampScroll(scroll: number, rows: number, height: number): number {
  return Math.max(0, Math.min(scroll, rows * LANE_HEIGHT - height));
}

/** Scroll as little as it takes to have a lane in sight. */
export function reveal({ view, derived }: Store, index: number, height: number): void {
  const top = index * LANE_HEIGHT;
  const scroll = view.laneScroll.peek();
  const wanted = Math.min(top, Math.max(scroll, top + LANE_HEIGHT - height));
  view.laneScroll.value = clampScroll(wanted, derived.rows.peek().length, height);
}
