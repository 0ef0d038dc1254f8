import { batch, computed, type ReadonlySignal, signal } from "@preact/signals-core";
import { type Annotation, createAnnotation } from "../core/annotation.ts";
import { applyEdit, describe, type Edit } from "../core/edits.ts";
import { nameClient } from "./author.ts";
import {
  type Act,
  type Heard,
  isOf,
  isStep,
  type Receipt,
  unheard,
  type Waiting,
  without,
} from "./queue.ts";

/** The document until the kernel's first snapshot. */
const EMPTY = createAnnotation({
  video: { name: "", width: 0, height: 0, frame_count: 0, fps: 0, times: new Float64Array() },
});

/** What undo and redo would do next, null when there is nothing. */
export type HistoryNames = { undo: string | null; redo: string | null };

/** How the kernel moved the document on. */
export type Change = (annotation: Annotation) => Annotation;

/**
 * The document as it is shown: the kernel's revision with the acts on top that it has not
 * confirmed yet. The kernel's order wins; what is pending is done again after a foreign change.
 */
export class DocumentStore {
  /** The name under which this page numbers its acts. */
  readonly client = nameClient();
  readonly #annotation;
  readonly #revision = signal(-1);
  readonly #pending = signal<readonly Waiting[]>([]);
  readonly #history = signal<HistoryNames>({ undo: null, redo: null });
  readonly #item = signal(0);
  readonly #own = computed(() =>
    this.#pending.value.filter(({ item }) => item === this.#item.value),
  );
  #confirmed: Annotation;
  #seq = 0;

  /** Called with each act of the person, to be sent to the kernel. */
  onAct: (act: Waiting) => void = () => {};
  /** Called with each pending edit that a foreign change made impossible. */
  onConflict: (edit: Edit, reason: string) => void = () => {};

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

  /** What the kernel has not confirmed, of all videos, in the order in which it is to be done. */
  get pending(): ReadonlySignal<readonly Waiting[]> {
    return this.#pending;
  }

  /** What undo and redo would do. */
  get history(): ReadonlySignal<HistoryNames> {
    return this.#history;
  }

  /** Undo or redo. What was pending is undone at once, anything else when the kernel answers. */
  step(kind: "undo" | "redo"): void {
    const name = this.#history.value[kind];
    this.#act({ kind }, { undo: name, redo: name });
    this.#settle();
  }

  /** Apply an edit made here; it shows at once. One that changes nothing is none. Throws EditError when it cannot be applied. */
  apply(edit: Edit): void {
    const after = applyEdit(this.#annotation.value, edit);
    if (after === this.#annotation.value) {
      return;
    }
    batch(() => {
      this.#act(edit, { undo: describe(edit), redo: null });
      this.#annotation.value = after;
    });
  }

  /** Do here, under its own numbers, what was done to this video in another page and never confirmed. */
  adopt(acts: readonly Waiting[]): void {
    const [item, revision] = [this.#item.value, this.#revision.value];
    const own = acts.map((act) => ({ ...act, item, revision }));
    this.#pending.value = [...this.#pending.value, ...own];
    this.#settle();
    for (const act of this.#pending.value.filter((one) => own.includes(one))) {
      this.onAct(act);
    }
  }

  /** Start again from a snapshot of the kernel, which has heard so much; what else is pending is kept on top of it. */
  reset(annotation: Annotation, revision: number, history: HistoryNames, heard: Heard = {}): void {
    this.#pending.value = unheard(this.#pending.value, this.#item.value, heard);
    this.receive(() => annotation, revision, history);
  }

  /** Start on another video. */
  open(
    item: number,
    annotation: Annotation,
    revision: number,
    history: HistoryNames,
    heard: Heard = {},
  ): void {
    batch(() => {
      this.#item.value = item;
      this.reset(annotation, revision, history, heard);
    });
  }

  /** The kernel has, of a video that is not shown, what a page did up to a number. */
  hear(item: number, heard: Heard): void {
    this.#pending.value = unheard(this.#pending.value, item, heard);
  }

  /** The kernel has refused an act: take it back. */
  reject(receipt: Receipt): void {
    this.#pending.value = without(this.#pending.value, receipt);
    this.#settle();
  }

  /** Take over a change of the kernel: with a receipt, one that was pending here; else one made elsewhere. */
  receive(change: Change, revision: number, history: HistoryNames, receipt?: Receipt): void {
    const own = this.#own.value;
    const settled = receipt && own.find((one) => isOf(one, receipt));
    const isShown = settled !== undefined && settled === own[0] && !isStep(settled.act);
    const isLast = own.length === 1;
    batch(() => {
      this.#confirmed = isShown && isLast ? this.#annotation.value : change(this.#confirmed);
      this.#revision.value = revision;
      this.#pending.value = this.#pending.value.filter((one) => one !== settled);
      if (!isShown || isLast) {
        this.#history.value = history;
      }
      if (!isShown) {
        this.#settle();
      }
    });
  }

  #act(act: Act, history: HistoryNames): void {
    this.#seq += 1;
    const { client } = this;
    const revision = this.#revision.value;
    const waiting = { client, item: this.#item.value, seq: this.#seq, revision, act };
    batch(() => {
      this.#pending.value = [...this.#pending.value, waiting];
      this.#history.value = history;
    });
    this.onAct(waiting);
  }

  /** Show what is confirmed with what is pending on top of it; what cannot be done any more is told. */
  #settle(): void {
    for (;;) {
      const failed = this.#show();
      if (failed === null) {
        return;
      }
      this.#pending.value = without(this.#pending.value, failed.waiting);
      this.onConflict(failed.waiting.act as Edit, failed.reason);
    }
  }

  #show(): { waiting: Waiting; reason: string } | null {
    const past = [this.#confirmed];
    const undone: Annotation[] = [];
    for (const waiting of this.#own.value) {
      const { act } = waiting;
      const shown = past.at(-1) as Annotation;
      if (act.kind === "undo") {
        undone.push(...(past.length > 1 ? past.splice(-1) : []));
      } else if (act.kind === "redo") {
        past.push(...undone.splice(-1));
      } else {
        try {
          past.push(applyEdit(shown, act));
          undone.length = 0;
        } catch (error) {
          return { waiting, reason: error instanceof Error ? error.message : String(error) };
        }
      }
    }
    this.#annotation.value = past.at(-1) as Annotation;
    return null;
  }
}
