import { stateAt } from "../core/interpolate.ts";
import { nextKeyframe, prevKeyframe, startOf, type Track } from "../core/track.ts";
import { type Action, type App, act, again, announce, tell, toggle, unselected } from "./app.ts";
import { endOf } from "./scope.ts";
import { trackText } from "./text.ts";

/** The speeds that playback offers. */
export const SPEEDS: readonly number[] = [0.25, 0.5, 1, 2, 4, 8];

/** Show a frame of the clip; playback stops. */
export function goTo(app: App, frame: number): void {
  app.view.playing.value = false;
  app.view.frame.value = within(frame, app.derived.video.peek().frame_count);
}

/** Select one track and say which. */
export function select(app: App, track: Track): void {
  app.view.selection.value = new Set([track.id]);
  announce(app, `${trackText(track)} selected`);
}

/** The way through the clip: frames, keyframes, playback, the next track. */
export const NAVIGATE = {
  play: playback("Play", false),
  "play-backward": playback("Play backward", true),
  "previous-frame": again("Previous frame", (app) => step(app, -1)),
  "next-frame": again("Next frame", (app) => step(app, 1)),
  "back-frames": jump("Back", -1),
  "forward-frames": jump("Forward", 1),
  "first-frame": act("First frame", (app) => goTo(app, 0)),
  "last-frame": act("Last frame", (app) => goTo(app, Number.MAX_SAFE_INTEGER)),
  "previous-keyframe": toKeyframe("Previous", prevKeyframe, Math.max),
  "next-keyframe": toKeyframe("Next", nextKeyframe, Math.min),
  "track-start": toTrack("Start", startOf),
  "track-end": toTrack("End", (track, count) => endOf(track, count) - 1),
  slower: act("Play slower", (app) => shiftSpeed(app, -1)),
  faster: act("Play faster", (app) => shiftSpeed(app, 1)),
  loop: {
    ...toggle("Loop", (view) => view.loop),
    title: ({ view }) => (view.range.value ? "Loop the selected range" : "Loop the visible range"),
  },
  "previous-track": trackStep("Select the previous track", -1),
  "next-track": trackStep("Select the next track", 1),
} satisfies Record<string, Action>;

/** Play in one direction, turn playback round to it, or pause; from the end on it starts over. */
function playback(title: string, backward: boolean): Action {
  const running = ({ view }: App) => view.playing.value && view.backward.value === backward;
  return {
    title: (app) => (running(app) ? "Pause" : title),
    pressed: running,
    run: (app) => {
      const { view, derived } = app;
      const last = derived.video.peek().frame_count - 1;
      const pauses = running(app);
      if (!pauses && !view.loop.peek() && view.frame.peek() === (backward ? 0 : last)) {
        view.frame.value = last - view.frame.peek();
      }
      view.backward.value = backward;
      view.playing.value = !pauses;
    },
  };
}

/** An index brought into a list of this length. */
function within(index: number, length: number): number {
  return Math.max(0, Math.min(index, length - 1));
}

function step(app: App, by: number): void {
  goTo(app, app.view.frame.peek() + by);
}

function jump(word: string, way: 1 | -1): Action {
  return again(
    (app) => `${word} ${app.view.jump.value} frames`,
    (app) => step(app, way * app.view.jump.peek()),
  );
}

/** To a keyframe of the selected track, of any track while none is selected. */
function toKeyframe(
  word: "Previous" | "Next",
  neighbour: (track: Track, frame: number) => number | null,
  nearest: (...frames: number[]) => number,
): Action {
  const none = `No keyframe ${word === "Next" ? "after" : "before"} this frame.`;
  const own = (app: App) => {
    const track = app.derived.selected.value;
    return track && { track, frame: neighbour(track, app.view.frame.value) };
  };
  return {
    repeats: true,
    title: (app) => {
      const found = own(app);
      const frame = found?.frame ?? null;
      return `${word} keyframe${found ? ` of #${found.track.id}` : ""}${frame === null ? "" : `: ${frame}`}`;
    },
    blocked: (app) => (own(app)?.frame === null ? none : null),
    run: (app) => {
      const { view, derived } = app;
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

function toTrack(word: string, frameOf: (track: Track, frameCount: number) => number): Action {
  const run = (app: App) => {
    const { selected, video } = app.derived;
    const track = selected.peek();
    if (track) {
      goTo(app, frameOf(track, video.peek().frame_count));
    }
  };
  return act(`${word} of the selected track`, run, { blocked: unselected });
}

function trackStep(title: string, by: 1 | -1): Action {
  return again(title, (app) => {
    const { lanes, selected } = app.derived;
    const tracks = lanes.peek();
    const chosen = selected.peek();
    const at = chosen ? tracks.indexOf(chosen) + by : by > 0 ? 0 : tracks.length;
    const track = tracks[within(at, tracks.length)];
    if (track) {
      select(app, track);
    }
  });
}

function shiftSpeed(app: App, by: 1 | -1): void {
  const { speed } = app.view;
  speed.value = SPEEDS[within(SPEEDS.indexOf(speed.peek()) + by, SPEEDS.length)] ?? 1;
  announce(app, `Speed ${speed.peek()}`);
}
