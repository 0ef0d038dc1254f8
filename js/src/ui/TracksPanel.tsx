import { useLayoutEffect, useRef } from "preact/hooks";
import { type App, toggled } from "../actions/app.ts";
import { select } from "../actions/navigate.ts";
import { boxStateAt } from "../actions/scope.ts";
import { flip, flipTitle, VISIBILITY } from "../actions/view.ts";
import type { Track } from "../core/track.ts";
import type { TrackOrder } from "../store/view.ts";
import { arranged, SHOWS, SORTS } from "./arrange.ts";
import { ActionButton, PlainButton } from "./Button.tsx";
import { From, useApp } from "./chrome.ts";
import { Details } from "./Details.tsx";
import { Events } from "./Events.tsx";
import { Icon, type IconName } from "./icons.tsx";
import { Heading, inTrackColour, Select } from "./parts.tsx";
import { ReviewPanel } from "./Review.tsx";
import { Rows } from "./Rows.tsx";
import { noTracks } from "./text.ts";

/** The list of tracks and the details of the selected one. */
export function TracksPanel() {
  const { view, derived } = useApp();
  if (view.panel.value && derived.review.value !== null) {
    return <ReviewPanel />;
  }
  return (
    view.panel.value && (
      <div class="panel">
        <Heading text="Tracks" count={derived.lanes.value.length}>
          <ActionButton id="find" small />
        </Heading>
        {view.find.value !== null && <FindField />}
        {(view.find.value !== null || view.order.value.show !== "all") && <OrderLine />}
        <TrackList />
        <From step={13}>
          <Details />
          <Events />
        </From>
      </div>
    )
  );
}

function FindField() {
  const { find } = useApp().view;
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.focus(), []);
  return (
    <label class="fld find">
      <input
        ref={input}
        aria-label="Find a track"
        placeholder="label or #id"
        value={find.value ?? ""}
        onInput={(event) => {
          find.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            find.value = null;
          }
        }}
      />
    </label>
  );
}

/** Which tracks are listed, and in what order. */
function OrderLine() {
  const { order } = useApp().view;
  const { labels } = useApp().document.annotation.value;
  const named = labels.map(({ name }) => [`label:${name}`, `Label ${name}`] as const);
  return (
    <div class="order">
      <Select
        label="Show tracks"
        value={order.value.show}
        options={[...SHOWS, ...named]}
        onChoose={(show) => {
          order.value = { ...order.peek(), show: show as TrackOrder["show"] };
        }}
      />
      <Select
        label="Sort tracks"
        value={order.value.by}
        options={SORTS}
        onChoose={(by) => {
          order.value = { ...order.peek(), by: by as TrackOrder["by"] };
        }}
      />
    </div>
  );
}

function TrackList() {
  const app = useApp();
  const { view, derived } = app;
  const text = view.find.value ?? "";
  const tracks = derived.lanes.value;
  const found = arranged(app);
  const selected = derived.selected.value;
  if (tracks.length === 0) {
    return <p class="empty">{noTracks(app)}</p>;
  }
  if (found.length === 0) {
    return (
      <p class="empty">
        {text ? `No track matches '${text}'. ` : "No such track. "}
        <button
          type="button"
          class="b s line"
          onClick={() => {
            view.find.value = null;
            view.order.value = { ...view.order.peek(), show: "all" };
          }}
        >
          Show all
        </button>
      </p>
    );
  }
  return (
    <Rows
      class="trk-list"
      role="grid"
      label="Tracks"
      row={24}
      count={found.length}
      current={selected ? found.indexOf(selected) : -1}
      render={(index) => {
        const track = found[index];
        return track && <TrackRow key={track.id} track={track} />;
      }}
    />
  );
}

/** The tracks from the one selected last to this one, as they are listed. */
function between(app: App, id: number): number[] {
  const ids = arranged(app).map((track) => track.id);
  const from = Math.max(0, ids.indexOf([...app.view.selection.peek()].at(-1) ?? id));
  const to = ids.indexOf(id);
  return ids.slice(Math.min(from, to), Math.max(from, to) + 1);
}

function TrackRow({ track }: { track: Track }) {
  const app = useApp();
  const { selection } = app.view;
  const { id, label } = track;
  const chosen = selection.value.has(id);
  const press = (event: MouseEvent) => {
    if (event.shiftKey) {
      selection.value = new Set([...selection.peek(), ...between(app, id)]);
    } else if (event.ctrlKey || event.metaKey) {
      selection.value = toggled(selection.peek(), id);
    } else {
      select(app, track);
    }
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Up and Down select, see the key map.
    <div
      class={`trk${chosen ? " sel" : ""}${VISIBILITY.hide.is(app, id) ? " dim" : ""}`}
      role="row"
      aria-selected={chosen}
      data-track={id}
      style={inTrackColour(app, track)}
      onClick={press}
    >
      <span class="sw" />
      <span class="id">#{id}</span>
      <span class="nm" role="gridcell">
        {label}
      </span>
      <StateMark track={track} />
      <span class="tg" role="gridcell">
        {TOGGLES.map(([name, off, on]) => (
          <VisibilityButton key={name} id={id} name={name} off={off} on={on} />
        ))}
      </span>
    </div>
  );
}

/** The state on the frame shown; only this word follows the playhead, not the row. */
function StateMark({ track }: { track: Track }) {
  const state = boxStateAt(track, useApp().view.frame.value);
  return (
    state !== "visible" && (
      <span class="st">
        <Icon name={state} small />
        {state}
      </span>
    )
  );
}

/** Each with its icon while it is off and while it is on. */
const TOGGLES = [
  ["solo", "solo", "solo"],
  ["hide", "hide", "hidden"],
  ["lock", "lock", "locked"],
] as const;

type ButtonProps = { id: number; name: keyof typeof VISIBILITY; off: IconName; on: IconName };

function VisibilityButton({ id, name, off, on }: ButtonProps) {
  const app = useApp();
  const visibility = VISIBILITY[name];
  const active = visibility.is(app, id);
  return (
    <PlainButton
      class={active ? "b s act" : "b s"}
      icon={active ? on : off}
      title={flipTitle(app, visibility, id)}
      on={active}
      onClick={(event) => {
        event.stopPropagation();
        flip(app, visibility, id);
      }}
    />
  );
}
