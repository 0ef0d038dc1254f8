import { stateAt } from "../core/interpolate.ts";
import { nextKeyframe, prevKeyframe, startOf, type Track } from "../core/track.ts";
import { type Action, type App, announce, tell } from "./app.ts";
import { endOf } from "./scope.ts";
import { trackText } from "./text.ts";

/** The speeds that playback offers. */
export const SPEEDS: readonly number[] = [0.5, 1, 2, 4, 8];

/** Show a frame of the clip; playback stops. */
export function goTo({ store }: App, frame: number): void {
  const last = store.derived.video.peek().frame_count - 1;
  store.view.playing.value = false;
  store.view.frame.value = Math.max(0, Math.min(frame, last));
}

/** Select one track and say which. */
export function select(app: App, track: Track): void {
  app.store.view.selection.value = new Set([track.id]);
  announce(app, `${trackText(track)} selected`);
}

/** The way through the clip: frames, keyframes, playback, the next track. */
export const NAVIGATE = {
  play: {
    group: "Playback",
    title: ({ store }) => (store.view.playing.value ? "Pause" : "Play"),
    run: ({ store }) => {
      const { playing, frame } = store.view;
      const last = store.derived.video.peek().frame_count - 1;
      if (!playing.peek() && frame.peek() >= last) {
        frame.value = 0;
      }
      playing.value = !playing.peek();
    },
  },
  "previous-frame": step("Previous frame", () => -1),
  "next-frame": step("Next frame", () => 1),
  "back-frames": step(
    ({ store }) => `Back ${store.view.jump.value} frames`,
    ({ store }) => -store.view.jump.peek(),
  ),
  "forward-frames": step(
    ({ store }) => `Forward ${store.view.jump.value} frames`,
    ({ store }) => store.view.jump.peek(),
  ),
  "first-frame": step("First frame", () => Number.NEGATIVE_INFINITY),
  "last-frame": step("Last frame", () => Number.POSITIVE_INFINITY),
  "previous-keyframe": keyframeStep("Previous", prevKeyframe, Math.max),
  "next-keyframe": keyframeStep("Next", nextKeyframe, Math.min),
  "track-start": {
    group: "Playback",
    title: () => "Start of the selected track",
    blocked: unselected,
    run: (app) => toTrack(app, startOf),
  },
  "track-end": {
    group: "Playback",
    title: () => "End of the selected track",
    blocked: unselected,
    run: (app) =>
      toTrack(app, (track) => endOf(track, app.store.derived.video.peek().frame_count) - 1),
  },
  slower: {
    group: "Playback",
    title: () => "Play slower",
    run: (app) => shiftSpeed(app, -1),
  },
  faster: {
    group: "Playback",
    title: () => "Play faster",
    run: (app) => shiftSpeed(app, 1),
  },
  loop: {
    group: "Playback",
    title: () => "Loop the visible range",
    pressed: ({ store }) => store.view.loop.value,
    run: ({ store }) => {
      store.view.loop.value = !store.view.loop.peek();
    },
  },
  "previous-track": trackStep("Select the previous track", -1),
  "next-track": trackStep("Select the next track", 1),
} satisfies Record<string, Action>;

function step(title: string | ((app: App) => string), by: (app: App) => number): Action {
  return {
    group: "Playback",
    repeats: true,
    title: typeof title === "string" ? () => title : title,
    run: (app) => goTo(app, app.store.view.frame.peek() + by(app)),
  };
}

/** To a keyframe of the selected track, of any track while none is selected. */
function keyframeStep(
  word: "Previous" | "Next",
  neighbour: (track: Track, frame: number) => number | null,
  nearest: (...frames: number[]) => number,
): Action {
  const none = `No keyframe ${word === "Next" ? "after" : "before"} this frame.`;
  const own = ({ store }: App) => {
    const track = store.derived.selected.value;
    return track && { track, frame: neighbour(track, store.view.frame.value) };
  };
  return {
    group: "Playback",
    repeats: true,
    title: (app) => {
      const found = own(app);
      const frame = found?.frame ?? null;
      return `${word} keyframe${found ? ` of #${found.track.id}` : ""}${frame === null ? "" : `: ${frame}`}`;
    },
    blocked: (app) => (own(app)?.frame === null ? none : null),
    run: (app) => {
      const { view, derived } = app.store;
      const at = view.frame.peek();
      const selected = derived.selected.peek();
      const tracks = selected ? [selected] : derived.lanes.peek();
      const frames = tracks.flatMap((track) => neighbour(track, at) ?? []);
      if (frames.length === 0) {
        tell(app, none);
        return;
      }
      const frame = frames.reduce((a, b) => nearest(a, b));
      goTo(app, frame);
      if (selected) {
        const place = `${stateAt(selected, frame).index + 1} of ${selected.keyframes.frames.length}`;
        announce(app, `Keyframe ${frame}, ${place}`);
      }
    },
  };
}

function trackStep(title: string, by: 1 | -1): Action {
  return {
    group: "Track",
    repeats: true,
    title: () => title,
    blocked: ({ store }) => (store.derived.lanes.value.length === 0 ? "No tracks yet." : null),
    run: (app) => {
      const lanes = app.store.derived.lanes.peek();
      const selected = app.store.derived.selected.peek();
      const at = selected ? lanes.indexOf(selected) + by : by > 0 ? 0 : lanes.length - 1;
      const track = lanes[Math.max(0, Math.min(at, lanes.length - 1))];
      if (track) {
        select(app, track);
      }
    },
  };
}

function unselected({ store }: App): string | null {
  return store.derived.selected.value === null ? "Select a track first." : null;
}

function toTrack(app: App, frameOf: (track: Track) => number): void {
  const track = app.store.derived.selected.peek();
  if (track) {
    goTo(app, frameOf(track));
  }
}

function shiftSpeed(app: App, by: 1 | -1): void {
  const { speed } = app.store.view;
  const at = SPEEDS.indexOf(speed.peek()) + by;
  speed.value = SPEEDS[Math.max(0, Math.min(at, SPEEDS.length - 1))] ?? 1;
  announce(app, `Speed ${speed.peek()}`);
}
