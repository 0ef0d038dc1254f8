import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { type ActionId, keyText } from "../actions/keymap.ts";
import { ACTIONS, perform } from "../actions/registry.ts";
import { useApp } from "./chrome.ts";

type Props = {
  title: string;
  items: readonly ActionId[];
  class?: string;
  /** Which way the menu opens from its button. */
  up?: boolean;
  children: ComponentChildren;
};

/** A button that opens a menu of actions. */
export function Menu({ title, items, class: className = "b", up = false, children }: Props) {
  const app = useApp();
  const open = useSignal(false);
  const host = useRef<HTMLSpanElement>(null);
  const rows = () => [...(host.current?.querySelectorAll<HTMLElement>(".menu button") ?? [])];
  const toggle = () => {
    open.value = !open.peek();
  };
  useLayoutEffect(() => {
    if (open.value) {
      rows()
        .find((row) => !(row as HTMLButtonElement).disabled)
        ?.focus();
    }
  }, [open.value]);
  const close = () => {
    open.value = false;
    app.root.focus({ preventScroll: true });
  };
  const keys = (event: KeyboardEvent) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!open.peek() || (by === 0 && event.key !== "Escape")) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (by === 0) {
      close();
      return;
    }
    const enabled = rows().filter((row) => !(row as HTMLButtonElement).disabled);
    const at = enabled.indexOf(event.target as HTMLElement) + by;
    enabled[(at + enabled.length) % enabled.length]?.focus();
  };
  return (
    <span
      ref={host}
      class="menu-host"
      onKeyDown={keys}
      onFocusOut={(event) => {
        if (!host.current?.contains(event.relatedTarget as Node | null)) {
          open.value = false;
        }
      }}
    >
      <button
        type="button"
        class={className}
        title={title}
        aria-label={title}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={toggle}
      >
        {children}
      </button>
      {open.value && (
        <div class={up ? "menu up" : "menu"} role="menu" aria-label={title}>
          {items.map((id) => (
            <MenuItem key={id} id={id} onDone={close} />
          ))}
        </div>
      )}
    </span>
  );
}

function MenuItem({ id, onDone }: { id: ActionId; onDone(): void }) {
  const app = useApp();
  const action = ACTIONS[id];
  const pressed = action.pressed?.(app);
  const blocked = action.blocked?.(app) ?? null;
  return (
    <button
      type="button"
      role={pressed === undefined ? "menuitem" : "menuitemcheckbox"}
      aria-checked={pressed}
      tabIndex={-1}
      title={blocked ?? ""}
      disabled={blocked !== null}
      onClick={() => {
        perform(app, id);
        onDone();
      }}
    >
      <span class="tick">{pressed ? "✓" : ""}</span>
      <span class="sp">{action.title(app)}</span>
      <span class="mut mono">{keyText(id)}</span>
    </button>
  );
}
