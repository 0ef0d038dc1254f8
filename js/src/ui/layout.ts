import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import { follow } from "../store/follow.ts";
import type { View } from "../store/view.ts";
import { LANE_HEIGHT } from "../timeline/place.ts";

/** How much room there is: the width of the widget, not of the window. */
export type Size = "wide" | "medium" | "compact";

/** How the regions are laid out. */
export type Layout = {
  compact: ReadonlySignal<boolean>;
  /** Number of lanes shown before they scroll. */
  lanes: ReadonlySignal<number>;
  /** How few of them there may be, and how many. */
  least: number;
  most: ReadonlySignal<number>;
};

/** Heights in css px of what stands above and below stage and lanes, borders included. */
const FIXED = 146;
/** The strip of errors above the overview, in a review. */
const DENSITY = 16;
/** The chips and the selection strip, which the compact layout has besides. */
const COMPACT_FIXED = 64;
/** Lanes shown where there is room for them. */
const MOST_LANES = 7;
const MOST_COMPACT = 5;
const LEAST_LANES = 2;
/** The stage is never lower than this while there are lanes to give up. */
const STAGE_MIN = 200;

/** The size class of a width in css px. */
export function sizeOf(width: number): Size {
  return width >= 960 ? "wide" : width >= 760 ? "medium" : "compact";
}

/** How many lanes fit under a stage of at least 200 px. */
export function laneCount(compact: boolean, height: number, review = false): number {
  return Math.min(laneRoom(compact, height, review), compact ? MOST_COMPACT : MOST_LANES);
}

/** How many lanes could be shown at most. */
function laneRoom(compact: boolean, height: number, review: boolean): number {
  const besides = FIXED + (compact ? COMPACT_FIXED : 0) + (review ? DENSITY : 0);
  const room = height - besides - STAGE_MIN;
  return Math.max(LEAST_LANES, Math.floor(room / LANE_HEIGHT));
}

/** Follow the width of the root and mark it with the layout; the side panel folds where it is narrow. */
export function followSize(root: HTMLElement, view: View, abort: AbortSignal): Layout {
  const width = signal(root.clientWidth || 1120);
  const observer = new ResizeObserver(() => {
    width.value = root.clientWidth || width.peek();
  });
  observer.observe(root);
  const size = computed(() => sizeOf(width.value));
  const compact = computed(() => size.value === "compact");
  const review = computed(() => view.review.value !== null && view.reviewing.value);
  const most = computed(() => laneRoom(compact.value, view.height.value, review.value));
  const lanes = computed(() => {
    const usual = laneCount(compact.value, view.height.value, review.value);
    return Math.min(view.lanesWanted.value ?? usual, most.value);
  });
  abort.addEventListener("abort", () => observer.disconnect());
  follow(abort, () => {
    view.panel.value = size.value === "wide";
  });
  follow(abort, () => {
    root.classList.toggle("compact", compact.value);
    root.classList.toggle("review", review.value);
    root.classList.toggle("no-panel", !view.panel.value);
    root.classList.toggle("folded", !view.timeline.value);
    root.style.setProperty("--br-height", `${view.height.value}px`);
    root.style.setProperty("--br-lanes-h", `${lanes.value * LANE_HEIGHT}px`);
  });
  return { compact, lanes, least: LEAST_LANES, most };
}
