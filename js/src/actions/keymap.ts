import type { View } from "../store/view.ts";
import { keys } from "./keymap.json";

/** Name of an action. */
export type ActionId = keyof typeof keys;

/** Where the keys act: the view of a widget, whose Python may have given other keys. */
export type Keyed = { view: Pick<View, "keymap"> };

/** The chords of an action; the first is the one shown. */
export function chordsOf({ view }: Keyed, id: ActionId): string[] {
  return chordsIn(view.keymap.value, id);
}

/** The action that a chord stands for, null when it stands for none. */
export function actionOf({ view }: Keyed, chord: string): ActionId | null {
  const changes = view.keymap.value;
  const known = turned.get(changes) ?? turn(changes);
  turned.set(changes, known);
  return known.get(chord) ?? null;
}

type Changes = Readonly<Record<string, string>>;

/** Actions by chord, made once for each key map. */
const turned = new WeakMap<Changes, ReadonlyMap<string, ActionId>>();

function turn(changes: Changes): ReadonlyMap<string, ActionId> {
  const ids = Object.keys(keys) as ActionId[];
  return new Map(ids.flatMap((id) => chordsIn(changes, id).map((chord) => [chord, id] as const)));
}

function chordsIn(changes: Changes, id: ActionId): string[] {
  return (changes[id] ?? keys[id]).split(" ").filter(Boolean);
}

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
