import { computed, signal } from "@preact/signals-core";
import { keys } from "./keymap.json";

/** Name of an action. */
export type ActionId = keyof typeof keys;

/** Keys that Python gave: chords by action. One bundle has one key map. */
export const rebound = signal<Readonly<Record<string, string>>>({});

const actionOfChord = computed(
  () =>
    new Map(
      (Object.keys(keys) as ActionId[]).flatMap((id) =>
        chordsOf(id).map((chord) => [chord, id] as const),
      ),
    ),
);

/** The chords of an action; the first is the one shown. */
export function chordsOf(id: ActionId): string[] {
  return (rebound.value[id] ?? keys[id]).split(" ").filter(Boolean);
}

/** The action that a chord stands for, null when it stands for none. */
export function actionOf(chord: string): ActionId | null {
  return actionOfChord.value.get(chord) ?? null;
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
