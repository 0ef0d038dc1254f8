import type { ActionId } from "../actions/keymap.ts";

/** What can be done to the selected tracks, beside what has a button of its own. */
export const TRACK_MENU: readonly ActionId[] = [
  "keyframe",
  "occluded",
  "outside",
  "motion",
  "start-here",
  "end-here",
  "merge",
  "swap",
  "split",
  "duplicate",
  "group",
  "ungroup",
  "only-here",
  "start-first",
  "end-last",
  "track-forward",
  "propagate",
  "propagate-back",
  "motion-track",
  "delete-frame",
  "delete-range",
  "delete-before",
  "delete-rest",
  "delete-whole",
  "zoom-selection",
  "track-start",
  "track-end",
];

/** What can be done with events. */
export const EVENT_MENU: readonly ActionId[] = [
  "event",
  "event-tag",
  "event-clip",
  "event-start",
  "event-end",
  "event-link",
  "event-delete",
  "previous-event",
  "next-event",
];
