import { goTo, SPEEDS } from "../actions/navigate.ts";
import { TRACK } from "../actions/track.ts";
import { Bar } from "./Bar.tsx";
import { ActionButton } from "./Button.tsx";
import { useApp, useChrome } from "./chrome.ts";
import { Field, numberOf } from "./Field.tsx";
import { Icon } from "./icons.tsx";
import { clockText } from "./text.ts";
import { Fragment, h } from "./vdom/h.ts";

/** The frame, keyframes and states of the selection, playback, the timeline's zoom. */
export function Transport() {
  const { compact } = useChrome().layout;
  return (
    <div class="trans">
      <Place />
      <Bar class="t1" role="toolbar" label="Playback and keyframes">
        <div class="g">
          <ActionButton id="previous-keyframe" icon="previousKeyframe" />
          <KeyframeButton />
          <ActionButton id="next-keyframe" icon="nextKeyframe" />
          {!compact.value && <States />}
        </div>
        <div class="g">
          <ActionButton id="first-frame" icon="first" />
          <ActionButton id="back-frames" icon="back" />
          <ActionButton id="previous-frame" icon="previous" />
          <PlayButton />
          <ActionButton id="next-frame" icon="next" />
          <ActionButton id="forward-frames" icon="forward" />
          <ActionButton id="last-frame" icon="last" />
          <JumpField />
        </div>
        <div class="g e">
          <SpeedSelect />
          <ActionButton id="loop" icon="loop" />
          {!compact.value && <TimelineZoom />}
        </div>
      </Bar>
    </div>
  );
}

/** The button of K, drawn with a plus, or with a minus where it removes. */
export function KeyframeButton({ small = false }: { small?: boolean }) {
  const removes = TRACK.keyframe.title(useApp()).startsWith("Remove");
  return (
    <ActionButton id="keyframe" icon={removes ? "keyframeRemove" : "keyframe"} small={small} />
  );
}

function Place() {
  const { app, layout } = useChrome();
  const { view, derived } = app.store;
  const { frame_count, times } = derived.video.value;
  const frame = view.frame.value;
  return (
    <div class="t0">
      <Field
        label="Frame"
        title="Go to frame (counted from 0)"
        value={String(frame)}
        width={14 + 7.3 * Math.max(3, String(frame_count).length)}
        onCommit={(text) => {
          const wanted = numberOf(text);
          if (wanted !== null) {
            goTo(app, Math.round(wanted));
          }
        }}
      />
      <span class="mono mut">/ {Math.max(0, frame_count - 1)}</span>
      {!layout.compact.value && <span class="mono mut clock">{clockText(times[frame] ?? 0)}</span>}
    </div>
  );
}

function States() {
  const hold = TRACK.motion.title(useApp()).endsWith("hold");
  return (
    <>
      <span class="sep" />
      <ActionButton id="occluded" icon="occluded" />
      <ActionButton id="outside" icon="outside" />
      <ActionButton id="motion" icon={hold ? "hold" : "linear"} />
    </>
  );
}

function PlayButton() {
  const { playing } = useApp().store.view;
  return <ActionButton id="play" icon={playing.value ? "pause" : "play"} />;
}

function JumpField() {
  const { jump } = useApp().store.view;
  return (
    <Field
      label="Frames per jump"
      title="Frames per jump"
      value={String(jump.value)}
      width={34}
      onCommit={(text) => {
        const wanted = numberOf(text);
        if (wanted !== null && wanted >= 1) {
          jump.value = Math.round(wanted);
        }
      }}
    />
  );
}

function SpeedSelect() {
  const { speed } = useApp().store.view;
  return (
    <label class="pick" title="Playback speed: 0.5 to 8 (< slower, > faster)">
      <select
        aria-label="Playback speed"
        value={speed.value}
        onChange={(event) => {
          speed.value = Number(event.currentTarget.value);
        }}
      >
        {SPEEDS.map((value) => (
          <option key={value} value={value}>
            {value}×
          </option>
        ))}
      </select>
      <Icon name="chevron" small />
    </label>
  );
}

function TimelineZoom() {
  return (
    <>
      <span class="sep" />
      <ActionButton id="more-frames" icon="minus" />
      <ActionButton id="fewer-frames" icon="plus" />
      <ActionButton id="whole-clip" icon="fit" />
    </>
  );
}
