import { computed, signal } from "@preact/signals-core";
import type { Camera, Rect } from "../core/geometry.ts";
import type { Box } from "../core/shapes/box.ts";
import type { Span } from "../core/track.ts";
import { Tracks } from "../core/tracks.ts";
import { NO_MARKS } from "./marks.ts";
import type { Heard, Waiting } from "./queue.ts";
import type { ErrorKind, Layers, Offered, Review, ReviewError, Setting } from "./review.ts";
import type { Signal } from "./signals.ts";

/** What the pointer does on the stage; `redraw` draws the selected track's box anew. */
export type ToolName = "select" | "draw" | "redraw";

/** A gesture that is under way and not yet an edit: boxes of tracks, a box being drawn, and its numbers. */
export type Preview = { boxes: ReadonlyMap<number, Box>; draft: Box | null; text: string };

/** What a tag can say of its box. */
export type TagPart = "id" | "label" | "score" | "attributes" | "size";

/** What decides the colour of a box. */
export type ColourBy = "label" | "track";

/** How the picture is shown, in percent; it changes neither labels nor exports. */
export type PictureSettings = Readonly<Record<"brightness" | "contrast" | "saturation", number>>;

/** The picture as it is in the file. */
export const AS_IT_IS: PictureSettings = { brightness: 100, contrast: 100, saturation: 100 };

/** A message that the person should see for a while. */
export type Notice = {
  level: "info" | "warning" | "error";
  text: string;
  /** Whether it tells of the last edit, which its button takes back. */
  undo?: boolean;
};

/** The trait `theme`: what the widget looks like, or `auto` to follow the page. */
export type Theme = "auto" | "light" | "dark";

/** How far a change of the selected track reaches from the frame shown. */
export type Scope = "change" | "keyframe" | "frame" | "rest" | "track";

/** Which tracks the list shows, by what is so of them or by their label (`label:car`), and in what order. */
export type TrackOrder = {
  show: "all" | "frame" | "selected" | "hidden" | "locked" | `label:${string}`;
  by: "id" | "label" | "start" | "length";
};

/** The names of all steps around a revision: oldest first, and the next one first. */
export type Steps = { revision: number; past: readonly string[]; future: readonly string[] };

/** Keyframes, as frames by track id. */
export type Marks = ReadonlyMap<number, ReadonlySet<number>>;

/** A keyframe under the pointer: what it belongs to, and where its mark is on the lanes. */
export type Tip = { track: number; frame: number; x: number; y: number };

/** What a person has said of a whole video. */
export type ItemMark = "done" | "discarded";

/** One of the videos of a widget. */
export type ItemHead = { name: string; mark: ItemMark | null };

/** How far the kernel has followed a track: `frame` of `start` to `stop`. */
export type TrackProgress = { track: number; frame: number; start: number; stop: number };

/** How the labels stand on disk. */
export type SaveState = {
  state: "saved" | "saving" | "error" | "off" | "unknown";
  text: string;
  path: string | null;
};

/**
 * How it stands with the kernel: `cut` while it cannot be reached, `gone` when it is there and does
 * not know this widget any more.
 */
export type LineState = "live" | "cut" | "gone";

const NOTHING_STORED: { width: number; spans: readonly Span[] } = { width: 0, spans: [] };

/** Frames that can be shown soon, as spans in order. */
export type Ready = {
  /** Those that are in the browser: at once. */
  here: readonly Span[];
  /** Those that the kernel has made: as soon as they are asked for. */
  stored: readonly Span[];
};

/** What all views of one widget share; `frame`, `selection`, `height`, `theme` are traits. */
export function createShared() {
  const notices = signal<readonly Notice[]>([]);
  return {
    frame: signal(0),
    selection: signal<ReadonlySet<number>>(new Set()),
    label: signal<string | null>(null),
    /** Whether a new box lives on one frame only. */
    single: signal(false),
    hidden: signal<ReadonlySet<number>>(new Set()),
    locked: signal<ReadonlySet<number>>(new Set()),
    solo: signal<number | null>(null),
    readOnly: signal(false),
    /** Whether the label set may not be changed here. */
    labelsLocked: signal(false),
    /** Keys that differ from the usual ones: chords by action. */
    keymap: signal<Readonly<Record<string, string>>>({}),
    /** Whether the document has been here. */
    connected: signal(false),
    line: signal<LineState>("live"),
    /** What the document is called beyond this page, and what the kernel had heard of pages at last. */
    document: signal(""),
    heard: signal<Heard>({}),
    /** How often the whole document has come: what was asked for before may never be answered. */
    snapshots: signal(0),
    /** Edits that were made before and never confirmed. */
    unsaved: signal<readonly Waiting[]>([]),
    warnings: signal<readonly string[]>([]),
    /** The history, as the kernel told it when it was last asked. */
    steps: signal<Steps | null>(null),
    save: signal<SaveState>({ state: "unknown", text: "", path: null }),
    /** The track that the kernel is following, null when it is following none. */
    tracking: signal<TrackProgress | null>(null),
    /** What is to be read now, the newest last. */
    notices,
    notice: computed(() => notices.value.at(-1) ?? null),
    /** Why a frame cannot be shown, by frame. */
    frameErrors: signal<ReadonlyMap<number, string>>(new Map()),
    /** What Python wants to be looked at. */
    marks: signal(NO_MARKS),
    /** What the labels are compared with, and how they compare; null outside of a review. */
    predictions: signal<Tracks>(Tracks.of([])),
    review: signal<Review | null>(null),
    /** How they are to be compared, as was last asked for; null before the first comparison. */
    setting: signal<Setting | null>(null),
    /** What Python has added: a number for each frame. */
    signals: signal<readonly Signal[]>([]),
    /** What can be done about the error that the kernel was last asked about. */
    offered: signal<Offered | null>(null),
    /** The frames that the kernel has made, at the width that was asked for last. */
    stored: signal(NOTHING_STORED),
    /** The videos of the widget, and which of them is shown. */
    items: signal<readonly ItemHead[]>([]),
    item: signal(0),
    height: signal(680),
    theme: signal<Theme>("auto"),
  };
}

/** Whether the label file is edited by another kernel. */
export function isElsewhere({ state, path }: SaveState): boolean {
  return state === "off" && path !== null;
}

/** Why nothing can be edited, null when it can: Python allows looking only, or the label file is edited elsewhere. */
export function viewOnlyText({ readOnly, save }: Pick<Shared, "readOnly" | "save">): string | null {
  const reason = isElsewhere(save.value) ? save.value.text : "opened with read_only=True";
  return readOnly.value ? `View only: ${reason}.` : null;
}

/** Forget what was so of the video that is no longer shown. */
export function leaveVideo(shared: Shared): void {
  shared.selection.value = new Set();
  shared.hidden.value = new Set();
  shared.locked.value = new Set();
  shared.solo.value = null;
  shared.frameErrors.value = new Map();
  shared.marks.value = NO_MARKS;
  shared.tracking.value = null;
  shared.stored.value = NOTHING_STORED;
}

/** Keep why a frame cannot be shown. */
export function failFrame({ frameErrors }: Shared, frame: number, reason: string): void {
  frameErrors.value = new Map(frameErrors.value).set(frame, reason);
}

/** This many errors are kept in sight. */
const ERRORS = 3;

/** Show a message: it takes the place of the one before, but an error stays until it is closed. */
export function say({ notices }: Shared, notice: Notice): void {
  const errors = notices
    .peek()
    .filter(({ level, text }) => level === "error" && text !== notice.text);
  notices.value = [...errors.slice(1 - ERRORS), notice];
}

/** Take a message away. */
export function unsay({ notices }: Shared, notice: Notice): void {
  notices.value = notices.peek().filter((other) => other !== notice);
}

/** The signals that the views of one widget share. */
export type Shared = ReturnType<typeof createShared>;

/** What one view looks at; it never leaves the browser. `camera` null fits the whole picture. */
export function createView(shared: Shared) {
  return {
    ...shared,
    hover: signal<number | null>(null),
    tool: signal<ToolName>("select"),
    camera: signal<Camera | null>(null),
    stage: signal({ width: 0, height: 0 }),
    /** Whether the selected track is kept in the middle of the stage. */
    following: signal(false),
    pointer: signal<{ x: number; y: number } | null>(null),
    preview: signal<Preview | null>(null),
    /** The rubber band, in picture pixels. */
    band: signal<Rect | null>(null),
    /** Whether the keys change a box. */
    byKeys: signal(false),
    /** The attribute asked for while the keys go through attributes, null while they do not. */
    walking: signal<string | null>(null),
    tags: signal(true),
    /** What a tag says. */
    tagParts: signal<ReadonlySet<TagPart>>(new Set<TagPart>(["id", "label"])),
    colourBy: signal<ColourBy>("label"),
    /** Whether a review shows its errors, or the labels alone. */
    reviewing: signal(true),
    layers: signal<Layers>("both"),
    /** Whether labels and predictions are shown in turns. */
    blink: signal(false),
    /** The prediction that is seen beneath the labels while an error is mended by hand. */
    underlay: signal<number | null>(null),
    /** The error that is looked at, as it was when it was gone to. */
    error: signal<ReviewError | null>(null),
    /** The kinds of errors that are left out, and the label of those that are not. */
    unchecked: signal<ReadonlySet<ErrorKind>>(new Set()),
    errorLabel: signal<string | null>(null),
    /** What the objects of errors are like that are shown, see `likenesses`; null for all. */
    errorLike: signal<string | null>(null),
    /** From which value on a signal selects frames, by its name. */
    thresholds: signal<ReadonlyMap<string, number>>(new Map()),
    /** Whether only errors are shown that not all predictions make. */
    onlyDiffering: signal(false),
    /** How much a box that is not selected is filled, 0 to 1. */
    fill: signal(0),
    /** Boxes of the keyframes before and after, in outline. */
    ghosts: signal(true),
    /** The way of the selected boxes through the frames around. */
    trails: signal(false),
    /** Hair lines through the pointer, with its coordinates. */
    hairlines: signal(false),
    picture: signal<PictureSettings>(AS_IT_IS),
    /** Whether the picture settings are set aside. */
    bypass: signal(false),
    playing: signal(false),
    backward: signal(false),
    speed: signal(1),
    loop: signal(false),
    scope: signal<Scope>("change"),
    /** Whether playback waits for pictures. */
    buffering: signal(false),
    jump: signal(10),
    /** What was begun with one track while the other one is still to be picked. */
    pick: signal<{ act: "merge" | "swap"; track: number } | null>(null),
    /** For how many frames a box is kept when it is propagated. */
    reach: signal(10),
    window: signal<Span>({ start: 0, stop: 1 }),
    /** The range of frames that acts are limited to. */
    range: signal<Span | null>(null),
    /** The selected keyframes. */
    keyframes: signal<Marks>(new Map()),
    tip: signal<Tip | null>(null),
    /** The frame under the pointer on ruler or overview, and how far along. */
    peek: signal<{ frame: number; x: number } | null>(null),
    /** A small picture of that frame, once it is here. */
    thumbnail: signal<ImageBitmap | VideoFrame | null>(null),
    /** How many lanes the person wants to see, null for as many as usual. */
    lanesWanted: signal<number | null>(null),
    /** The label that new events get. */
    eventLabel: signal<string | null>(null),
    /** Events that were begun and have not ended: their first frame by label. */
    runs: signal<ReadonlyMap<string, number>>(new Map()),
    /** The selected event. */
    event: signal<number | null>(null),
    laneScroll: signal(0),
    panel: signal(true),
    timeline: signal(true),
    help: signal(false),
    palette: signal(false),
    /** Whether labels are searched, and changed. */
    picker: signal(false),
    labelEditor: signal(false),
    history: signal(false),
    fullScreen: signal(false),
    find: signal<string | null>(null),
    order: signal<TrackOrder>({ show: "all", by: "id" }),
    focused: signal(false),
    dark: signal(false),
    announcement: signal(""),
    /** The frames that this view could show soon. */
    ready: signal<Ready>({ here: [], stored: [] }),
    painted: signal(-1),
    /** The frame that is on the stage as sharp as the video or the screen is, -1 while none is. */
    sharp: signal(-1),
  };
}

/** The signals of one view. */
export type View = ReturnType<typeof createView>;
