import type { Edit } from "../core/edits.ts";
import { createDerived, type Derived } from "./derived.ts";
import type { DocumentStore } from "./document.ts";
import { createView, type Notice, type Shared, say, type View, viewOnlyText } from "./view.ts";

/** Everything that one view shows and does to the labels. */
export type Store = {
  document: DocumentStore;
  view: View;
  derived: Derived;
  /** Make an edit; false, and a notice to the person, when it cannot be applied. */
  commit(edit: Edit): boolean;
  /** Show a message; with `undo`, one that tells of the edit just made and can take it back. */
  notify(level: Notice["level"], text: string, undo?: boolean): void;
};

/** Why nothing can be edited before the labels are here. */
const UNANSWERED = "Not done: the kernel has not sent the labels yet. Run the cell if it does not.";

/** Make several edits as one; false when there was none, or none that could be made. */
export function commitAll(store: Pick<Store, "commit">, edits: readonly Edit[]): boolean {
  const [only] = edits;
  return only !== undefined && store.commit(edits.length > 1 ? { kind: "batch", edits } : only);
}

/** Create the state of one view on the document and the signals that all views share. */
export function createStore(document: DocumentStore, shared: Shared): Store {
  const view = createView(shared);
  const notify = (level: Notice["level"], text: string, undo = false) =>
    say(shared, { level, text, undo });
  return {
    document,
    view,
    derived: createDerived(document, view),
    notify,
    commit(edit) {
      const reason = document.revision.peek() < 0 ? UNANSWERED : viewOnlyText(view);
      if (reason !== null) {
        notify("warning", reason);
        return false;
      }
      try {
        document.apply(edit);
        return true;
      } catch (error) {
        notify("error", error instanceof Error ? error.message : String(error));
        return false;
      }
    },
  };
}
