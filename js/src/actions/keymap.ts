import { keys } from "./keymap.json";

/** Name of an action. */
export type ActionId = keyof typeof keys;

const ACTION_OF = new Map<string, ActionId>();
for (const id of Object.keys(keys) as ActionId[]) {
  for (const chord of chordsOf(id)) {
    ACTION_OF.set(chord, id);
  }
}

/** The chords of an action; the first is the one shown. */
export function chordsOf(id: ActionId): string[] {
  return keys[id].split(" ").filter(Boolean);
}

/** The action that a chord stands for, null when it stands for none. */
export function actionOf(chord: string): ActionId | null {
  return ACTION_OF.get(chord) ?? null;
}

/** A chord as people read it: "Shift+Left", on a Mac "Cmd+Z". */
export function chordText(chord: string, mac = isMac()): string {
  const text = chord.replace("Arrow", "").replace("Escape", "Esc");
  return mac ? text.replace("Ctrl+", "Cmd+") : text;
}

/** The key that is shown for an action, empty when it has none. */
export function keyText(id: ActionId): string {
  return chordText(chordsOf(id)[0] ?? "");
}

function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");
}
