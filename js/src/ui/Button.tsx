import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { App } from "../actions/app.ts";
import { type ActionId, chordsOf } from "../actions/keymap.ts";
import { ACTIONS, blockedBy, perform, withKey } from "../actions/registry.ts";
import { useApp } from "./chrome.ts";
import { Icon, type IconName, isIcon } from "./icons.tsx";

/** The keys of an action as assistive technology wants them; undefined when it has none. */
export function ariaKeys(app: App, id: ActionId): string | undefined {
  return chordsOf(app, id).join(" ").replaceAll("Ctrl", "Control") || undefined;
}

type Props = {
  id: ActionId;
  /** Drawn instead of the icon that bears the action's name. */
  icon?: IconName;
  /** 24 px instead of 28. */
  small?: boolean;
  /** What a person does most here. */
  primary?: boolean;
  children?: ComponentChildren;
};

/** The button of an action: its tooltip, key, state and whether it can be done come from the registry. */
export function ActionButton({ id, icon, small, primary, children }: Props) {
  const app = useApp();
  const title = ACTIONS[id].title(app);
  const blocked = blockedBy(app, id);
  const pressed = ACTIONS[id].pressed?.(app);
  const drawn = icon ?? (isIcon(id) ? id : null);
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    // A browser takes the focus from what is disabled, and gives it to the page.
    if (blocked !== null && button.current?.matches(":focus")) {
      app.root.focus({ preventScroll: true });
    }
  }, [app, blocked]);
  return (
    <button
      ref={button}
      type="button"
      class={`b${small ? " s" : ""}${primary ? " primary" : ""}${pressed ? " on" : ""}`}
      title={withKey(app, title, id) + (blocked === null ? "" : `: ${blocked}`)}
      aria-label={title}
      aria-keyshortcuts={ariaKeys(app, id)}
      aria-pressed={pressed}
      disabled={blocked !== null}
      onClick={() => perform(app, id)}
    >
      {drawn && <Icon name={drawn} />}
      {children}
    </button>
  );
}

/** The buttons of some actions, each with the icon that bears its name. */
export function ActionButtons({ ids }: { ids: readonly ActionId[] }) {
  return ids.map((id) => <ActionButton key={id} id={id} />);
}

/** A button that is not an action's: what it says on it, or its tooltip, is its name. */
export function PlainButton(props: {
  title: string;
  icon?: IconName;
  class?: string;
  on?: boolean;
  onClick(event: MouseEvent): void;
  children?: ComponentChildren;
}) {
  const { title, icon, class: className = "b s", on, onClick, children } = props;
  return (
    <button
      type="button"
      class={className}
      title={title}
      aria-label={title}
      aria-pressed={on}
      onClick={onClick}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
