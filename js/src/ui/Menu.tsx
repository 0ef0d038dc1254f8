import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { isField } from "../actions/focus.ts";
import { type ActionId, keyText } from "../actions/keymap.ts";
import { ACTIONS, perform } from "../actions/registry.ts";
import { useApp } from "./chrome.ts";

type Props = {
  title: string;
  items: readonly ActionId[];
  class?: string;
  /** Which way the menu opens from its button. */
  up?: boolean;
  /** What stands below the actions. */
  more?: ComponentChildren;
  children: ComponentChildren;
};

/** A button that opens a menu of actions. */
export function Menu({ title, items, class: className = "b", up = false, more, children }: Props) {
  const app = useApp();
  const open = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    open.value = false;
    app.root.focus({ preventScroll: true });
  };
  return (
    <span class="menu-host">
      <button
        ref={button}
        type="button"
        class={className}
        title={title}
        aria-label={title}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.peek();
        }}
      >
        {children}
      </button>
      {open.value && (
        <MenuList
          title={title}
          items={items}
          class={up ? "menu up" : "menu"}
          onDone={close}
          onLeave={(to) => {
            // The button itself closes the menu by its click.
            open.value = to === button.current;
          }}
        >
          {more}
        </MenuList>
      )}
    </span>
  );
}

type ListProps = {
  title: string;
  items: readonly ActionId[];
  class: string;
  style?: Record<string, string>;
  /** One was chosen, or Esc pressed. */
  onDone(): void;
  /** The focus went elsewhere; without it that is `onDone`. */
  onLeave?(to: EventTarget | null): void;
  /** What stands below the actions. */
  children?: ComponentChildren;
};

/** A menu of actions with the focus in it. */
export function MenuList(props: ListProps) {
  const { title, items, class: className, style, onDone, onLeave, children } = props;
  const list = useRef<HTMLDivElement>(null);
  const rows = () =>
    [...(list.current?.querySelectorAll("button") ?? [])].filter(({ disabled }) => !disabled);
  useLayoutEffect(() => rows()[0]?.focus(), []);
  const keys = (event: KeyboardEvent) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by === 0 ? event.key !== "Escape" : isField(event.target)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (by === 0) {
      onDone();
      return;
    }
    const enabled = rows();
    const at = enabled.indexOf(event.target as HTMLButtonElement) + by;
    enabled[(at + enabled.length) % enabled.length]?.focus();
  };
  return (
    <div
      ref={list}
      class={className}
      style={style}
      role="menu"
      aria-label={title}
      onKeyDown={keys}
      onPointerDown={(event) => {
        // The root would take the focus, and the menu be gone before the click.
        event.stopPropagation();
      }}
      onFocusOut={({ relatedTarget }) => {
        if (!list.current?.contains(relatedTarget as Node | null)) {
          (onLeave ?? onDone)(relatedTarget);
        }
      }}
    >
      {items.map((id) => (
        <MenuItem key={id} id={id} onDone={onDone} />
      ))}
      {children}
    </div>
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
      <span class="mut mono">{keyText(app, id)}</span>
    </button>
  );
}
