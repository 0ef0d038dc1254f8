import { spans, type Track } from "../core/track.ts";

/** The number of boxes on each frame. */
export function boxesByFrame(tracks: Iterable<Track>, frameCount: number): Int32Array {
  const counts = new Int32Array(frameCount + 1);
  for (const track of tracks) {
    for (const { start, stop } of spans(track, frameCount)) {
      counts[start] = (counts[start] ?? 0) + 1;
      counts[stop] = (counts[stop] ?? 0) - 1;
    }
  }
  let boxes = 0;
  for (let frame = 0; frame < frameCount; frame++) {
    boxes += counts[frame] ?? 0;
    counts[frame] = boxes;
  }
  return counts.subarray(0, frameCount);
}

/** The most boxes on a frame in each of `columns` equal parts of the clip. */
export function mostByColumn(boxes: Int32Array, columns: number): Int32Array {
  const most = new Int32Array(columns);
  for (let column = 0; column < columns; column++) {
    const first = Math.floor((column * boxes.length) / columns);
    const stop = Math.max(first + 1, Math.floor(((column + 1) * boxes.length) / columns));
    for (let frame = first; frame < stop; frame++) {
      most[column] = Math.max(most[column] ?? 0, boxes[frame] ?? 0);
    }
  }
  return most;
}
