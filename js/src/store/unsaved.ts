import type { DocumentStore } from "./document.ts";
import { follow } from "./follow.ts";
import type { Kept, Shelf } from "./keep.ts";
import { isOf, type Waiting } from "./queue.ts";
import { type Shared, say, viewOnlyText } from "./view.ts";

/** A page that is still at work confirms its edits within so many milliseconds: they are not offered. */
const GRACE = 1000;

/** What can be done with edits that an earlier page left behind. */
export type Unsaved = { apply(): void; discard(): void };

/**
 * Keeps what the kernel has not confirmed in the browser, and brings back what was left there: at
 * once where it was this very page, else when the person wants it.
 */
export function keepUnsaved(
  document: DocumentStore,
  shared: Shared,
  shelf: Shelf,
  page: number,
  signal: AbortSignal,
): Unsaved {
  /** The names of the documents by their place in the list of videos. */
  const names = new Map<number, string>();
  let kept = new Map<string, Kept>();

  follow(signal, () => {
    const [name, item] = [shared.document.value, shared.item.value];
    if (name !== "" && names.get(item) !== name) {
      names.set(item, name);
      shared.unsaved.value = [];
      void look(name);
    }
  });

  follow(signal, () => {
    const now = new Map<string, Kept>();
    for (const act of document.pending.value) {
      const name = names.get(act.item) ?? "";
      const key = JSON.stringify([name, act.client]);
      const acts = [...(now.get(key)?.acts ?? []), act];
      now.set(key, { document: name, client: act.client, page, acts });
    }
    for (const one of now.values()) {
      shelf.put(one).catch(ignore);
    }
    for (const [key, one] of kept) {
      if (!now.has(key)) {
        shelf.remove(one.document, one.client).catch(ignore);
      }
    }
    kept = now;
  });

  /** Bring back what an earlier widget of this page had not said, then offer what other pages left. */
  async function look(name: string): Promise<void> {
    const own = (await find(name)).filter((one) => one.page === page);
    const acts = own.flatMap((one) => one.acts);
    if (acts.length > 0 && viewOnlyText(shared) === null) {
      const text = `${editsText(acts.length)} made before the kernel was restarted: sent again.`;
      say(shared, { level: "info", text });
      document.adopt(acts);
    }
    setTimeout(async () => {
      const left = await find(name);
      if (left.length > 0) {
        shared.unsaved.value = left.flatMap((one) => one.acts);
      }
    }, GRACE);
  }

  /** What others have left of a document, neither heard by the kernel nor pending here. */
  async function find(name: string): Promise<Kept[]> {
    const all = await shelf.all(name).catch(() => []);
    if (signal.aborted || shared.document.peek() !== name) {
      return [];
    }
    const [heard, pending] = [shared.heard.peek(), document.pending.peek()];
    const isLeft = (act: Waiting) =>
      act.seq > (heard[act.client] ?? 0) && !pending.some((one) => isOf(one, act));
    return all
      .filter((one) => one.client !== document.client)
      .map((one) => ({ ...one, acts: one.acts.filter(isLeft) }))
      .filter((one) => one.acts.length > 0);
  }

  function take(): readonly Waiting[] {
    const acts = shared.unsaved.peek();
    shared.unsaved.value = [];
    return acts;
  }

  return {
    apply() {
      const viewOnly = viewOnlyText(shared);
      if (viewOnly !== null) {
        say(shared, { level: "warning", text: viewOnly });
        return;
      }
      document.adopt(take());
    },
    discard() {
      for (const client of new Set(take().map((act) => act.client))) {
        shelf.remove(shared.document.peek(), client).catch(ignore);
      }
    },
  };
}

/** "3 edits". */
export function editsText(count: number): string {
  return `${count} edit${count === 1 ? "" : "s"}`;
}

/** What cannot be kept beyond the page is still kept in it, and leaving it asks first. */
function ignore(): void {}
