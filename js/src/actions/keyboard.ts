import type { App } from "./app.ts";
import { chordOf } from "./chords.ts";
import { isField, isSlider } from "./focus.ts";
import { type ActionId, actionOf, type Keyed, reviewActionOf } from "./keymap.ts";
import { chooseLabel, labelOfKey } from "./labels.ts";
import { ACTIONS, perform } from "./registry.ts";
import { pressWalk } from "./walk.ts";

/** Act on keys while the focus is inside the widget, and keep them from the notebook around it. */
export function attachKeyboard(app: App, signal: AbortSignal): void {
  app.root.addEventListener("keydown", (event) => press(app, event), { signal });
}

/** Chords of the browser and the notebook besides those with Ctrl. */
const THEIRS = /^(F\d+|Alt\+.*|.*Tab|.+\+Enter)$/;

/** What moves a slider that has the focus. */
const SLIDES = /^(Arrow.*|Home|End|Page.*)$/;

/** What a key press means here. */
export type Meaning = "pass" | "keep" | ActionId;

/**
 * What becomes of a key press: an action; `keep` when it is none of ours but must not reach the
 * notebook; `pass` when it is the notebook's or the browser's.
 */
export function meaningOf(
  at: Keyed,
  event: KeyboardEvent,
  target: EventTarget | null | undefined,
): Meaning {
  const chord = chordOf(event);
  const id = chord === null ? null : actionOf(at, chord);
  if (isSlider(target) && SLIDES.test(chord ?? "")) {
    return "keep";
  }
  if (isField(target)) {
    if (event.isComposing) {
      return "keep";
    }
    return id === "save" || id === "back" ? id : "keep";
  }
  if (chord === null || THEIRS.test(chord)) {
    return "pass";
  }
  if ((chord === "Space" || chord === "Enter") && isButton(target)) {
    return "keep";
  }
  return id ?? (event.ctrlKey || event.metaKey ? "pass" : "keep");
}

function press(app: App, event: KeyboardEvent): void {
  const [target] = event.composedPath();
  if (!isField(target) && takes(app, chordOf(event) ?? "")) {
    event.stopPropagation();
    event.preventDefault();
    return;
  }
  const chord = chordOf(event) ?? "";
  const isOurs = isField(target) || reviewActionOf(app, chord) !== null;
  const label = isOurs ? null : labelOfKey(app, chord);
  if (label !== null) {
    event.stopPropagation();
    event.preventDefault();
    chooseLabel(app, label.name);
    return;
  }
  const meaning = meaningOf(app, event, target);
  if (meaning === "pass") {
    return;
  }
  event.stopPropagation();
  if (meaning === "keep") {
    return;
  }
  event.preventDefault();
  if (isField(target) && meaning === "back") {
    app.root.focus({ preventScroll: true });
  } else if (!event.repeat || ACTIONS[meaning].repeats) {
    perform(app, meaning);
  }
}

/** Whether a key belongs to what is under way: the change of a box, or the walk through attributes. */
function takes(app: App, chord: string): boolean {
  return app.keyEdit.press(chord) || pressWalk(app, chord);
}

function isButton(target: EventTarget | null | undefined): boolean {
  return target instanceof Element && target.matches("button, input[type=checkbox], summary");
}
