import type { View } from "../store/view.ts";
import { keys, review } from "./keymap.json";

/** Name of an action. */
export type ActionId = keyof typeof keys | keyof typeof review;

/** Where the keys act: the view of a widget, whose Python may have given other keys. */
export type Keyed = { view: Pick<View, "keymap" | "review" | "reviewing"> };

/** The chords of an action that act now; the first is the one shown. */
export function chordsOf(at: Keyed, id: ActionId): string[] {
  return chordsIn(at.view.keymap.value, id).filter((chord) => actionOf(at, chord) === id);
}

/** The action that a chord stands for, null when it stands for none. In a review its own keys come first. */
export function actionOf(at: Keyed, chord: string): ActionId | null {
  const { usual } = turnedBy(at);
  return reviewActionOf(at, chord) ?? usual.get(chord) ?? null;
}

/** The action of a review that a chord stands for, null when it stands for none, or outside of a review. */
export function reviewActionOf(at: Keyed, chord: string): ActionId | null {
  const { review: known, reviewing } = at.view;
  const isOn = known.value !== null && reviewing.value;
  return (isOn && turnedBy(at).inReview.get(chord)) || null;
}

type Changes = Readonly<Record<string, string>>;
type Turned = Record<"usual" | "inReview", ReadonlyMap<string, ActionId>>;

/** Actions by chord, made once for each key map. */
const turned = new WeakMap<Changes, Turned>();

function turnedBy({ view }: Keyed): Turned {
  const changes = view.keymap.value;
  const known = turned.get(changes) ?? {
    usual: turn(changes, keys),
    inReview: turn(changes, review),
  };
  turned.set(changes, known);
  return known;
}

function turn(changes: Changes, map: Changes): ReadonlyMap<string, ActionId> {
  const ids = Object.keys(map) as ActionId[];
  return new Map(ids.flatMap((id) => chordsIn(changes, id).map((chord) => [chord, id] as const)));
}

function chordsIn(changes: Changes, id: ActionId): string[] {
  return (changes[id] ?? ALL[id]).split(" ").filter(Boolean);
}

const ALL: Readonly<Record<ActionId, string>> = { ...keys, ...review };

/** Asked once: browsers take their time to answer. */
const MAC = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

/** A chord as people read it: "Shift+Left", on a Mac "Cmd+Z". */
export function chordText(chord: string, mac = MAC): string {
  const text = chord.replace("Arrow", "").replace("Escape", "Esc");
  return mac ? text.replace("Ctrl+", "Cmd+") : text;
}

/** The key that is shown for an action, empty when it has none. */
export function keyText(at: Keyed, id: ActionId): string {
  return chordText(chordsOf(at, id)[0] ?? "");
}
