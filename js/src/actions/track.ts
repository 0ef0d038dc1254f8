import { nextId } from "../core/annotation.ts";
import type { Edit, SplitTrack } from "../core/edits.ts";
import { stateAt } from "../core/interpolate.ts";
import { SOURCES } from "../core/keyframes.ts";
import { nextKeyframe, prevKeyframe, startOf, type Track } from "../core/track.ts";
import { type Action, type App, announce, tell } from "./app.ts";
import { VIEW_ONLY } from "./edit.ts";
import { keyText } from "./keymap.ts";
import {
  boxStateAt,
  endingAt,
  endOf,
  keyframeAt,
  startingAt,
  toggleOccluded,
  toggleOutside,
} from "./scope.ts";
import { rangeText, trackText } from "./text.ts";

/** Why the selected track cannot be changed now, null when it can. */
export function lockedOut({ store }: App): string | null {
  const { view, derived } = store;
  const track = derived.selected.value;
  if (view.readOnly.value) {
    return VIEW_ONLY;
  }
  if (track === null) {
    return "Select a track first.";
  }
  return view.locked.value.has(track.id) ? `${trackText(track)} is locked. L unlocks.` : null;
}

/** What a person does to the selected track; every edit reaches as far as its words say. */
export const TRACK = {
  keyframe: {
    group: "Track",
    title: (app) => KEYFRAME_TITLES[keyframeState(app)],
    blocked: (app) => lockedOut(app) ?? absent(app),
    run: (app) => {
      const state = keyframeState(app);
      if (state !== "human") {
        edit(app, (track, frame) => keyframeAt(track, frame), sayKeyframe);
        return;
      }
      edit(
        app,
        ({ id: track }, frame) => ({ kind: "remove_keyframe", track, frame }),
        (track, frame) => {
          const start = (prevKeyframe(track, frame) ?? frame - 1) + 1;
          const stop = nextKeyframe(track, frame) ?? undefined;
          tell(
            app,
            `Removed keyframe ${frame} of #${track.id}: ${range(app, start, stop)} changed.`,
          );
        },
      );
    },
  },
  occluded: {
    group: "Track",
    title: (app) => (stateNow(app)?.occluded ? "Visible from here" : "Occluded from here"),
    pressed: (app) => stateNow(app)?.occluded ?? false,
    blocked: (app) => lockedOut(app) ?? absent(app),
    run: (app) =>
      edit(app, toggleOccluded, (_track, _frame, { start, stop, occluded }) =>
        sayRange(app, occluded ? "Occluded" : "Visible", start, stop),
      ),
  },
  outside: {
    group: "Track",
    title: (app) => (stateNow(app)?.present === false ? "Inside from here" : "Outside from here"),
    pressed: (app) => stateNow(app)?.present === false,
    blocked: lockedOut,
    run: (app) =>
      edit(app, toggleOutside, (_track, _frame, { start, stop, outside }) =>
        sayRange(app, outside ? "Outside" : "Inside", start, stop),
      ),
  },
  motion: {
    group: "Track",
    title: (app) => `Motion until next keyframe: ${stateNow(app)?.hold ? "hold" : "linear"}`,
    blocked: (app) => lockedOut(app) ?? absent(app),
    run: (app) =>
      edit(
        app,
        (track, frame) => {
          const { hold } = stateAt(track, frame);
          return { kind: "set_hold", track: track.id, frame, hold: !hold };
        },
        (track, frame, { hold }) => {
          const start = (prevKeyframe(track, frame + 1) ?? frame) + 1;
          const stop = nextKeyframe(track, frame) ?? undefined;
          const word = hold ? "Holds" : "Moves";
          if (start < (stop ?? frameCount(app))) {
            tell(app, `${word} on ${range(app, start, stop)}.`);
          } else {
            announce(app, word);
          }
        },
      ),
  },
  "start-here": {
    group: "Track",
    title: () => "Start here",
    blocked: lockedOut,
    run: (app) => startTrackAt(app, app.store.view.frame.peek()),
  },
  "end-here": {
    group: "Track",
    title: () => "End here",
    blocked: (app) => lockedOut(app) ?? notYet(app),
    run: (app) => endTrackAt(app, app.store.view.frame.peek()),
  },
  split: {
    group: "Track",
    title: ({ store }) => {
      const track = store.derived.selected.value;
      return track
        ? `Split #${track.id} at frame ${store.view.frame.value}`
        : "Split the track here";
    },
    blocked: (app) => lockedOut(app) ?? absent(app) ?? atStart(app),
    run: (app) =>
      edit(
        app,
        ({ id: track }, frame): SplitTrack & { new_track: number } => {
          const new_track = nextId(app.store.document.annotation.peek());
          return { kind: "split_track", track, frame, new_track };
        },
        (track, frame, { new_track }) => {
          app.store.view.selection.value = new Set([new_track]);
          tell(app, `#${track.id} ends at ${frame - 1}, #${new_track} goes on from ${frame}.`);
        },
      ),
  },
  "delete-frame": {
    group: "Track",
    title: (app) => `Delete ${subject(app)} on this frame`,
    blocked: (app) => lockedOut(app) ?? absent(app),
    run: (app) =>
      edit(
        app,
        ({ id: track }, frame) => ({ kind: "set_outside", track, start: frame, stop: frame + 1 }),
        (track, frame) => announce(app, `#${track.id} deleted on frame ${frame}`),
      ),
  },
  "delete-rest": {
    group: "Track",
    title: (app) => `Delete ${subject(app)} from here on`,
    blocked: (app) => lockedOut(app) ?? notYet(app),
    run: (app) =>
      edit(
        app,
        (track, frame) => ({
          kind: "trim_track",
          track: track.id,
          start: startOf(track),
          stop: frame,
        }),
        (track, frame) => tell(app, `Deleted #${track.id} on ${range(app, frame, undefined)}.`),
      ),
  },
  "delete-track": {
    group: "Track",
    title: (app) => `Delete ${subject(app)}`,
    blocked: lockedOut,
    run: deleteSelected,
  },
} satisfies Record<string, Action>;

/** Let the selected track start on a frame, and say what that cut or stretched. */
export function startTrackAt(app: App, to: number): void {
  edit(
    app,
    (track) => startingAt(track, to),
    (track) => {
      const start = startOf(track);
      const [word, from, stop] = to > start ? ["Deleted", start, to] : ["Now also", to, start];
      tell(app, `#${track.id} starts at ${to}. ${word} on ${range(app, from, stop)}.`);
    },
  );
}

/** Let the selected track end with a frame, and say what that cut or stretched. */
export function endTrackAt(app: App, to: number): void {
  const count = frameCount(app);
  edit(
    app,
    (track) => endingAt(track, to, count),
    (track) => {
      const stop = endOf(track, count);
      const [word, from, until] =
        to < stop ? ["Deleted", to + 1, stop] : ["Now also", stop, to + 1];
      tell(app, `#${track.id} ends with ${to}. ${word} on ${range(app, from, until)}.`);
    },
  );
}

/**
 * Make an edit of the selected track on the frame shown; `say` hears of it, with the track as it
 * was, when it was made. No edit is needed where `make` gives null.
 */
export function edit<E extends Edit>(
  app: App,
  make: (track: Track, frame: number) => E | null,
  say: (track: Track, frame: number, made: E, app: App) => void,
): void {
  const { view, derived } = app.store;
  const track = derived.selected.peek();
  const frame = view.frame.peek();
  const made = track === null ? null : make(track, frame);
  if (track !== null && made !== null && app.store.commit(made)) {
    say(track, frame, made, app);
  }
}

function deleteSelected(app: App): void {
  const { view, document, notify, commit } = app.store;
  const chosen = [...view.selection.peek()].filter((id) => !view.locked.peek().has(id));
  const tracks = chosen.flatMap((id) => document.annotation.peek().tracks.get(id) ?? []);
  const removals: Edit[] = tracks.map(({ id: track }) => ({ kind: "remove_track", track }));
  const [only] = removals;
  if (
    only === undefined ||
    !commit(removals.length > 1 ? { kind: "batch", edits: removals } : only)
  ) {
    return;
  }
  const count = tracks.reduce((sum, track) => sum + track.keyframes.frames.length, 0);
  const names = tracks.length > 3 ? `${tracks.length} tracks` : tracks.map(trackText).join(", ");
  const keyframes = `${count} ${count === 1 ? "keyframe" : "keyframes"}`;
  view.selection.value = new Set();
  notify("info", `Deleted ${names}, ${keyframes}. Undo: ${keyText("undo")}`);
}

const KEYFRAME_TITLES = {
  none: "Add a keyframe here",
  machine: "Confirm this keyframe",
  human: "Remove this keyframe",
};

/** What K finds on the frame shown: no keyframe, a tracker's or model's, or a person's. */
function keyframeState({ store }: App): "none" | "machine" | "human" {
  const track = store.derived.selected.value;
  if (track === null) {
    return "none";
  }
  const { exact, index } = stateAt(track, store.view.frame.value);
  if (!exact) {
    return "none";
  }
  const source = SOURCES[track.keyframes.sources[index] ?? 0];
  return source === "model" || source === "tracker" ? "machine" : "human";
}

function sayKeyframe(track: Track, frame: number, _made: Edit, app: App): void {
  const { frames } = app.store.document.annotation.peek().tracks.get(track.id)?.keyframes ?? {};
  if (frames) {
    announce(app, `Keyframe ${frame}, ${frames.indexOf(frame) + 1} of ${frames.length}`);
  }
}

function sayRange(app: App, word: string, start: number, stop: number | undefined): void {
  tell(app, `${word} on ${range(app, start, stop)}.`);
}

function range(app: App, start: number, stop: number | undefined): string {
  return rangeText(start, stop, frameCount(app));
}

function frameCount({ store }: App): number {
  return store.derived.video.peek().frame_count;
}

function subject({ store }: App): string {
  const count = store.view.selection.value.size;
  const track = store.derived.selected.value;
  return count > 1 ? `${count} tracks` : track ? `#${track.id}` : "the track";
}

function stateNow({ store }: App) {
  const track = store.derived.selected.value;
  return track && stateAt(track, store.view.frame.value);
}

function absent({ store }: App): string | null {
  const track = store.derived.selected.value;
  const frame = store.view.frame.value;
  return track && boxStateAt(track, frame) === "outside"
    ? `#${track.id} is outside on frame ${frame}. X brings it back.`
    : null;
}

function notYet({ store }: App): string | null {
  const track = store.derived.selected.value;
  const start = track && startOf(track);
  return start !== null && store.view.frame.value < start
    ? `#${track?.id} starts only at ${start}.`
    : null;
}

function atStart({ store }: App): string | null {
  const track = store.derived.selected.value;
  return track && store.view.frame.value <= startOf(track)
    ? `#${track.id} starts here: there is nothing to split off.`
    : null;
}
