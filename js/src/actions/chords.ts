/** What a key event says of the key that was pressed. */
export type KeyPress = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "getModifierState"
>;

/**
 * The chord of a key event, such as "Ctrl+Shift+Z"; null for a modifier or a dead key. A letter is
 * what the layout types, a digit where the key is, other signs what they type whatever it takes.
 */
export function chordOf(press: KeyPress): string | null {
  const name = nameOf(press);
  if (name === null) {
    return null;
  }
  const alternate = press.getModifierState("AltGraph");
  const ctrl = (press.ctrlKey || press.metaKey) && !alternate ? "Ctrl+" : "";
  const alt = press.altKey && !alternate ? "Alt+" : "";
  const shift = press.shiftKey && !isSign(name) ? "Shift+" : "";
  return ctrl + alt + shift + name;
}

function nameOf({ key, code }: KeyPress): string | null {
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) {
    return digit;
  }
  if (key === " ") {
    return "Space";
  }
  if (/^[a-z]$/i.test(key)) {
    return key.toUpperCase();
  }
  const position = /^Key([A-Z])$/.exec(code)?.[1];
  if (position !== undefined && isForeignLetter(key)) {
    return position;
  }
  return NOT_KEYS.test(key) ? null : key;
}

const NOT_KEYS = /^(Control|Shift|Alt|Meta|AltGraph|CapsLock|Dead)$/;

/** Letters of other scripts (Cyrillic, Greek) are taken by the place of their key. */
function isForeignLetter(key: string): boolean {
  return /^\p{L}$/u.test(key) && key > "\u024f";
}

function isSign(name: string): boolean {
  return name.length === 1 && !/^[A-Z0-9]$/.test(name);
}
