import type { Edit } from "../core/edits.ts";
import type { TrackMeta } from "../core/json.ts";
import type { PartsJson } from "../core/parts.ts";
import type { HistoryNames } from "../store/document.ts";
import type { Notice, SaveState, Steps } from "../store/view.ts";

/** Version of the messages; the kernel's twin is `boxreel/widget/messages.py`. */
export const PROTOCOL = 1;

/** What the browser says. */
export type ToKernel =
  | { kind: "hello"; protocol: number; client: string }
  | { kind: "edit"; client: string; seq: number; revision: number; edit: Edit }
  | { kind: "undo"; client: string }
  | { kind: "redo"; client: string }
  | { kind: "steps"; client: string }
  | { kind: "travel"; client: string; revision: number; by: number }
  | { kind: "save" }
  | { kind: "frames"; client: string; width: number; wanted: readonly number[]; around: boolean }
  | { kind: "error"; client: string; text: string };

/** The video as the snapshot describes it; its times are the first buffer. */
export type VideoMeta = {
  name: string;
  width: number;
  height: number;
  frame_count: number;
  fps: number;
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
  tracks: readonly TrackMeta[];
  history: HistoryNames;
  save: SaveState;
  read_only: boolean;
};

/** One edit was applied: the acknowledgement for its client, an edit to apply for the others. */
export type Edited = {
  kind: "edited";
  revision: number;
  client: string | null;
  seq: number | null;
  edit: Edit;
  history: HistoryNames;
};

/** Whole tracks were replaced: undo, redo, an assignment from Python. */
export type Changed = {
  kind: "changed";
  revision: number;
  tracks: readonly TrackMeta[];
  removed: readonly number[];
  parts: Partial<PartsJson>;
  history: HistoryNames;
};

/** What the kernel says. */
export type FromKernel =
  | Snapshot
  | Edited
  | Changed
  | ({ kind: "steps"; client: string } & Steps)
  | { kind: "rejected"; client: string; seq: number; revision: number; reason: string }
  | { kind: "frames"; width: number; frames: readonly number[] }
  | { kind: "frame_error"; frame: number; text: string }
  | ({ kind: "save" } & SaveState)
  | ({ kind: "notice" } & Notice);
