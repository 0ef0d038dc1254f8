import type { Store } from "../store/store.ts";

/** One view with all that a person can do to it. */
export type App = {
  /** The widget's outermost element. */
  root: HTMLElement;
  store: Store;
  /** Undo, redo and save are done by the kernel. */
  undo(): void;
  redo(): void;
  save(): void;
  /** Take the pointer's gesture back; false when none is under way. */
  cancel(): boolean;
};

/** Something a person can do: by its button, by its key, by its line in the help. */
export type Action = {
  group: Group;
  /** What it would do now, as the tooltip says it. */
  title(app: App): string;
  /** Why it cannot be done now, null when it can. */
  blocked?(app: App): string | null;
  /** For a toggle: whether it is on. */
  pressed?(app: App): boolean;
  /** Whether holding the key down repeats it. */
  repeats?: true;
  run(app: App): void;
};

/** The parts of the help, in its order. */
export const GROUPS = ["Edit", "Playback", "Track", "Labels", "View"] as const;

/** A part of the help. */
export type Group = (typeof GROUPS)[number];

/** Say something to those who cannot see it. */
export function announce({ store }: App, text: string): void {
  store.view.announcement.value = text;
}

/** Say what an act did when it changed more than the frame shown. */
export function tell({ store }: App, text: string): void {
  store.notify("info", text);
}
