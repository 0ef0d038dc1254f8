import { type Action, type App, tell } from "./app.ts";
import { BOX } from "./box.ts";
import { CLIP } from "./clipboard.ts";
import { EDIT } from "./edit.ts";
import { EVENTS } from "./events.ts";
import { IDENTITY } from "./identity.ts";
import { ITEMS } from "./items.ts";
import { JUDGE } from "./judge.ts";
import { type ActionId, keyText } from "./keymap.ts";
import { LABELS } from "./labels.ts";
import { LIFE } from "./life.ts";
import { LOOK } from "./look.ts";
import { NAVIGATE } from "./navigate.ts";
import { PEAKS } from "./peaks.ts";
import { REVIEW } from "./review.ts";
import { TIME } from "./time.ts";
import { TRACK } from "./track.ts";
import { TRACKING } from "./tracking.ts";
import { VIEW } from "./view.ts";
import { WALK } from "./walk.ts";
import { WIDGET } from "./widget.ts";

/** The families of actions, as the help shows them. */
export const FAMILIES = {
  Edit: EDIT,
  Boxes: { ...BOX, ...CLIP },
  Playback: NAVIGATE,
  Time: TIME,
  Review: { ...REVIEW, ...JUDGE, ...PEAKS },
  Track: { ...TRACK, ...WALK },
  Life: { ...LIFE, ...TRACKING },
  Identity: IDENTITY,
  Labels: LABELS,
  Events: EVENTS,
  View: VIEW,
  Look: LOOK,
  Videos: ITEMS,
  Widget: WIDGET,
};

/** Everything a person can do; buttons, keys and the help are made from it. */
export const ACTIONS: Readonly<Record<ActionId, Action>> = {
  ...EDIT,
  ...BOX,
  ...CLIP,
  ...NAVIGATE,
  ...TIME,
  ...REVIEW,
  ...JUDGE,
  ...PEAKS,
  ...TRACK,
  ...LIFE,
  ...TRACKING,
  ...IDENTITY,
  ...LABELS,
  ...WALK,
  ...EVENTS,
  ...VIEW,
  ...LOOK,
  ...ITEMS,
  ...WIDGET,
};

/** Why an action cannot be done now, null when it can. */
export function blockedBy(app: App, id: ActionId): string | null {
  return ACTIONS[id].blocked?.(app) ?? null;
}

/** What ends the change of a box by keys itself; all else keeps the box first. */
const KEEPERS: ReadonlySet<ActionId> = new Set(["edit-box", "back"]);

/** Do it, or say why it cannot be done. */
export function perform(app: App, id: ActionId): void {
  const reason = blockedBy(app, id);
  if (!KEEPERS.has(id)) {
    app.keyEdit.keep();
  }
  if (reason === null) {
    ACTIONS[id].run(app);
  } else {
    tell(app, reason);
  }
}

/** A tooltip: a text with the key of an action after it, "Draw a new box (N)". */
export function withKey(app: App, text: string, id: ActionId): string {
  const key = keyText(app, id);
  return key === "" ? text : `${text} (${key})`;
}
