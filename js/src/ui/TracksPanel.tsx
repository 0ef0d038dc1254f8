import { select } from "../actions/navigate.ts";
import { boxStateAt } from "../actions/scope.ts";
import {
  isHidden,
  isLocked,
  isSolo,
  toggleHidden,
  toggleLocked,
  toggleSolo,
} from "../actions/view.ts";
import type { Track } from "../core/track.ts";
import { cssColour } from "../store/colours.ts";
import { ActionButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { Details } from "./Details.tsx";
import { Icon, type IconName } from "./icons.tsx";
import { Rows } from "./Rows.tsx";
import { h } from "./vdom/h.ts";
import { useAfter, useOnce, useRef } from "./vdom/render.ts";

const ROW = 24;

/** The list of tracks and the details of the selected one. */
export function TracksPanel() {
  const { view } = useApp().store;
  return view.panel.value ? (
    <div class="panel">
      <TracksHeader />
      {view.find.value !== null && <FindField />}
      <TrackList />
      <Details />
    </div>
  ) : null;
}

function TracksHeader() {
  const { lanes } = useApp().store.derived;
  return (
    <div class="hd">
      <span>Tracks</span>
      <span class="n">{lanes.value.length}</span>
      <span class="sp" />
      <ActionButton id="find" icon="find" small />
    </div>
  );
}

function FindField() {
  const app = useApp();
  const { find } = app.store.view;
  const input = useRef<HTMLInputElement>();
  useOnce(() => useAfter(() => input.current?.focus()));
  return (
    <div class="f find">
      <label class="fld">
        <input
          ref={input}
          aria-label="Find a track"
          placeholder="label or #id"
          value={find.value ?? ""}
          autoComplete="off"
          spellcheck={false}
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
    </div>
  );
}

/** Whether a track is one that is looked for. */
export function matches({ id, label }: Track, text: string): boolean {
  return `#${id} ${label}`.toLowerCase().includes(text.trim().toLowerCase());
}

function TrackList() {
  const { view, derived } = useApp().store;
  const text = view.find.value ?? "";
  const found = derived.lanes.value.filter((track) => matches(track, text));
  const selected = derived.selected.value;
  if (derived.lanes.value.length === 0) {
    return <p class="empty">No tracks yet. Press N and drag a box.</p>;
  }
  if (found.length === 0) {
    return (
      <p class="empty">
        No track matches '{text}'.{" "}
        <button
          type="button"
          class="b s line"
          onClick={() => {
            view.find.value = null;
          }}
        >
          Clear
        </button>
      </p>
    );
  }
  return (
    <Rows
      class="trk-list"
      role="grid"
      label="Tracks"
      row={ROW}
      count={found.length}
      current={selected ? found.indexOf(selected) : -1}
      render={(index) => {
        const track = found[index];
        return track ? <TrackRow key={track.id} track={track} /> : null;
      }}
    />
  );
}

function TrackRow({ track }: { track: Track }) {
  const app = useApp();
  const { view, derived } = app.store;
  const { id, label } = track;
  const chosen = view.selection.value.has(id);
  const solo = isSolo(app, id);
  const hidden = isHidden(app, id);
  const locked = isLocked(app, id);
  const press = (event: MouseEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey) {
      const next = new Set(view.selection.peek());
      if (!next.delete(id)) {
        next.add(id);
      }
      view.selection.value = next;
    } else {
      select(app, track);
    }
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Up and Down select, see the key map.
    <div
      class={`trk${chosen ? " sel" : ""}${hidden ? " dim" : ""}`}
      role="row"
      aria-selected={chosen}
      style={{ "--c": cssColour(derived.colours.value.get(label), "c") }}
      onClick={press}
    >
      <span class="sw" />
      <span class="id">#{id}</span>
      <span class="nm" role="gridcell">
        {label}
      </span>
      <StateMark track={track} />
      <span class="tg" role="gridcell">
        <Toggle
          on={solo}
          icon="solo"
          text={solo ? `Unsolo #${id}` : `Solo #${id}`}
          run={() => toggleSolo(app, id)}
        />
        <Toggle
          on={hidden}
          icon={hidden ? "eyeOff" : "eye"}
          text={hidden ? `Show #${id}` : `Hide #${id}`}
          run={() => toggleHidden(app, id)}
        />
        <Toggle
          on={locked}
          icon={locked ? "lock" : "unlock"}
          text={locked ? `Unlock #${id}` : `Lock #${id}`}
          run={() => toggleLocked(app, id)}
        />
      </span>
    </div>
  );
}

/** The state on the frame shown; only this word follows the playhead, not the row. */
function StateMark({ track }: { track: Track }) {
  const { frame } = useApp().store.view;
  const state = boxStateAt(track, frame.value);
  return state === "visible" ? null : (
    <span class="st">
      <Icon name={state} small />
      {state}
    </span>
  );
}

type ToggleProps = { on: boolean; icon: IconName; text: string; run(): void };

function Toggle({ on, icon, text, run }: ToggleProps) {
  return (
    <button
      type="button"
      class={on ? "b act" : "b"}
      title={text}
      aria-label={text}
      aria-pressed={on}
      onClick={(event) => {
        event.stopPropagation();
        run();
      }}
    >
      <Icon name={icon} />
    </button>
  );
}
