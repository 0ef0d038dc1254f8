import { expect, test } from "vitest";
import { DocumentStore } from "./document.ts";
import { createStore } from "./store.ts";
import { createShared } from "./view.ts";

test("nothing is edited before the labels are here: the kernel could not tell what it was done to", () => {
  const document = new DocumentStore();
  const { commit, view } = createStore(document, createShared());
  const edit = { kind: "add_label", label: { name: "car" } } as const;
  expect(commit(edit)).toBe(false);
  expect(document.pending.value).toEqual([]);
  expect(view.notice.value?.text).toContain("the kernel has not sent the labels yet");
  document.reset(document.annotation.peek(), 0, { undo: null, redo: null });
  expect(commit(edit)).toBe(true);
});
