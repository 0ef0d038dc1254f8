import { type Action, type App, tell } from "./app.ts";
import { EDIT } from "./edit.ts";
import { type ActionId, keyText } from "./keymap.ts";
import { LABELS } from "./labels.ts";
import { NAVIGATE } from "./navigate.ts";
import { TRACK } from "./track.ts";
import { VIEW } from "./view.ts";

/** Everything a person can do; buttons, keys and the help are made from it. */
export const ACTIONS: Readonly<Record<ActionId, Action>> = {
  ...EDIT,
  ...NAVIGATE,
  ...TRACK,
  ...LABELS,
  ...VIEW,
};

/** Do it, or say why it cannot be done. */
export function perform(app: App, id: ActionId): void {
  const action = ACTIONS[id];
  const reason = action.blocked?.(app) ?? null;
  if (reason === null) {
    action.run(app);
  } else {
    tell(app, reason);
  }
}

/** Whether an action can be done now. */
export function isEnabled(app: App, id: ActionId): boolean {
  return (ACTIONS[id].blocked?.(app) ?? null) === null;
}

/** The tooltip: what it does and its key, "Draw a new box (N)". */
export function tooltip(app: App, id: ActionId): string {
  return withKey(ACTIONS[id].title(app), id);
}

/** A text with the key of an action after it. */
export function withKey(text: string, id: ActionId): string {
  const key = keyText(id);
  return key === "" ? text : `${text} (${key})`;
}
