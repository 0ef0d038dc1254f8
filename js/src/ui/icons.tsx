/** The drawings, 16 x 16, as strokes; those of an action bear its name. */
const ICONS = {
  "select-tool": "M4 2.5l8.5 5.2-4 .9-2 3.9z",
  "draw-tool":
    "M2.5 5V2.5H5M8 2.5h1.5M13.5 6.5V8M2.5 8v1.5M2.5 11.5v2H5M11 9v5M8.5 11.5h5M11.5 2.5h2V4.5",
  single: "M2.5 3.5v9M13.5 3.5v9M8 5l3 3-3 3-3-3z",
  undo: "M5.5 3L2.5 6l3 3M2.5 6h7a4 4 0 010 8H7",
  redo: "M10.5 3l3 3-3 3M13.5 6h-7a4 4 0 000 8H9",
  minus: "M3 8h10",
  plus: "M8 3v10M3 8h10",
  fit: "M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3",
  check: "M3 8.5l3.3 3.3L13 4.8",
  warning: "M8 2.5L14 13H2zM8 6.5v3M8 11.3v.01",
  busy: "M8 2.5a5.5 5.5 0 105.5 5.5M8 5v3l2 1.5",
  help: "M2.5 4h11a1 1 0 011 1v6.5a1 1 0 01-1 1h-11a1 1 0 01-1-1V5a1 1 0 011-1zM4 6.8h.01M6.7 6.8h.01M9.4 6.8h.01M12 6.8h.01M4.5 9.8h7",
  panel: "M3 3h10a1 1 0 011 1v8a1 1 0 01-1 1H3a1 1 0 01-1-1V4a1 1 0 011-1zM10 3v10",
  find: "M2.8 7a4.2 4.2 0 108.4 0 4.2 4.2 0 10-8.4 0M10.2 10.2l3.3 3.3",
  history: "M2.5 8a5.5 5.5 0 101.8-4.1M4.5 1.8v2.4h2.4M8 5v3l2 1.5",
  palette: "M2.5 3.5h11v9h-11zM5 6.5L7 8l-2 1.5M8.5 10H11",
  "full-screen": "M6.5 9.5L2.5 13.5M2.5 9.5v4h4M9.5 6.5l4-4M9.5 2.5h4v4",
  close: "M4 4l8 8M12 4l-8 8",
  legend: "M1.5 8h2.5M12 8h2.5M8 4l4 4-4 4-4-4z",
  chevron: "M4.5 6.5L8 10l3.5-3.5",
  "previous-keyframe": "M10.5 4L14.5 8l-4 4-4-4zM4.5 4L1.5 8l3 4",
  "next-keyframe": "M5.5 4L1.5 8l4 4 4-4zM11.5 4l3 4-3 4",
  keyframe: "M7 3.5L12 8.5 7 13.5 2 8.5zM12.5 1.5v4M10.5 3.5h4",
  "keyframe-minus": "M7 3.5L12 8.5 7 13.5 2 8.5zM10.5 3.5h4",
  occluded: "M2.5 3.5h11v9h-11zM2.5 8L7 3.5M3.5 12.5l9-9M8.5 12.5l5-5",
  outside: "M9.5 3h-7v10h7M6.5 8h8M12 5.5L14.5 8 12 10.5",
  linear:
    "M3 12.5L13 3.5M2.7 12.5a.3.3 0 10.6 0 .3.3 0 10-.6 0M12.7 3.5a.3.3 0 10.6 0 .3.3 0 10-.6 0",
  hold: "M2.5 12h6V4h5",
  "first-frame": "M3.5 3v10M13 3.5L6.5 8l6.5 4.5z",
  "back-frames": "M8 3.5L3.5 8 8 12.5M13 3.5L8.5 8l4.5 4.5",
  "previous-frame": "M10 3.5L5 8l5 4.5",
  play: "M4.5 2.8v10.4L13 8z",
  "play-backward": "M11.5 2.8v10.4L3 8z",
  pause: "M4.5 3.5h1.5v9H4.5zM10 3.5h1.5v9H10z",
  "next-frame": "M6 3.5L11 8l-5 4.5",
  "forward-frames": "M3 3.5L7.5 8 3 12.5M8 3.5L12.5 8 8 12.5",
  "last-frame": "M12.5 3v10M3 3.5L9.5 8 3 12.5z",
  loop: "M3 8V6.5a2 2 0 012-2h8M11 2.5l2 2-2 2M13 8v1.5a2 2 0 01-2 2H3M5 9.5l-2 2 2 2",
  solo: "M2.5 8a5.5 5.5 0 1011 0 5.5 5.5 0 10-11 0M7 8a1 1 0 102 0 1 1 0 10-2 0M8 8h.01",
  hide: "M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8zM6 8a2 2 0 104 0 2 2 0 10-4 0",
  hidden:
    "M3.6 5.4C2.2 6.5 1.5 8 1.5 8S4 12.2 8 12.2c1 0 1.9-.25 2.7-.65M6.5 4c.5-.15 1-.2 1.5-.2 4 0 6.5 4.2 6.5 4.2s-.6 1.1-1.7 2.15M2.5 2.5l11 11",
  lock: "M4.5 7h7a1 1 0 011 1v4.5a1 1 0 01-1 1h-7a1 1 0 01-1-1V8a1 1 0 011-1zM5.5 7V4.8a2.5 2.5 0 014.8-.9",
  locked:
    "M4.5 7h7a1 1 0 011 1v4.5a1 1 0 01-1 1h-7a1 1 0 01-1-1V8a1 1 0 011-1zM5.5 7V5a2.5 2.5 0 015 0v2",
  event: "M3 2.5v11M3 3.5h9l-2 2.5 2 2.5H3",
  group: "M2.5 2.5h6v6h-6zM7.5 7.5h6v6h-6z",
  split: "M8 2v12M5.5 5L2.5 8l3 3M10.5 5l3 3-3 3",
  "delete-track": "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9",
  more: "M3 8a.5.5 0 101 0 .5.5 0 10-1 0M7.5 8a.5.5 0 101 0 .5.5 0 10-1 0M12 8a.5.5 0 101 0 .5.5 0 10-1 0",
  "start-here": "M3.5 3v10M13 8H6.5M9 5.5L6.5 8 9 10.5",
  "end-here": "M12.5 3v10M3 8h6.5M7 5.5L9.5 8 7 10.5",
};

/** Filled, not only outlined. */
const SOLID: ReadonlySet<string> = new Set(["play", "play-backward", "pause"]);

/** Name of a drawing. */
export type IconName = keyof typeof ICONS;

/** Whether there is a drawing of that name. */
export function isIcon(name: string): name is IconName {
  return name in ICONS;
}

/** A drawing of the toolbar's size, or small. */
export function Icon({ name, small = false }: { name: IconName; small?: boolean }) {
  return (
    <svg class={small ? "ic sm" : "ic"} viewBox="0 0 16 16" aria-hidden="true">
      <path d={ICONS[name]} fill={SOLID.has(name) ? "currentColor" : "none"} />
    </svg>
  );
}
