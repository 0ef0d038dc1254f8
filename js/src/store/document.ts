import { batch, type ReadonlySignal, signal } from "@preact/signals-core";
import { type Annotation, createAnnotation } from "../core/annotation.ts";
import { applyEdit, describe, type Edit } from "../core/edits.ts";

/** The document until the kernel's first snapshot. */
const EMPTY = createAnnotation({
  video: { name: "", width: 0, height: 0, frame_count: 0, fps: 0, times: new Float64Array() },
});

/** What undo and redo would do next, null when there is nothing. */
export type HistoryNames = { undo: string | null; redo: string | null };

/** An edit that is shown here and not yet acknowledged by the kernel. */
export type PendingEdit = { seq: number; revision: number; edit: Edit; after: Annotation };

/** How the kernel moved the document on. */
export type Change = (annotation: Annotation) => Annotation;

/**
 * The document as it is shown: the kernel's revision with the edits on top that it has not
 * acknowledged yet. The kernel's order wins; what is pending is applied again after a foreign change.
 */
export class DocumentStore {
  readonly #annotation;
  readonly #revision = signal(-1);
  readonly #pending = signal<readonly PendingEdit[]>([]);
  readonly #history = signal<HistoryNames>({ undo: null, redo: null });
  #confirmed: Annotation;
  #seq = 0;

  /** Called with each edit made here, to be sent to the kernel. */
  onEdit: (edit: PendingEdit) => void = () => {};
  /** Called with each pending edit that a foreign change made impossible. */
  onConflict: (edit: PendingEdit, reason: string) => void = () => {};

  constructor() {
    this.#confirmed = EMPTY;
    this.#annotation = signal(EMPTY);
  }

  /** The labels on screen. */
  get annotation(): ReadonlySignal<Annotation> {
    return this.#annotation;
  }

  /** The newest revision of the kernel that is contained in `annotation`; -1 before the first. */
  get revision(): ReadonlySignal<number> {
    return this.#revision;
  }

  /** The edits that the kernel has not acknowledged, oldest first. */
  get pending(): ReadonlySignal<readonly PendingEdit[]> {
    return this.#pending;
  }

  /** What undo and redo would do. */
  get history(): ReadonlySignal<HistoryNames> {
    return this.#history;
  }

  /** An undo or redo was sent to the kernel: until it answers, both may be asked for again. */
  step(kind: "undo" | "redo"): void {
    const name = this.#history.value[kind];
    this.#history.value = { undo: name, redo: name };
  }

  /** Apply an edit made here; it shows at once. One that changes nothing is none. Throws EditError when it cannot be applied. */
  apply(edit: Edit): void {
    const after = applyEdit(this.#annotation.value, edit);
    if (after === this.#annotation.value) {
      return;
    }
    this.#seq += 1;
    const pending = { seq: this.#seq, revision: this.#revision.value, edit, after };
    this.onEdit(pending);
    batch(() => {
      this.#annotation.value = after;
      this.#pending.value = [...this.#pending.value, pending];
      this.#history.value = { undo: describe(edit), redo: null };
    });
  }

  /** Start again from a snapshot of the kernel; what is pending is kept on top of it. */
  reset(annotation: Annotation, revision: number, history: HistoryNames): void {
    this.#advance(() => annotation, revision, history);
  }

  /** Start on another video; the kernel has what was pending of the one before. */
  open(annotation: Annotation, revision: number, history: HistoryNames): void {
    batch(() => {
      this.#pending.value = [];
      this.reset(annotation, revision, history);
    });
  }

  /** The kernel has taken the edit with this number. */
  acknowledge(seq: number, revision: number, history: HistoryNames): void {
    const [first, ...rest] = this.#pending.value;
    if (first?.seq !== seq) {
      return;
    }
    this.#confirmed = first.after;
    batch(() => {
      this.#pending.value = rest;
      this.#revision.value = revision;
      if (rest.length === 0) {
        this.#history.value = history;
      }
    });
  }

  /** The kernel has refused the edit with this number: take it back. */
  reject(seq: number): void {
    this.#pending.value = this.#pending.value.filter((edit) => edit.seq !== seq);
    this.#advance((annotation) => annotation, this.#revision.value, this.#history.value);
  }

  /** Take over an edit made elsewhere: another page, or Python. */
  receiveEdit(edit: Edit, revision: number, history: HistoryNames): void {
    this.#advance((annotation) => applyEdit(annotation, edit), revision, history);
  }

  /** Take over any other change made elsewhere: undo, redo, an assignment from Python. */
  receive(change: Change, revision: number, history: HistoryNames): void {
    this.#advance(change, revision, history);
  }

  #advance(change: Change, revision: number, history: HistoryNames): void {
    this.#confirmed = change(this.#confirmed);
    let shown = this.#confirmed;
    const kept: PendingEdit[] = [];
    for (const pending of this.#pending.value) {
      try {
        shown = applyEdit(shown, pending.edit);
        kept.push({ ...pending, after: shown });
      } catch (error) {
        this.onConflict(pending, error instanceof Error ? error.message : String(error));
      }
    }
    batch(() => {
      this.#annotation.value = shown;
      this.#pending.value = kept;
      this.#revision.value = revision;
      this.#history.value = history;
    });
  }
}
