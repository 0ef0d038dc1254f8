import type { Edit } from "../core/edits.ts";

/** What a person does to the document: an edit, or a step through its history. */
export type Act = Edit | Step;

/** An act that the kernel has not confirmed, under the number that its page gave it. */
export type Waiting = {
  client: string;
  item: number;
  seq: number;
  /** The revision that it was made on. */
  revision: number;
  act: Act;
};

/** Whose act has arrived, under which number. */
export type Receipt = { client: string; seq: number };

/** Up to which of its acts the kernel has what each page did. */
export type Heard = Readonly<Record<string, number>>;

/** A step through the history. */
export type Step = { readonly kind: "undo" } | { readonly kind: "redo" };

/** Whether an act is a step through the history. */
export function isStep(act: Act): act is Step {
  return act.kind === "undo" || act.kind === "redo";
}

/** Whether this is the act that a receipt is for. */
export function isOf(one: Receipt, { client, seq }: Receipt): boolean {
  return one.client === client && one.seq === seq;
}

/**
 * The number of the act that has to be done before this one: the one before it in the queue that
 * is of the same page and item; 0 when there is none.
 */
export function afterOf(queue: readonly Waiting[], one: Waiting): number {
  const place = queue.findIndex((other) => isOf(other, one));
  const before = place < 0 ? queue : queue.slice(0, place);
  return (
    before.findLast(({ client, item }) => client === one.client && item === one.item)?.seq ?? 0
  );
}

/** What is still to be confirmed of an item, when the kernel has heard so much. */
export function unheard(queue: readonly Waiting[], item: number, heard: Heard): Waiting[] {
  return queue.filter((one) => one.item !== item || one.seq > (heard[one.client] ?? 0));
}

/**
 * The queue without an act that cannot be done, and without the steps that would have taken it
 * back or done it again: they would reach for another one.
 */
export function without(queue: readonly Waiting[], receipt: Receipt): Waiting[] {
  const dropped = queue.find((one) => isOf(one, receipt));
  /** Whether each act that undo, or redo, would reach for is one that is dropped. */
  const past: boolean[] = [];
  const undone: boolean[] = [];
  return queue.filter((one) => {
    if (one.item !== dropped?.item || one.client !== dropped.client) {
      return true;
    }
    if (!isStep(one.act)) {
      past.push(one === dropped);
      undone.length = 0;
      return one !== dropped;
    }
    const [from, to] = one.act.kind === "undo" ? [past, undone] : [undone, past];
    const gone = one === dropped || (from.pop() ?? false);
    to.push(gone);
    return !gone;
  });
}
