import type { VideoInfo } from "../core/annotation.ts";
import { timesOf } from "../core/clock.ts";
import { float64, int32 } from "./buffers.ts";
import type { VideoMeta } from "./messages.ts";

/** The video of a snapshot, its times from the runs of its ticks. */
export function videoOf(
  { name, width, height, frame_count, fps, time_base }: VideoMeta,
  steps: DataView,
  counts: DataView,
): VideoInfo {
  const times = timesOf(float64(steps), int32(counts), time_base);
  return { name, width, height, frame_count, fps, times };
}
