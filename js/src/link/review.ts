import type { ErrorKind, Pair, Review } from "../store/review.ts";
import { int32 } from "./buffers.ts";
import type { Compared } from "./messages.ts";

/** What a message and its buffer, the pairs, say of how labels and predictions compare. */
export function reviewOf(message: Compared, [buffer]: readonly DataView[]): Review {
  if (!buffer) {
    throw new Error("A message with a comparison has one buffer.");
  }
  const { iou, numbers, first, fixes } = message;
  const columns = int32(buffer);
  const pairs: Pair[] = [];
  for (let at = 0; at < columns.length; at += 4) {
    const [start = 0, stop = 0, truth = 0, prediction = 0] = columns.subarray(at, at + 4);
    pairs.push({ start, stop, truth, prediction });
  }
  const errors = message.errors.map(
    ([kind, start, stop, label, truth, prediction, was, iou, severity]) => ({
      kind: kind as ErrorKind,
      start,
      stop,
      label,
      truth,
      prediction,
      was,
      iou,
      severity,
    }),
  );
  return { iou, errors, pairs, numbers, first, fixes };
}
