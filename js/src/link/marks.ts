import { type Box, type BoxJson, boxFromJson } from "../core/shapes/box.ts";
import type { Marks } from "../store/marks.ts";
import { float64, int32 } from "./buffers.ts";
import type { MarksShown } from "./messages.ts";

/** What a message and its two buffers, frames and boxes, want to be looked at. */
export function marksOf({ name, spans }: MarksShown, [frames, boxes]: readonly DataView[]): Marks {
  if (!frames || !boxes) {
    throw new Error("A message with marks has two buffers.");
  }
  const rows = float64(boxes);
  const found = new Map<number, Box[]>();
  for (const [index, frame] of int32(frames).entries()) {
    const box = boxFromJson([...rows.subarray(index * 5, index * 5 + 5)] as unknown as BoxJson);
    found.set(frame, [...(found.get(frame) ?? []), box]);
  }
  return {
    name,
    spans: spans.map(([start, stop, track, text]) => ({ start, stop, track, text })),
    boxes: found,
  };
}
