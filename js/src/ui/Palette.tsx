import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { App } from "../actions/app.ts";
import { type ActionId, chordsOf, chordText } from "../actions/keymap.ts";
import { ACTIONS, blockedBy, FAMILIES, perform } from "../actions/registry.ts";
import { useApp } from "./chrome.ts";
import { Icon } from "./icons.tsx";
import { ranked } from "./search.ts";

/** One line of the palette: an action as it stands now. */
type Entry = { id: ActionId; title: string; family: string; blocked: string | null };

/** Every action by its name, with its key: typed for, chosen, done. */
export function Palette() {
  return useApp().view.palette.value && <Sheet />;
}

function Sheet() {
  const app = useApp();
  const input = useRef<HTMLInputElement>(null);
  const typed = useSignal("");
  const at = useSignal(0);
  const entries = ranked(entriesOf(app), typed.value, ({ title, family }) => `${title} ${family}`);
  const current = Math.max(0, Math.min(at.value, entries.length - 1));
  useLayoutEffect(() => input.current?.focus(), []);
  useLayoutEffect(() => {
    input.current?.parentElement
      ?.querySelector("[aria-selected=true]")
      ?.scrollIntoView({ block: "nearest" });
  }, [current, typed.value]);
  const close = () => {
    app.root.focus({ preventScroll: true });
    app.view.palette.value = false;
  };
  const choose = (entry: Entry | undefined) => {
    if (entry?.blocked === null) {
      close();
      perform(app, entry.id);
    }
  };
  const keys = (event: KeyboardEvent) => {
    const moved = MOVES[event.key]?.(current, entries.length);
    if (moved !== undefined) {
      at.value = moved;
    } else if (event.key === "Enter") {
      choose(entries[current]);
    } else if (event.key === "Escape" || isOwn(event)) {
      close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      class="palette"
      role="dialog"
      aria-label="Find an action"
      onKeyDown={keys}
      onPointerDown={(event) => event.stopPropagation()}
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) {
          app.view.palette.value = false;
        }
      }}
    >
      <label class="palette-field">
        <Icon name="find" />
        <input
          ref={input}
          role="combobox"
          aria-label="Find an action"
          aria-expanded="true"
          aria-controls="br-palette"
          aria-activedescendant={entries[current] && entryId(entries[current])}
          aria-autocomplete="list"
          placeholder="What would you like to do?"
          autoComplete="off"
          spellcheck={false}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
            at.value = 0;
          }}
        />
      </label>
      <div class="palette-list" id="br-palette" role="listbox" aria-label="Actions">
        {entries.map((entry, index) => (
          <Line key={entry.id} entry={entry} on={index === current} onChoose={choose} />
        ))}
      </div>
      {entries.length === 0 && <p class="empty">No action matches '{typed.value}'.</p>}
    </div>
  );
}

type LineProps = { entry: Entry; on: boolean; onChoose(entry: Entry): void };

function Line({ entry, on, onChoose }: LineProps) {
  const { id, title, blocked, family } = entry;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys.
    <div
      id={entryId(entry)}
      class={`palette-line${on ? " sel" : ""}${blocked === null ? "" : " off"}`}
      role="option"
      aria-selected={on}
      aria-disabled={blocked !== null}
      onClick={() => onChoose(entry)}
    >
      <span class="nm">{title}</span>
      <span class="r sp">{blocked ?? family}</span>
      {chordsOf(id).map((chord) => (
        <kbd key={chord} class="key">
          {chordText(chord)}
        </kbd>
      ))}
    </div>
  );
}

/** Where a key moves the choice in a list of a length. */
const MOVES: Readonly<Record<string, (at: number, length: number) => number>> = {
  ArrowDown: (at, length) => (at + 1) % Math.max(length, 1),
  ArrowUp: (at, length) => (at + length - 1) % Math.max(length, 1),
  PageDown: (at, length) => Math.min(at + 8, length - 1),
  PageUp: (at) => Math.max(at - 8, 0),
};

/** What can be done comes before what cannot. */
function entriesOf(app: App): Entry[] {
  const entries = Object.entries(FAMILIES).flatMap(([family, actions]) =>
    (Object.keys(actions) as ActionId[])
      .filter((id) => id !== "palette")
      .map((id) => ({ id, family, title: ACTIONS[id].title(app), blocked: blockedBy(app, id) })),
  );
  return entries.sort((a, b) => Number(a.blocked !== null) - Number(b.blocked !== null));
}

function isOwn(event: KeyboardEvent): boolean {
  return event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
}

function entryId({ id }: Entry): string {
  return `br-do-${id}`;
}
