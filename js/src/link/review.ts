import type { ErrorKind, Pair, Review, Said } from "../store/review.ts";
import { int32 } from "./buffers.ts";
import type { Compared } from "./messages.ts";

/** What a message and its buffer, the pairs, say of how labels and predictions compare. */
export function reviewOf(message: Compared, [buffer]: readonly DataView[]): Review {
  if (!buffer) {
    throw new Error("A message with a comparison has one buffer.");
  }
  const { revision, setting, frames, numbers, first, fixes } = message;
  const models = message.models.map(([name, each]) => ({ name, numbers: each }));
  const differs = new Set(message.differs);
  const columns = int32(buffer);
  const pairs: Pair[] = [];
  for (let at = 0; at < columns.length; at += 4) {
    const [start = 0, stop = 0, truth = 0, prediction = 0] = columns.subarray(at, at + 4);
    pairs.push({ start, stop, truth, prediction });
  }
  const said = new Map<number, Said>(
    message.said.map(([index, ruling, author, time]) => [index, { ruling, author, time }]),
  );
  const errors = message.errors.map(
    ([kind, start, stop, label, truth, prediction, was, iou, severity], index) => ({
      kind: kind as ErrorKind,
      start,
      stop,
      label,
      truth,
      prediction,
      was,
      iou,
      severity,
      differs: differs.has(index),
      said: said.get(index) ?? null,
    }),
  );
  const verified = message.verified.map(([start, stop]) => ({ start, stop }));
  return {
    ...{ revision, setting, models, frames, errors, pairs },
    ...{ numbers, first, fixes, verified },
  };
}
