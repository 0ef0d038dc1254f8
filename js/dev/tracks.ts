import {
  type AttributeJson,
  type KeyframeJson,
  labelFromJson,
  type TrackJson,
} from "../src/core/json.ts";
import type { BoxJson } from "../src/core/shapes/box.ts";

/** The labels of the made-up document. */
export const LABELS = ["car", "pedestrian", "cyclist", "bus", "traffic light", "truck"].map(
  (name, index) =>
    labelFromJson({
      name,
      attributes: [
        { name: "note", type: "text", per: "track" },
        { name: "pose", type: "choice", choices: ["walking", "running"], per: "frame" },
      ].slice(0, index) as AttributeJson[],
    }),
);

function keyframes(frames: readonly number[], from: BoxJson, to: BoxJson, last?: number) {
  const [start = 0] = frames;
  const end = frames.at(-1) ?? start;
  const rows: KeyframeJson[] = frames.map((frame) => {
    const t = (frame - start) / Math.max(end - start, 1);
    const [x, y, w, h] = from.map((value, index) => value + ((to[index] ?? value) - value) * t);
    return { frame, box: [x ?? 0, y ?? 0, w ?? 1, h ?? 1] };
  });
  return last === undefined ? rows : [...rows, { frame: last, box: to, outside: true }];
}

/** Seven tracks with all that the timeline can show. */
export const TRACKS: TrackJson[] = [
  {
    id: 1,
    label: "car",
    keyframes: keyframes([84, 118, 150, 192], [700, 480, 300, 140], [840, 480, 330, 144], 236),
  },
  {
    id: 2,
    label: "pedestrian",
    keyframes: keyframes(
      [36, 84, 132, 168, 190, 214, 246, 300, 360],
      [540, 400, 72, 190],
      [900, 400, 72, 210],
      413,
    ).map((row) => ({ ...row, occluded: row.frame === 190 })),
  },
  {
    id: 3,
    label: "cyclist",
    keyframes: [
      ...keyframes([70, 96, 122, 152], [120, 470, 150, 172], [260, 480, 150, 172], 176).map(
        (row) =>
          row.frame === 96 || row.frame === 122 ? { ...row, source: "model" as const } : row,
      ),
      ...keyframes([212, 238], [300, 480, 150, 172], [400, 480, 150, 172]),
    ],
  },
  {
    id: 4,
    label: "bus",
    keyframes: keyframes([0, 104, 206], [20, 280, 400, 200], [60, 280, 400, 200]),
  },
  { id: 5, label: "car", keyframes: keyframes([20], [900, 380, 200, 80], [900, 380, 200, 80]) },
  {
    id: 6,
    label: "pedestrian",
    keyframes: keyframes([100, 126, 172, 224], [970, 330, 44, 130], [990, 330, 44, 130]).map(
      (row) => ({ ...row, occluded: row.frame === 126 }),
    ),
  },
  {
    id: 7,
    label: "traffic light",
    keyframes: keyframes([0, 92, 204], [1098, 150, 40, 108], [1098, 150, 40, 108]).map((row) => ({
      ...row,
      hold: true,
    })),
  },
];

/** So many tracks, for the speed of lists and lanes. */
export function manyTracks(count: number): TrackJson[] {
  return Array.from({ length: count }, (_, index) => {
    const x = (index * 37) % 1200;
    const y = (index * 53) % 660;
    const label = LABELS[index % LABELS.length]?.name ?? "car";
    return {
      id: index + 1,
      label,
      keyframes: keyframes([0, 120, 240, 400], [x, y, 40, 40], [x + 30, y, 44, 40]),
    };
  });
}
