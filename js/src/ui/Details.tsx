import { lockedOut } from "../actions/change.ts";
import { changeId } from "../actions/identity.ts";
import { chooseLabel } from "../actions/labels.ts";
import { endTrackAt, startTrackAt } from "../actions/life.ts";
import { namesOf } from "../actions/many.ts";
import { goTo } from "../actions/navigate.ts";
import { withKey } from "../actions/registry.ts";
import { endOf } from "../actions/scope.ts";
import { counted, trackText } from "../actions/text.ts";
import { stateAt } from "../core/interpolate.ts";
import { startOf, type Track } from "../core/track.ts";
import { Attributes, ClipAttributes } from "./Attributes.tsx";
import { BoxFields } from "./BoxFields.tsx";
import { ActionButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { NumberField } from "./Field.tsx";
import { Icon, type IconName } from "./icons.tsx";
import { Menu } from "./Menu.tsx";
import { TRACK_MENU } from "./menus.ts";
import { FrameNote, TrackNote } from "./Notes.tsx";
import { Heading, inTrackColour, Line, Select } from "./parts.tsx";
import { Rows } from "./Rows.tsx";
import { ScopeLine } from "./Scope.tsx";
import { MotionSeg, StateSeg } from "./States.tsx";
import { KeyframeButton } from "./Transport.tsx";

/** Everything about the selected track. */
export function Details() {
  const app = useApp();
  const track = app.derived.selected.value;
  return track === null ? (
    <div class="details bt">
      <ClipAttributes />
      <Heading class="gap" text={`Frame ${app.view.frame.value}`} />
      <FrameNote />
      <p class="empty">Select a track to see its details.</p>
    </div>
  ) : (
    <div class="details" style={inTrackColour(app, track)}>
      <TrackHeader track={track} />
      <Whole track={track} />
      <FrameHeader track={track} />
      <ScopeLine track={track} />
      <Line label="State">
        <StateSeg />
      </Line>
      <Line label="Motion">
        <MotionSeg />
      </Line>
      <BoxFields track={track} />
      <Attributes track={track} per="frame" />
      <FrameNote />
      <Segments track={track} />
    </div>
  );
}

function TrackHeader({ track }: { track: Track }) {
  const more = useApp().view.selection.value.size - 1;
  return (
    <Heading
      class="bt who"
      text={[<span key="swatch" class="sw" />, trackText(track)]}
      note={more > 0 ? `and ${more} more` : ""}
    >
      <ActionButton id="split" small />
      <ActionButton id="delete-track" small />
      <Menu class="b s" title={`More on #${track.id}`} items={TRACK_MENU}>
        <Icon name="more" />
      </Menu>
    </Heading>
  );
}

/** What is so on all frames: the label, the first and the last frame. */
function Whole({ track }: { track: Track }) {
  const app = useApp();
  const count = app.derived.video.value.frame_count;
  const disabled = lockedOut(app) !== null;
  const frame = (value: number) => Math.max(0, Math.min(Math.round(value), count - 1));
  /** What was typed is for this track: another page, or Python, may have selected another one. */
  const ofThis = (run: (value: number) => void) => (value: number) => {
    if (app.derived.selected.peek()?.id === track.id) {
      run(value);
    } else {
      app.notify("warning", `Not done: ${trackText(track)} is not selected any more.`);
    }
  };
  return (
    <>
      <Line label="Label">
        <Select
          label="Label"
          title="Label of the whole track (1-9)"
          value={track.label}
          options={app.document.annotation.value.labels.map(({ name }) => [name, name])}
          disabled={disabled}
          onChoose={(name) => chooseLabel(app, name)}
        >
          <span class="sw" />
        </Select>
      </Line>
      <Line label="ID">
        <NumberField
          label="ID"
          title="ID of the track; a free one is taken at once"
          value={track.id}
          disabled={disabled}
          onCommit={ofThis((id) => changeId(app, Math.round(id)))}
        />
        <NumberField
          label="Frames to keep the box for"
          title={withKey(
            app,
            "Keep the box for so many frames, or to the end of the selected range",
            "propagate",
          )}
          prefix="keep"
          value={app.view.reach.value}
          onCommit={(frames) => {
            app.view.reach.value = Math.max(1, Math.round(frames));
          }}
        />
        <ActionButton id="propagate" icon="forward-frames" small />
      </Line>
      <Line label="Frames">
        <NumberField
          label="First frame"
          value={startOf(track)}
          disabled={disabled}
          onCommit={ofThis((value) => startTrackAt(app, frame(value)))}
        />
        <ActionButton id="start-here" small />
        <NumberField
          label="Last frame"
          value={endOf(track, count) - 1}
          disabled={disabled}
          onCommit={ofThis((value) => endTrackAt(app, frame(value)))}
        />
        <ActionButton id="end-here" small />
      </Line>
      {track.group !== null && <GroupLine track={track} group={track.group} />}
      <Attributes track={track} per="track" />
      <TrackNote track={track} />
    </>
  );
}

/** The group that a track is in, and a way to select it whole. */
function GroupLine({ track, group }: { track: Track; group: number }) {
  const app = useApp();
  const members = app.derived.lanes.value.filter((other) => other.group === group);
  return (
    <Line label="Group">
      <button
        type="button"
        class="b s line grow"
        title={`Select group ${group}: ${namesOf(members)}`}
        onClick={() => {
          app.view.selection.value = new Set([track.id, ...members.map(({ id }) => id)]);
        }}
      >
        {group}, {counted(members.length, "track")}
      </button>
    </Line>
  );
}

function FrameHeader({ track }: { track: Track }) {
  const frame = useApp().view.frame.value;
  const { exact, index } = stateAt(track, frame);
  const note = exact ? "keyframe" : index < 0 ? "before its start" : "interpolated";
  return (
    <Heading class="bt gap" text={`At frame ${frame}`} note={note}>
      <KeyframeButton small />
    </Heading>
  );
}

/** What a track does from one keyframe to the next; a click jumps there. */
function Segments({ track }: { track: Track }) {
  const app = useApp();
  const { view, derived } = app;
  const { frames } = track.keyframes;
  const last = derived.video.value.frame_count - 1;
  const current = stateAt(track, view.frame.value).index;
  return (
    <>
      <Heading class="bt gap" text="Segments" count={frames.length} />
      <Rows
        class="sg-list"
        row={20}
        count={frames.length}
        current={current}
        render={(index) => {
          const kind = segmentKind(track, index);
          const start = frames[index] ?? 0;
          return (
            <button
              key={index}
              type="button"
              class={index === current ? "sg on" : "sg"}
              title={`Go to frame ${start}`}
              onClick={() => goTo(app, start)}
            >
              {start} – {frames[index + 1] ?? last}
              <span class="k">
                <Icon name={kind} small />
                {kind}
              </span>
            </button>
          );
        }}
      />
    </>
  );
}

function segmentKind({ keyframes }: Track, index: number): IconName {
  const { outside, occluded, hold, frames } = keyframes;
  if (outside[index] === 1) {
    return "outside";
  }
  if (occluded[index] === 1) {
    return "occluded";
  }
  return hold[index] === 1 || index === frames.length - 1 ? "hold" : "linear";
}
