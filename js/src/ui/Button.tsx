import { type ActionId, KEYS } from "../actions/keymap.ts";
import { ACTIONS, perform, withKey } from "../actions/registry.ts";
import { useApp } from "./chrome.ts";
import { Icon, type IconName } from "./icons.tsx";
import { type Child, h } from "./vdom/h.ts";

/** A key of an action as assistive technology wants it. */
export function ariaKeys(id: ActionId): string | undefined {
  const chords = KEYS[id].map((chord) => chord.replace("Ctrl+", "Control+"));
  return chords.length > 0 ? chords.join(" ") : undefined;
}

type Props = {
  id: ActionId;
  icon?: IconName;
  /** 24 px instead of 28. */
  small?: boolean;
  /** Where two toggles of one kind show the state themselves. */
  plain?: boolean;
  children?: Child;
};

/** The button of an action: its tooltip, key, state and whether it can be done come from the registry. */
export function ActionButton({ id, icon, small = false, plain = false, children }: Props) {
  const app = useApp();
  const action = ACTIONS[id];
  const title = action.title(app);
  const blocked = action.blocked?.(app) ?? null;
  const pressed = plain ? undefined : action.pressed?.(app);
  return (
    <button
      type="button"
      class={`b${small ? " s" : ""}${pressed ? " on" : ""}`}
      title={blocked === null ? withKey(title, id) : `${withKey(title, id)}: ${blocked}`}
      aria-label={title}
      aria-keyshortcuts={ariaKeys(id)}
      aria-pressed={pressed}
      disabled={blocked !== null}
      onClick={() => perform(app, id)}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
