import { chooseLabel } from "../actions/labels.ts";
import { goTo } from "../actions/navigate.ts";
import { endOf } from "../actions/scope.ts";
import { trackText } from "../actions/text.ts";
import { endTrackAt, lockedOut, startTrackAt } from "../actions/track.ts";
import { stateAt } from "../core/interpolate.ts";
import { startOf, type Track } from "../core/track.ts";
import { cssColour } from "../store/colours.ts";
import { Attributes } from "./Attributes.tsx";
import { BoxFields } from "./BoxFields.tsx";
import { ActionButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { Field, numberOf } from "./Field.tsx";
import { Icon, type IconName } from "./icons.tsx";
import { Menu } from "./Menu.tsx";
import { Rows } from "./Rows.tsx";
import { MotionSeg, StateSeg } from "./States.tsx";
import { KeyframeButton } from "./Transport.tsx";
import { Fragment, h } from "./vdom/h.ts";

const ROW = 20;

/** Everything about the selected track. */
export function Details() {
  const { derived } = useApp().store;
  const track = derived.selected.value;
  if (track === null) {
    return <p class="empty bt">Select a track to see its details.</p>;
  }
  return (
    <div class="details" style={{ "--c": cssColour(derived.colours.value.get(track.label), "c") }}>
      <TrackHeader track={track} />
      <LabelRow track={track} />
      <FramesRow track={track} />
      <FrameHeader track={track} />
      <div class="f">
        <span class="l">State</span>
        <div class="v">
          <StateSeg />
        </div>
      </div>
      <div class="f">
        <span class="l">Motion</span>
        <div class="v">
          <MotionSeg />
        </div>
      </div>
      <BoxFields track={track} />
      <Attributes track={track} />
      <Segments track={track} />
    </div>
  );
}

function TrackHeader({ track }: { track: Track }) {
  const { size } = useApp().store.view.selection.value;
  return (
    <div class="hd bt who">
      <span class="sw" />
      <span class="nm">{trackText(track)}</span>
      {size > 1 && <span class="r">and {size - 1} more</span>}
      <span class="sp" />
      <ActionButton id="split" icon="split" small />
      <ActionButton id="delete-track" icon="trash" small />
      <Menu
        class="b s"
        title="More: delete on this frame, delete from here on, zoom, ends"
        items={["delete-frame", "delete-rest", "zoom-selection", "track-start", "track-end"]}
      >
        <Icon name="more" />
      </Menu>
    </div>
  );
}

function LabelRow({ track }: { track: Track }) {
  const app = useApp();
  const { labels } = app.store.document.annotation.value;
  return (
    <div class="f">
      <span class="l">Label</span>
      <div class="v">
        <label class="fld ui pick">
          <span class="sw" />
          <select
            aria-label="Label"
            title="Label of the whole track (1-9)"
            value={track.label}
            disabled={lockedOut(app) !== null}
            onChange={(event) => chooseLabel(app, event.currentTarget.value)}
          >
            {labels.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
          <Icon name="chevron" small />
        </label>
      </div>
    </div>
  );
}

function FramesRow({ track }: { track: Track }) {
  const app = useApp();
  const count = app.store.derived.video.value.frame_count;
  const disabled = lockedOut(app) !== null;
  const commit = (text: string, set: (frame: number) => void) => {
    const frame = numberOf(text);
    if (frame !== null) {
      set(Math.max(0, Math.min(Math.round(frame), count - 1)));
    }
  };
  return (
    <div class="f">
      <span class="l">Frames</span>
      <div class="v ends">
        <Field
          label="First frame of the track"
          value={String(startOf(track))}
          disabled={disabled}
          onCommit={(text) => commit(text, (frame) => startTrackAt(app, frame))}
        />
        <ActionButton id="start-here" icon="start" small />
        <Field
          label="Last frame of the track"
          value={String(endOf(track, count) - 1)}
          disabled={disabled}
          onCommit={(text) => commit(text, (frame) => endTrackAt(app, frame))}
        />
        <ActionButton id="end-here" icon="end" small />
      </div>
    </div>
  );
}

function FrameHeader({ track }: { track: Track }) {
  const frame = useApp().store.view.frame.value;
  const { exact, index } = stateAt(track, frame);
  const kind = exact ? "keyframe" : index < 0 ? "before its start" : "interpolated";
  return (
    <div class="hd bt gap">
      <span>At frame {frame}</span>
      <span class="r">{kind}</span>
      <span class="sp" />
      <KeyframeButton small />
    </div>
  );
}

/** What a track does from one keyframe to the next; a click jumps there. */
function Segments({ track }: { track: Track }) {
  const app = useApp();
  const { view, derived } = app.store;
  const { frames, outside, occluded, hold } = track.keyframes;
  const last = derived.video.value.frame_count - 1;
  const current = stateAt(track, view.frame.value).index;
  const kindOf = (index: number): [IconName, string] => {
    if (outside[index] === 1) {
      return ["outside", "outside"];
    }
    if (occluded[index] === 1) {
      return ["occluded", "occluded"];
    }
    return hold[index] === 1 || index === frames.length - 1
      ? ["hold", "hold"]
      : ["linear", "linear"];
  };
  return (
    <>
      <div class="hd bt gap">
        <span>Segments</span>
        <span class="n">{frames.length}</span>
      </div>
      <Rows
        class="sg-list"
        row={ROW}
        count={frames.length}
        current={current}
        render={(index) => {
          const [icon, word] = kindOf(index);
          const start = frames[index] ?? 0;
          return (
            <button
              key={index}
              type="button"
              class={index === current ? "sg on" : "sg"}
              title={`Go to frame ${start}`}
              onClick={() => goTo(app, start)}
            >
              <span>
                {start} – {frames[index + 1] ?? last}
              </span>
              <span class="k">
                <Icon name={icon} small />
                <span class="w">{word}</span>
              </span>
            </button>
          );
        }}
      />
    </>
  );
}
