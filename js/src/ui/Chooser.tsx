import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useApp } from "./chrome.ts";
import { Icon } from "./icons.tsx";
import { ranked } from "./search.ts";

/** Something to choose: what is searched, what is drawn, why it cannot be chosen now. */
export type Option = {
  id: string;
  text: string;
  blocked: string | null;
  draw: ComponentChildren;
  run(): void;
};

type Props = {
  label: string;
  placeholder: string;
  /** What the list holds, by its role: "Actions". */
  list: string;
  options: readonly Option[];
  /** What is offered for a text that was typed, after what it finds. */
  offer?(typed: string): Option | null;
  /** Whether a key closes it, as Esc does. */
  closes?(event: KeyboardEvent): boolean;
  onClose(): void;
};

/** A field to type in and a list to choose from: arrows move, Enter chooses, Esc closes. */
export function Chooser(props: Props) {
  const { label, placeholder, list, options, offer, closes, onClose } = props;
  const app = useApp();
  const input = useRef<HTMLInputElement>(null);
  const typed = useSignal("");
  const at = useSignal(0);
  const offered = offer?.(typed.value.trim()) ?? null;
  const found = [
    ...ranked(options, typed.value, ({ text }) => text),
    ...(offered === null ? [] : [offered]),
  ];
  const current = Math.max(0, Math.min(at.value, found.length - 1));
  useLayoutEffect(() => input.current?.focus(), []);
  useLayoutEffect(() => {
    input.current
      ?.closest(".palette")
      ?.querySelector("[aria-selected=true]")
      ?.scrollIntoView({ block: "nearest" });
  }, [current, typed.value]);
  const close = () => {
    app.root.focus({ preventScroll: true });
    onClose();
  };
  const choose = (option: Option | undefined) => {
    if (option?.blocked === null) {
      close();
      option.run();
    }
  };
  const keys = (event: KeyboardEvent) => {
    if (event.isComposing) {
      return;
    }
    const moved = MOVES[event.key]?.(current, found.length);
    if (moved !== undefined) {
      at.value = moved;
    } else if (event.key === "Enter") {
      choose(found[current]);
    } else if (event.key === "Escape" || closes?.(event)) {
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
      aria-label={label}
      onKeyDown={keys}
      onPointerDown={(event) => event.stopPropagation()}
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) {
          onClose();
        }
      }}
    >
      <label class="palette-field">
        <Icon name="find" />
        <input
          ref={input}
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls="br-choices"
          aria-activedescendant={found[current] && optionId(found[current])}
          aria-autocomplete="list"
          placeholder={placeholder}
          autoComplete="off"
          spellcheck={false}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
            at.value = 0;
          }}
        />
      </label>
      <div class="palette-list" id="br-choices" role="listbox" aria-label={list}>
        {found.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys.
          <div
            key={option.id}
            id={optionId(option)}
            class={`palette-line${index === current ? " sel" : ""}${option.blocked === null ? "" : " off"}`}
            role="option"
            aria-selected={index === current}
            aria-disabled={option.blocked !== null}
            onClick={() => choose(option)}
          >
            {option.draw}
          </div>
        ))}
      </div>
      {found.length === 0 && <p class="empty">Nothing matches '{typed.value}'.</p>}
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

function optionId({ id }: Option): string {
  return `br-do-${id}`;
}
