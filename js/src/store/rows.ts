import type { AnnotationEvent } from "../core/events.ts";
import type { Label } from "../core/labels.ts";
import type { Track } from "../core/track.ts";
import type { Signal } from "./signals.ts";

/** A lane of the timeline: a track, a prediction without one, events of one label that do not overlap, or a signal. */
export type Row =
  | { kind: "signal"; signal: Signal }
  | { kind: "track"; track: Track }
  | { kind: "prediction"; track: Track }
  | { kind: "events"; label: string; events: readonly AnnotationEvent[] };

/** All lanes from the top: events by label, a lane at least for each label that is for events only; then the tracks. */
export function rowsOf(
  tracks: readonly Track[],
  events: readonly AnnotationEvent[],
  labels: readonly Label[],
): Row[] {
  const used = new Set(events.map(({ label }) => label));
  const named = labels.filter(({ name, use }) => use === "event" || used.has(name));
  const lanes = named.flatMap(({ name: label }) =>
    packed(events.filter((event) => event.label === label)).map(
      (row): Row => ({
        kind: "events",
        label,
        events: row,
      }),
    ),
  );
  return [...lanes, ...tracks.map((track): Row => ({ kind: "track", track }))];
}

/** The lane of a track, -1 when it has none. */
export function rowOfTrack(rows: readonly Row[], id: number): number {
  return rows.findIndex((row) => row.kind === "track" && row.track.id === id);
}

/** Events on as few lanes as they need: each goes to the first lane that is free. */
function packed(events: readonly AnnotationEvent[]): AnnotationEvent[][] {
  const lanes: AnnotationEvent[][] = [];
  for (const event of [...events].sort((a, b) => a.start - b.start || a.id - b.id)) {
    const free = lanes.find((lane) => (lane.at(-1)?.stop ?? 0) <= event.start);
    if (free) {
      free.push(event);
    } else {
      lanes.push([event]);
    }
  }
  return lanes.length > 0 ? lanes : [[]];
}
