import { keyText } from "../actions/keymap.ts";
import { SPEEDS } from "../actions/navigate.ts";
import { ACTIONS, withKey } from "../actions/registry.ts";
import { goToPlace } from "../actions/time.ts";
import { keyframeUse, stateNow } from "../actions/track.ts";
import { Bar } from "./Bar.tsx";
import { ActionButton, ActionButtons } from "./Button.tsx";
import { useApp, useChrome } from "./chrome.ts";
import { Field, NumberField } from "./Field.tsx";
import { Select } from "./parts.tsx";
import { ErrorSteps } from "./Review.tsx";
import { clockText } from "./text.ts";

/** The frame, keyframes and states of the selection, playback, the timeline's zoom. */
export function Transport() {
  const { app, layout } = useChrome();
  const compact = layout.compact.value;
  return (
    <div class="trans">
      <Place />
      <Bar class="t1" role="toolbar" label="Playback and keyframes">
        <div class="g">
          {app.derived.review.value === null ? (
            <KeyframeSteps compact={compact} />
          ) : (
            <ErrorSteps compact={compact} />
          )}
        </div>
        <div class="g">
          <ActionButtons ids={["first-frame", "back-frames", "previous-frame"]} />
          <PlayButton id="play-backward" />
          <PlayButton id="play" />
          <ActionButtons ids={["next-frame", "forward-frames", "last-frame"]} />
          <NumberField
            label="Frames per jump"
            value={app.view.jump.value}
            width={34}
            onCommit={(frames) => {
              app.view.jump.value = Math.max(1, Math.round(frames));
            }}
          />
        </div>
        <div class="g">
          <SpeedSelect />
          <ActionButton id="loop" />
          {!compact && (
            <>
              <span class="sep" />
              <ActionButton id="more-frames" icon="minus" />
              <ActionButton id="fewer-frames" icon="plus" />
              <ActionButton id="whole-clip" icon="fit" />
            </>
          )}
        </div>
      </Bar>
    </div>
  );
}

function KeyframeSteps({ compact }: { compact: boolean }) {
  return (
    <>
      <ActionButton id="previous-keyframe" />
      <KeyframeButton />
      <ActionButton id="next-keyframe" />
      {!compact && <States />}
    </>
  );
}

/** A way to play, or the pause of what plays that way. */
function PlayButton({ id }: { id: "play" | "play-backward" }) {
  return <ActionButton id={id} icon={ACTIONS[id].pressed?.(useApp()) ? "pause" : id} />;
}

/** The button of K, drawn with a plus, or with a minus where it removes. */
export function KeyframeButton({ small = false }: { small?: boolean }) {
  const icon = keyframeUse(useApp()) === "Remove" ? "keyframe-minus" : "keyframe";
  return <ActionButton id="keyframe" icon={icon} small={small} />;
}

function Place() {
  const { app, layout } = useChrome();
  const { view, derived } = app;
  const { frame_count, times } = derived.video.value;
  const frame = view.frame.value;
  return (
    <div class="t0">
      <Field
        label="Frame"
        title={withKey(app, "Go to a frame (from 0), a time (0:05.92, 5.92s) or by +10", "go-to")}
        value={String(frame)}
        width={14 + 7.3 * Math.max(3, String(frame_count).length)}
        onCommit={(text) => goToPlace(app, text)}
      />
      <span class="mono mut">/ {Math.max(0, frame_count - 1)}</span>
      {!layout.compact.value && <span class="mono mut clock">{clockText(times[frame] ?? 0)}</span>}
    </div>
  );
}

function States() {
  return (
    <>
      <span class="sep" />
      <ActionButtons ids={["occluded", "outside"]} />
      <ActionButton id="motion" icon={stateNow(useApp())?.hold ? "hold" : "linear"} />
    </>
  );
}

function SpeedSelect() {
  const app = useApp();
  const { speed } = app.view;
  return (
    <Select
      class="pick"
      label="Playback speed"
      title={`Playback speed: 0.25 to 8 (${keyText(app, "slower")} slower, ${keyText(app, "faster")} faster)`}
      value={String(speed.value)}
      options={SPEEDS.map((value) => [String(value), `${value}×`])}
      onChoose={(value) => {
        speed.value = Number(value);
      }}
    />
  );
}
