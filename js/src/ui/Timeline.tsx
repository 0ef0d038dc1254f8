import { toggled } from "../actions/app.ts";
import { select } from "../actions/navigate.ts";
import { showError } from "../actions/review.ts";
import { counted } from "../actions/text.ts";
import { VISIBILITY } from "../actions/view.ts";
import type { Track } from "../core/track.ts";
import { wheelPixels } from "../stage/wheel.ts";
import { homeOf } from "../store/review.ts";
import type { Row } from "../store/rows.ts";
import type { Signal } from "../store/signals.ts";
import { clampScroll, LANE_HEIGHT } from "../timeline/place.ts";
import { rangeLabel } from "../timeline/range.ts";
import { ActionButton, PlainButton } from "./Button.tsx";
import { From, useApp, useChrome } from "./chrome.ts";
import { Icon } from "./icons.tsx";
import { LaneTip } from "./LaneTip.tsx";
import { Legend } from "./Legend.tsx";
import { inColour, inTrackColour } from "./parts.tsx";
import { visibleRows } from "./Rows.tsx";
import { Thumbnail } from "./Thumbnail.tsx";
import { clockText, laneText } from "./text.ts";

/** The headers of overview, ruler and lanes, and the hosts of their canvases. */
export function Timeline() {
  return (
    <div class="time">
      <From step={3}>
        <OverviewHeader />
      </From>
      <OverviewHost />
      <From step={3}>
        <LanesTitle />
      </From>
      <FrameSlider class="rlt" name="Frame" />
      <From step={11}>
        <LaneHeaders />
      </From>
      <div class="lanes" role="presentation" />
      <LaneTip />
      <Thumbnail />
    </div>
  );
}

function OverviewHeader() {
  const { app, layout } = useChrome();
  const { window } = app.view;
  const { start, stop } = window.value;
  return (
    <div class="h ovh">
      {app.derived.review.value !== null && <span class="mut whole">Errors per frame</span>}
      <ActionButton id="timeline" icon="chevron" small />
      <span>Overview</span>
      <span class="sp" />
      {!layout.compact.value && (
        <span class="mono mut">
          {Math.floor(start)}–{Math.max(0, Math.ceil(stop) - 1)}
        </span>
      )}
    </div>
  );
}

/** The canvases in the hosts belong to timeline/; here they get their names and values. */
function OverviewHost() {
  const { start, stop } = useApp().view.window.value;
  const name = `Clip overview, shows frames ${Math.floor(start)} to ${Math.ceil(stop) - 1}`;
  return <FrameSlider class="ovt" name={name} />;
}

function FrameSlider({ class: className, name }: { class: string; name: string }) {
  const { view, derived } = useApp();
  const { frame_count, times } = derived.video.value;
  const frame = view.frame.value;
  return (
    <div
      class={className}
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, frame_count - 1)}
      aria-valuenow={frame}
      aria-valuetext={`Frame ${frame}, ${clockText(times[frame] ?? 0)}`}
    />
  );
}

function LanesTitle() {
  const { view, derived } = useApp();
  const range = view.range.value;
  const lanes = counted(derived.lanes.value.length, "lane");
  const whole =
    range && `Selected range: ${rangeLabel(range, derived.video.value)}. Esc clears it.`;
  return (
    <div class="h rlh" title={whole ?? undefined}>
      <span class="nm">{range === null ? lanes : `${range.start} to ${range.stop - 1}`}</span>
      <span class="sp" />
      <Legend />
    </div>
  );
}

/** The names of the lanes in sight, scrolled along with the canvas beside them. */
function LaneHeaders() {
  const { app, layout } = useChrome();
  const { view, derived } = app;
  const rows = derived.rows.value;
  const height = layout.lanes.value * LANE_HEIGHT;
  const scroll = view.laneScroll.value;
  const { first, stop } = visibleRows(scroll, height, LANE_HEIGHT, rows.length);
  const selected = derived.selected.value;
  const wheel = (event: WheelEvent) => {
    const next = clampScroll(scroll + wheelPixels(event, event.deltaY), rows.length, height);
    if (view.focused.peek() && next !== scroll) {
      event.preventDefault();
      view.laneScroll.value = next;
    }
  };
  return (
    <div
      class="heads"
      role="listbox"
      tabIndex={0}
      aria-label="Lanes"
      aria-activedescendant={selected ? laneId(selected) : undefined}
      onWheel={wheel}
    >
      <div style={{ transform: `translateY(${first * LANE_HEIGHT - scroll}px)` }}>
        {rows
          .slice(first, stop)
          .map((row, index) =>
            row.kind === "track" ? (
              <LaneHeader key={row.track.id} track={row.track} />
            ) : row.kind === "prediction" ? (
              <PredictionHeader key={`prediction ${row.track.id}`} track={row.track} />
            ) : row.kind === "signal" ? (
              <SignalHeader key={`signal ${row.signal.name}`} signal={row.signal} />
            ) : (
              <EventHeader key={`events ${first + index}`} row={row} />
            ),
          )}
      </div>
    </div>
  );
}

function LaneHeader({ track }: { track: Track }) {
  const app = useApp();
  const { view, derived } = app;
  const chosen = view.selection.value.has(track.id);
  const hidden = VISIBILITY.hide.is(app, track.id);
  const home = derived.homes.value;
  const errors = derived.errors.value.filter((error) => homeOf(error, home) === track.id).length;
  const press = (event: MouseEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey) {
      view.selection.value = toggled(view.selection.peek(), track.id);
    } else {
      select(app, track);
    }
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Up and Down select, see the key map.
    <div
      id={laneId(track)}
      data-track={track.id}
      class={`h lnh${chosen ? " sel" : ""}${hidden ? " dim" : ""}`}
      role="option"
      aria-selected={chosen}
      aria-label={laneText(track, derived.video.value.frame_count)}
      style={inTrackColour(app, track)}
      onClick={press}
    >
      <span class="sw" />
      <span class="id">#{track.id}</span>
      <span class="nm">{track.label}</span>
      {errors > 0 && <span class="n end">{errors}</span>}
      {VISIBILITY.lock.is(app, track.id) && <Icon name="locked" small />}
      {hidden && <Icon name="hidden" small />}
    </div>
  );
}

/** The lane of a prediction that stands for no label; a click goes to its first error. */
function PredictionHeader({ track: { id } }: { track: Track }) {
  const app = useApp();
  const { derived } = app;
  const own = derived.errors.value.filter((error) => error.prediction === id);
  const chosen = derived.error.value !== null && own.includes(derived.error.value);
  const press = () => own[0] && showError(app, own[0]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: E and U go to errors, see the key map.
    <div
      class={`h lnh${chosen ? " sel" : ""}`}
      role="option"
      aria-selected={chosen}
      aria-label={`P${id}, no label`}
      onClick={press}
    >
      <span class="sw alone" />
      <span class="id">P{id}</span>
      <span class="nm mut sp">no label</span>
      <span class="n">{own.length}</span>
    </div>
  );
}

/** The lane of a signal, with its threshold, which is set there or by dragging on the lane. */
function SignalHeader({ signal: { name } }: { signal: Signal }) {
  const { thresholds } = useApp().view;
  const threshold = thresholds.value.get(name);
  return (
    <div
      class="h lnh"
      role="option"
      aria-selected={false}
      aria-label={`Signal ${name}`}
      title="Drag up and down on its lane: frames at or above the line are selected"
    >
      <span class="nm sp">{name}</span>
      {threshold !== undefined && (
        <PlainButton
          title={`${name} ≥ ${threshold.toPrecision(3)}: take the threshold away`}
          icon="close"
          onClick={() => {
            const rest = new Map(thresholds.peek());
            rest.delete(name);
            thresholds.value = rest;
          }}
        >
          {threshold.toPrecision(3)}
        </PlainButton>
      )}
    </div>
  );
}

function EventHeader({ row: { label, events } }: { row: Extract<Row, { kind: "events" }> }) {
  const app = useApp();
  const { view } = app;
  const [first] = events;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: events have keys of their own, see the key map.
    <div
      class="h lnh evs"
      role="option"
      aria-selected={events.some(({ id }) => id === view.event.value)}
      aria-label={`Events ${label}, ${counted(events.length, "event")}`}
      style={inColour(app, label)}
      onClick={() => {
        view.event.value = first?.id ?? null;
      }}
    >
      <span class="sw" />
      <span class="nm">{label}</span>
      <span class="n">{events.length}</span>
    </div>
  );
}

function laneId({ id }: Track): string {
  return `br-lane-${id}`;
}
