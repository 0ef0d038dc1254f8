import { nextId } from "../core/annotation.ts";
import type { SetHold, SetOccluded, SetOutside, SplitTrack } from "../core/edits.ts";
import { stateAt } from "../core/interpolate.ts";
import { frameOf, SOURCES } from "../core/keyframes.ts";
import { nextKeyframe, prevKeyframe, startOf, type Track } from "../core/track.ts";
import { type Action, type App, act, announce, did } from "./app.ts";
import { boxless, change, notStarted, ofTrack, range } from "./change.ts";
import { deedAction, selectedTracks } from "./deed.ts";
import { absent, isSet, type Reach, reach, reachOf, reachText } from "./reach.ts";
import { keyframeAt } from "./scope.ts";

/** What K would do on the frame shown. */
export const keyframeUse = ofTrack((track, frame) => {
  const { exact, index } = stateAt(track, frame);
  const source = SOURCES[track.keyframes.sources[index] ?? 0];
  return !exact ? "Add" : source === "model" || source === "tracker" ? "Confirm" : "Remove";
});

/** The state of the selected track on the frame shown. */
export const stateNow = ofTrack(stateAt);

/** What a person does to the boxes of the selected tracks; every edit reaches as far as its words say. */
export const TRACK = {
  keyframe: act(keyframeTitle, useKeyframe, { blocked: boxless }),
  occluded: deedAction<SetOccluded>(
    (app) => flagTitle(app, "occluded", "Visible", "Occluded"),
    {
      why: absent,
      make: (track, frame, app) => {
        const occluded = !firstIs(app, frame, "occluded");
        const reach = reachOf(app, track, frame, "occluded");
        const is = isSet(app, track, frame, "occluded") === occluded;
        return is ? null : { kind: "set_occluded", track: track.id, ...reach, occluded };
      },
      said: ({ start, stop, occluded }, _track, _frame, app) =>
        `${occluded ? "Occluded" : "Visible"} on ${range(app, start, stop)}.`,
    },
    { pressed: (app) => stateNow(app)?.occluded === true },
  ),
  outside: deedAction<SetOutside>(
    (app) => flagTitle(app, "outside", "Inside", "Outside"),
    {
      make: (track, frame, app) => {
        const outside = !firstIs(app, frame, "outside");
        const reach = reachOf(app, track, frame, "outside");
        const is = isSet(app, track, frame, "outside") === outside;
        return is ? null : { kind: "set_outside", track: track.id, ...reach, outside };
      },
      said: ({ start, stop, outside }, _track, _frame, app) =>
        `${outside ? "Outside" : "Inside"} on ${range(app, start, stop)}.`,
    },
    { pressed: (app) => stateNow(app)?.present === false },
  ),
  motion: deedAction<SetHold>(motionTitle, {
    why: absent,
    make: (track, frame, app) => {
      const hold = !firstIs(app, frame, "hold");
      const is = isSet(app, track, frame, "hold") === hold;
      return is
        ? null
        : { kind: "set_hold", track: track.id, ...motionReach(app, track, frame), hold };
    },
    said: motionText,
  }),
  "motion-track": deedAction<SetHold>(
    (app) => `Motion of the whole track: ${holdsAll(selectedTracks(app)[0]) ? "linear" : "hold"}`,
    {
      make: (track, _frame, app) => {
        const hold = !holdsAll(selectedTracks(app)[0]);
        return { kind: "set_hold", track: track.id, start: startOf(track), hold };
      },
      said: ({ hold }, { id }) => `#${id} ${hold ? "holds" : "moves"} between all its keyframes.`,
    },
  ),
  split: act(
    (app) => `Split ${subject(app)} at frame ${app.view.frame.value}`,
    (app) => change(app, splitAt, saySplit),
    { blocked: (app) => boxless(app) ?? notStarted(1)(app) },
  ),
} satisfies Record<string, Action>;

/** Whether what is asked holds for the first selected track: all others follow it. */
function firstIs(app: App, frame: number, flag: "occluded" | "outside" | "hold"): boolean {
  const [first] = selectedTracks(app);
  return first !== undefined && isSet(app, first, frame, flag);
}

function flagTitle(app: App, flag: "occluded" | "outside", off: string, on: string): string {
  return `${firstIs(app, app.view.frame.value, flag) ? off : on} ${reachText(app)}`;
}

function motionTitle(app: App): string {
  const kept = app.view.range.value === null && app.view.scope.value === "change";
  const where = kept ? "until next keyframe" : reachText(app);
  return `Motion ${where}: ${stateNow(app)?.hold ? "hold" : "linear"}`;
}

/** As far as the person chose; without a choice what lies between the keyframes around the frame shown. */
function motionReach(app: App, track: Track, frame: number): Reach {
  const stop = nextKeyframe(track, frame);
  const start = frameOf(track.keyframes, Math.max(0, stateAt(track, frame).index));
  const { range, scope } = app.view;
  const kept = range.value === null && (scope.value === "change" || scope.value === "keyframe");
  return kept ? { start, ...(stop !== null && { stop }) } : reach(app, track, stop);
}

function motionText(
  { start, stop, hold }: SetHold,
  track: Track,
  _frame: number,
  app: App,
): string {
  const from = app.view.range.peek() ? start : start + 1;
  const empty = from >= (stop ?? app.derived.video.peek().frame_count);
  const word = hold ? "Holds" : "Moves";
  return empty ? `#${track.id} ${word.toLowerCase()}.` : `${word} on ${range(app, from, stop)}.`;
}

function holdsAll(track: Track | undefined): boolean {
  return track?.keyframes.hold.every((value) => value === 1) === true;
}

function splitAt(
  { id: track }: Track,
  frame: number,
  app: App,
): SplitTrack & { new_track: number } {
  const new_track = nextId(app.document.annotation.peek());
  return { kind: "split_track", track, frame, new_track };
}

function saySplit(app: App, track: Track, frame: number, made: { new_track: number }): void {
  app.view.selection.value = new Set([made.new_track]);
  did(app, `#${track.id} ends at ${frame - 1}, #${made.new_track} goes on from ${frame}.`);
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

/** The selected tracks in a title: "#2", "3 tracks". */
export function subject(app: App): string {
  const count = app.view.selection.value.size;
  const track = app.derived.selected.value;
  return count > 1 ? `${count} tracks` : track ? `#${track.id}` : "the track";
}
