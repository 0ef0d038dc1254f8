const KEY = "boxreel-author";

/** The name of a page in a name under which it numbers its acts. */
export function authorOf(client: string): string {
  return client.split(".")[0] ?? "";
}

/** A new name under which a page numbers its acts: that of the tab, which outlives a reload, and one more. */
export function nameClient(): string {
  return `${nameTab()}.${random()}`;
}

function nameTab(): string {
  try {
    const name = sessionStorage.getItem(KEY) ?? random();
    sessionStorage.setItem(KEY, name);
    return name;
  } catch {
    return random(); // A host that keeps nothing: a page that is loaded anew is another one.
  }
}

function random(): string {
  return Math.random().toString(36).slice(2);
}
