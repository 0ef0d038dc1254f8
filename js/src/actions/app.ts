import type { Signal } from "@preact/signals-core";
import type { Span } from "../core/track.ts";
import type { ReviewError, Ruling, Setting } from "../store/review.ts";
import type { Store } from "../store/store.ts";
import type { Unsaved } from "../store/unsaved.ts";
import { type ItemMark, type View, viewOnlyText } from "../store/view.ts";
import type { KeyEdit } from "../tools/keys.ts";

/** One view with all that a person can do to it. */
export type App = Store & {
  /** The widget's outermost element. */
  root: HTMLElement;
  /** Undo, redo and save are done by the kernel. */
  undo(): void;
  redo(): void;
  /** Ask the kernel to tell the history, and to go back (below 0) or forth in it. */
  askSteps(): void;
  travel(by: number): void;
  save(): void;
  /** Try to reach the kernel again. */
  reconnect(): void;
  /** Edits of an earlier page that were never confirmed. */
  unsaved: Unsaved;
  /** Show another of the videos; say of one that it is done, or discarded. */
  openItem(index: number): void;
  markItem(index: number, mark: ItemMark | null): void;
  /** Have the kernel follow a track from its box on a frame, and let it be. */
  track(id: number, frame: number, stop: number | null): void;
  stopTracking(): void;
  /** Compare labels and predictions in another way. */
  match(change: Partial<Setting>): void;
  /** Have the kernel keep who is wrong in an error, and whether frames are verified. */
  judge(error: ReviewError, ruling: Ruling | null): void;
  verify(range: Span, verified: boolean): void;
  /** Take the pointer's gesture back; false when none is under way. */
  cancel(): boolean;
  /** The boxes that the keys change. */
  keyEdit: KeyEdit;
};

/** Something a person can do: by its button, by its key, by its line in the help. */
export type Action = {
  run(app: App): void;
  /** What it would do now, as the tooltip says it. */
  title(app: App): string;
  /** Why it cannot be done now, null when it can. */
  blocked?: Reason;
  /** For a toggle: whether it is on. */
  pressed?(app: App): boolean;
  /** Whether holding the key down repeats it. */
  repeats?: true;
};

/** Why something cannot be done now, null when it can. */
export type Reason = (app: App) => string | null;

/** What an action is called: always the same, or as things stand. */
export type Title = string | ((app: App) => string);

/** An action by its title and what it does. */
export function act(
  title: Title,
  run: (app: App) => void,
  more: Omit<Action, "run" | "title"> = {},
): Action {
  return { title: typeof title === "string" ? () => title : title, run, ...more };
}

/** An action that a key held down repeats. */
export function again(title: Title, run: (app: App) => void): Action {
  return act(title, run, { repeats: true });
}

/** An action that turns a signal of the view on and off. */
export function toggle(title: string, pick: (view: View) => Signal<boolean>, off = title): Action {
  return {
    title: (app) => (pick(app.view).value ? off : title),
    pressed: (app) => pick(app.view).value,
    run: (app) => {
      const on = pick(app.view);
      on.value = !on.peek();
    },
  };
}

/** The set with a member put in or taken out. */
export function toggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(member)) {
    next.add(member);
  }
  return next;
}

/** Why nothing can be edited. */
export const viewOnly: Reason = ({ view }) => viewOnlyText(view);

/** Why nothing can be done to the selected track. */
export const unselected: Reason = (app) =>
  app.derived.selected.value === null ? "Select a track first." : null;

/** Say something to those who cannot see it. */
export function announce(app: App, text: string): void {
  app.view.announcement.value = text;
}

/** Show a message to the person. */
export function tell(app: App, text: string): void {
  app.notify("info", text);
}

/** Say what an edit did, beside a button that takes it back. */
export function did(app: App, text: string): void {
  app.notify("info", text, true);
}
