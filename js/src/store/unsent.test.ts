import { expect, test } from "vitest";
import { DocumentStore } from "./document.ts";
import { guardUnsent } from "./unsent.ts";

test("a page with edits that the kernel does not have asks before it is left", () => {
  const store = new DocumentStore();
  const page = new EventTarget();
  const abort = new AbortController();
  const asks = () => !page.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  guardUnsent(page, store, abort.signal);
  expect(asks()).toBe(false);
  store.apply({ kind: "add_label", label: { name: "car" } });
  expect(asks()).toBe(true);
  store.hear(0, { [store.client]: 1 });
  expect(asks()).toBe(false);
  store.apply({ kind: "add_label", label: { name: "bus" } });
  abort.abort();
  expect(asks()).toBe(false);
});
