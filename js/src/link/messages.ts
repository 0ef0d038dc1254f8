import type { Edit } from "../core/edits.ts";
import type { TrackMeta } from "../core/json.ts";
import type { PartsJson } from "../core/parts.ts";
import type { HistoryNames } from "../store/document.ts";
import type { Heard } from "../store/queue.ts";
import type { ErrorKey, Numbers, Offered, Ruling, Setting } from "../store/review.ts";
import type { ItemHead, ItemMark, Notice, SaveState, Steps, TrackProgress } from "../store/view.ts";

/** Version of the messages; the kernel's twin is `boxreel/widget/messages.py`. */
export const PROTOCOL = 3;

/** What the browser says. */
export type ToKernel =
  | { kind: "hello"; protocol: number; client: string }
  | { kind: "ping"; client: string }
  | { kind: "nudge" }
  | ActMessage
  | { kind: "steps"; client: string; item: number }
  | { kind: "travel"; client: string; item: number; revision: number; by: number }
  | { kind: "save"; item: number }
  | { kind: "open"; item: number; frame: number; to: number }
  | { kind: "mark"; item: number; mark: ItemMark | null }
  | {
      kind: "frames";
      client: string;
      item: number;
      width: number;
      wanted: readonly number[];
      around: boolean;
    }
  | { kind: "region"; client: string; item: number; frame: number; rect: RectJson | null }
  | {
      kind: "track";
      client: string;
      item: number;
      track: number;
      frame: number;
      stop: number | null;
    }
  | { kind: "stop_tracking"; item: number }
  | ({ kind: "match"; client: string; item: number; seq: number } & Setting)
  | { kind: "verdict"; item: number; error: ErrorKey; ruling: Ruling | null }
  | { kind: "verify"; item: number; start: number; stop: number; verified: boolean }
  | { kind: "fixes"; client: string; item: number; error: ErrorKey }
  | { kind: "error"; client: string; text: string };

/** What a person did: it is to be done once, and after the act of the number `after`. */
export type ActMessage = { client: string; item: number; seq: number; after: number } & (
  | { kind: "edit"; revision: number; edit: Edit }
  | { kind: "undo" }
  | { kind: "redo" }
);

/** Left, top, width and height in whole pixels of the video. */
export type RectJson = readonly [number, number, number, number];

/** The video as the snapshot describes it; the first two buffers are the runs of its ticks. */
export type VideoMeta = {
  name: string;
  width: number;
  height: number;
  frame_count: number;
  fps: number;
  /** Seconds a tick, as a fraction. */
  time_base: readonly [number, number];
  warnings: readonly string[];
};

/** The whole document. */
export type Snapshot = {
  kind: "snapshot";
  protocol: number;
  revision: number;
  client: string | null;
  video: VideoMeta;
  parts: PartsJson;
  /** All tracks, or those that are not as they were sent ahead. */
  tracks: readonly TrackMeta[];
  /** The tracks that were sent ahead: how many, and which of them are there no more. */
  ahead: { number: number; count: number; removed: readonly number[] } | null;
  history: Histories;
  save: SaveState;
  read_only: boolean;
  /** The frame that was shown last of the item, which is one of the items. */
  frame: number;
  item: number;
  items: readonly ItemHead[];
  heard: Heard;
  /** What the document is called, by whatever kernel and in whatever page. */
  document: string;
};

/** What undo and redo would do, by the author of steps; "" for who has done nothing yet. */
export type Histories = Readonly<Record<string, HistoryNames>>;

/** Tracks of a long document, ahead of the snapshot that names their number. */
export type MoreTracks = { kind: "tracks"; number: number; tracks: readonly TrackMeta[] };

/** What is to be looked at: start, stop, track, text; the frames and their boxes are buffers. */
export type MarksShown = {
  kind: "marks";
  name: string;
  spans: readonly (readonly [number, number, number | null, string])[];
};

/** An error as `FoundError` has it: kind, frames, label, truth, prediction, was, iou, severity. */
export type ErrorRow = readonly [
  string,
  number,
  number,
  string,
  number | null,
  number | null,
  number | null,
  number | null,
  number,
];

/** How the labels compare with the predictions; the pairs are its buffer, 4 a row. */
export type Compared = {
  kind: "compared";
  revision: number;
  setting: Setting;
  /** Which page has set it so, by which of its requests. */
  asked: readonly [client: string, seq: number] | null;
  models: readonly (readonly [string, Numbers])[];
  frames: number | null;
  errors: readonly ErrorRow[];
  /** Indices of the errors that not all predictions make. */
  differs: readonly number[];
  /** Index of an error, what was said of it, by whom and when. */
  said: readonly (readonly [number, Ruling, string, number])[];
  verified: readonly (readonly [number, number])[];
  numbers: Numbers;
  first: Numbers;
  fixes: number;
};

/** One edit was applied: the acknowledgement for its client, an edit to apply for the others. */
export type Edited = {
  kind: "edited";
  item: number;
  revision: number;
  client: string | null;
  seq: number | null;
  edit: Edit;
  history: Histories;
};

/** Whole tracks were replaced: undo, redo, an assignment from Python. */
export type Changed = {
  kind: "changed";
  item: number;
  revision: number;
  client: string | null;
  seq: number | null;
  tracks: readonly TrackMeta[];
  removed: readonly number[];
  parts: Partial<PartsJson>;
  history: Histories;
};

/** What the kernel says. */
export type FromKernel =
  | Snapshot
  | MoreTracks
  | { kind: "items"; items: readonly ItemHead[] }
  | MarksShown
  | { kind: "predictions"; tracks: readonly TrackMeta[] }
  | Compared
  | ({ kind: "fixes"; client: string } & Offered)
  | { kind: "signals"; names: readonly string[] }
  | Edited
  | Changed
  | ({ kind: "steps"; client: string } & Steps)
  | {
      kind: "rejected";
      item: number;
      client: string;
      seq: number;
      revision: number;
      reason: string;
    }
  | { kind: "heard"; item: number; client: string; seq: number; heard: number }
  | { kind: "pong"; client: string }
  | { kind: "frames"; width: number; frames: readonly number[] }
  | { kind: "ready"; width: number; spans: readonly (readonly [number, number])[] }
  | { kind: "region"; client: string; frame: number; rect: RectJson }
  | { kind: "frame_error"; frame: number; text: string }
  | { kind: "tracking"; progress: TrackProgress | null }
  | { kind: "warnings"; warnings: readonly string[] }
  | ({ kind: "save" } & SaveState)
  | ({ kind: "notice" } & Notice);
