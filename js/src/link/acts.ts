import { afterOf, isStep, type Receipt, type Waiting } from "../store/queue.ts";
import type { ActMessage } from "./messages.ts";

/** An act as it travels. */
export function messageOf(one: Waiting, queue: readonly Waiting[]): ActMessage {
  const { client, item, seq, revision, act } = one;
  const head = { client, item, seq, after: afterOf(queue, one) };
  return isStep(act) ? { kind: act.kind, ...head } : { kind: "edit", ...head, revision, edit: act };
}

/** Whose act a message of the kernel is about; nobody's for one of Python's. */
export function receiptOf({ client, seq }: { client: string | null; seq: number | null }): Receipt {
  return { client: client ?? "", seq: seq ?? 0 };
}
