import type { DocumentStore } from "./document.ts";

/** Have the browser ask before a page is left with edits that the kernel does not have yet. */
export function guardUnsent(
  page: EventTarget,
  { pending }: DocumentStore,
  signal: AbortSignal,
): void {
  const ask = (event: Event) => {
    if (pending.peek().length > 0) {
      event.preventDefault();
    }
  };
  page.addEventListener("beforeunload", ask, { signal });
}
