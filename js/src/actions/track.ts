import { nextId } from "../core/annotation.ts";
import type { Edit, SetHold, SplitTrack } from "../core/edits.ts";
import { stateAt } from "../core/interpolate.ts";
import { frameOf, SOURCES } from "../core/keyframes.ts";
import { nextKeyframe, prevKeyframe, startOf, type Track } from "../core/track.ts";
import {
  type Action,
  type App,
  act,
  announce,
  did,
  type Reason,
  type Title,
  viewOnly,
} from "./app.ts";
import {
  boxless,
  change,
  endTrackAt,
  lockedOut,
  type Make,
  notStarted,
  ofTrack,
  range,
  type Say,
  startTrackAt,
} from "./change.ts";
import { commitAll, namesOf, unlockedOf } from "./many.ts";
import { markCount, removeSelectedMarks } from "./marks.ts";
import { keyframeAt, toggleOccluded, toggleOutside } from "./scope.ts";
import { counted } from "./text.ts";

/** What K would do on the frame shown. */
export const keyframeUse = ofTrack((track, frame) => {
  const { exact, index } = stateAt(track, frame);
  const source = SOURCES[track.keyframes.sources[index] ?? 0];
  return !exact ? "Add" : source === "model" || source === "tracker" ? "Confirm" : "Remove";
});

/** The state of the selected track on the frame shown. */
export const stateNow = ofTrack(stateAt);

/** What a person does to the selected track; every edit reaches as far as its words say. */
export const TRACK = {
  keyframe: act(keyframeTitle, useKeyframe, { blocked: boxless }),
  occluded: {
    ...edits(
      (app) => (stateNow(app)?.occluded ? "Visible from here" : "Occluded from here"),
      toggleOccluded,
      (app, _track, _frame, { start, stop, occluded }) =>
        did(app, `${occluded ? "Occluded" : "Visible"} on ${range(app, start, stop)}.`),
    ),
    pressed: (app) => stateNow(app)?.occluded === true,
  },
  outside: {
    ...edits(
      (app) => (stateNow(app)?.present === false ? "Inside from here" : "Outside from here"),
      toggleOutside,
      (app, _track, _frame, { start, stop, outside }) =>
        did(app, `${outside ? "Outside" : "Inside"} on ${range(app, start, stop)}.`),
      lockedOut,
    ),
    pressed: (app) => stateNow(app)?.present === false,
  },
  motion: edits(
    (app) => `Motion until next keyframe: ${stateNow(app)?.hold ? "hold" : "linear"}`,
    (track, frame) => {
      const { hold, index } = stateAt(track, frame);
      const start = frameOf(track.keyframes, index);
      const stop = nextKeyframe(track, frame);
      return {
        kind: "set_hold",
        track: track.id,
        start,
        ...(stop !== null && { stop }),
        hold: !hold,
      };
    },
    sayMotion,
  ),
  "start-here": act("Start here", (app) => startTrackAt(app, app.view.frame.peek()), {
    blocked: lockedOut,
  }),
  "end-here": act("End here", (app) => endTrackAt(app, app.view.frame.peek()), {
    blocked: notStarted(0),
  }),
  split: edits(
    (app) => `Split ${subject(app)} at frame ${app.view.frame.value}`,
    ({ id: track }, frame, app): SplitTrack & { new_track: number } => ({
      kind: "split_track",
      track,
      frame,
      new_track: nextId(app.document.annotation.peek()),
    }),
    (app, track, frame, { new_track }) => {
      app.view.selection.value = new Set([new_track]);
      did(app, `#${track.id} ends at ${frame - 1}, #${new_track} goes on from ${frame}.`);
    },
    (app) => boxless(app) ?? notStarted(1)(app),
  ),
  "delete-frame": edits(
    (app) => `Delete ${subject(app)} on this frame`,
    ({ id: track }, frame) => ({ kind: "set_outside", track, start: frame, stop: frame + 1 }),
    (app, track, frame) => announce(app, `#${track.id} deleted on frame ${frame}`),
  ),
  "delete-rest": edits(
    (app) => `Delete ${subject(app)} from here on`,
    (track, stop) => ({ kind: "trim_track", track: track.id, start: startOf(track), stop }),
    (app, track, frame) => did(app, `Deleted #${track.id} on ${range(app, frame)}.`),
    notStarted(0),
  ),
  "delete-track": act(deleteTitle, deleteSelected, {
    blocked: (app) => (markCount(app) > 0 ? viewOnly(app) : lockedOut(app)),
  }),
} satisfies Record<string, Action>;

/** An action that is one edit of the selected track. */
function edits<E extends Edit>(
  title: Title,
  make: Make<E>,
  say: Say<E>,
  blocked: Reason = boxless,
): Action {
  return act(title, (app) => change(app, make, say), { blocked });
}

function keyframeTitle(app: App): string {
  const use = keyframeUse(app) ?? "Add";
  return use === "Add" ? "Add a keyframe here" : `${use} this keyframe`;
}

function useKeyframe(app: App): void {
  if (keyframeUse(app) === "Remove") {
    change(app, ({ id: track }, frame) => ({ kind: "remove_keyframe", track, frame }), sayRemoved);
  } else {
    change(app, keyframeAt, sayKeyframe);
  }
}

function sayRemoved(app: App, track: Track, frame: number): void {
  const start = (prevKeyframe(track, frame) ?? frame - 1) + 1;
  const changed = range(app, start, nextKeyframe(track, frame) ?? undefined);
  did(app, `Removed keyframe ${frame} of #${track.id}: ${changed} changed.`);
}

function sayKeyframe(app: App, { id }: Track, frame: number): void {
  const { frames } = app.document.annotation.peek().tracks.get(id)?.keyframes ?? {};
  if (frames) {
    announce(app, `Keyframe ${frame}, ${frames.indexOf(frame) + 1} of ${frames.length}`);
  }
}

function sayMotion(app: App, track: Track, frame: number, { hold }: SetHold): void {
  const start = (prevKeyframe(track, frame + 1) ?? frame) + 1;
  const stop = nextKeyframe(track, frame) ?? undefined;
  const word = hold ? "Holds" : "Moves";
  if (start < (stop ?? app.derived.video.peek().frame_count)) {
    did(app, `${word} on ${range(app, start, stop)}.`);
  } else {
    announce(app, word);
  }
}

function deleteTitle(app: App): string {
  const marks = markCount(app);
  return `Delete ${marks > 0 ? counted(marks, "selected keyframe") : subject(app)}`;
}

function deleteSelected(app: App): void {
  if (markCount(app) > 0) {
    removeSelectedMarks(app);
    return;
  }
  const { selection } = app.view;
  const tracks = unlockedOf(app, selection.peek());
  if (
    commitAll(
      app,
      tracks.map(({ id: track }): Edit => ({ kind: "remove_track", track })),
    )
  ) {
    const count = tracks.reduce((sum, track) => sum + track.keyframes.frames.length, 0);
    selection.value = new Set();
    did(app, `Deleted ${namesOf(tracks)}, ${counted(count, "keyframe")}.`);
  }
}

function subject(app: App): string {
  const count = app.view.selection.value.size;
  const track = app.derived.selected.value;
  return count > 1 ? `${count} tracks` : track ? `#${track.id}` : "the track";
}
