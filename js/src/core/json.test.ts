import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AnnotationError } from "./errors.ts";
import {
  eventFromJson,
  eventToJson,
  type LabelJson,
  labelFromJson,
  labelToJson,
  trackFromJson,
  tracksFromColumns,
  trackToJson,
} from "./json.ts";
import { concat } from "./keyframes.ts";
import { anyTrack } from "./testing.ts";

const box = [1, 2, 3, 4] as const;

describe("tracks", () => {
  test("come back from JSON as they were", () => {
    fc.assert(
      fc.property(anyTrack(3), (track) => {
        const back = trackFromJson(JSON.parse(JSON.stringify(trackToJson(track))));
        expect(back).toEqual(track);
      }),
    );
  });

  test("leave out what is default", () => {
    const json = { id: 1, label: "car", keyframes: [{ frame: 0, box }] };
    expect(trackToJson(trackFromJson(json))).toEqual(json);
    const full = {
      ...json,
      keyframes: [
        { frame: 0, box, occluded: true, hold: true, source: "model", score: 0.5 },
        { frame: 9, box: [1, 2, 3, 4, 5], outside: true },
      ],
      attributes: { pose: [[0, "walking"]] },
    } as const;
    expect(trackToJson(trackFromJson(full))).toEqual(full);
  });

  test("drop leading outside keyframes, and are refused without a present one", () => {
    const gone = { frame: 0, box, outside: true };
    const track = { id: 1, label: "car", keyframes: [gone, { frame: 5, box }] };
    expect(trackToJson(trackFromJson(track)).keyframes).toEqual([{ frame: 5, box }]);
    expect(() => trackFromJson({ ...track, keyframes: [gone] })).toThrow(AnnotationError);
    expect(() => trackFromJson({ ...track, id: 0 })).toThrow("0");
    const between = { frame: 1.5, box };
    expect(() => trackFromJson({ ...track, keyframes: [between] })).toThrow("1.5");
  });

  test("are views over the columns of a message", () => {
    fc.assert(
      fc.property(anyTrack(1), anyTrack(2), (a, b) => {
        const columns = concat(a.keyframes, b.keyframes);
        const meta = [a, b].map(({ id, label, keyframes }) => ({
          id,
          label,
          attributes: {},
          count: keyframes.frames.length,
        }));
        const [first, second] = tracksFromColumns(meta, columns);
        expect(first?.keyframes.boxes.buffer).toBe(columns.boxes.buffer);
        expect(first?.keyframes).toEqual(a.keyframes);
        expect(second?.keyframes).toEqual(b.keyframes);
        expect(() => tracksFromColumns(meta.slice(1), columns)).toThrow(AnnotationError);
      }),
    );
  });
});

describe("labels and events", () => {
  test("leave out what is default", () => {
    const labels: LabelJson[] = [
      { name: "car" },
      {
        name: "person",
        color: "#aabbcc",
        attributes: [
          {
            name: "pose",
            type: "choice",
            choices: ["walks", "runs"],
            default: "walks",
            per: "frame",
          },
          { name: "age", type: "number" },
        ],
      },
    ];
    expect(labels.map((json) => labelToJson(labelFromJson(json)))).toEqual(labels);
    const event = { id: 1, label: "crossing", start: 2, stop: 9 };
    expect(eventToJson(eventFromJson(event))).toEqual(event);
    const full = { ...event, tracks: [1, 2], attributes: { sure: true } };
    expect(eventToJson(eventFromJson(full))).toEqual(full);
  });
});
