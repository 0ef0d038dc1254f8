import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boxAt, geometryAt, stateAt } from "./interpolate.ts";
import { trackFromJson } from "./json.ts";
import { keyframeOf } from "./keyframes.ts";
import { anyTrack, FRAMES, shown } from "./testing.ts";
import { attributeAt, nextKeyframe, occludedSpans, prevKeyframe, spans, startOf } from "./track.ts";

const track = trackFromJson({
  id: 1,
  label: "car",
  keyframes: [
    { frame: 2, box: [0, 0, 10, 10] },
    { frame: 6, box: [40, 0, 10, 30], occluded: true, hold: true },
    { frame: 10, box: [80, 0, 10, 10], outside: true },
    { frame: 20, box: [20, 0, 10, 10], source: "model", score: 0.5 },
  ],
  attributes: {
    pose: [
      [0, "walking"],
      [12, null],
      [30, "running"],
    ],
  },
});

describe("a track on a frame", () => {
  test.each([
    [1, null],
    [2, { x: 0, y: 0, w: 10, h: 10, rotation: 0 }],
    [3, { x: 10, y: 0, w: 10, h: 15, rotation: 0 }],
    [9, { x: 40, y: 0, w: 10, h: 30, rotation: 0 }],
    [10, null],
    [19, null],
    [39, { x: 20, y: 0, w: 10, h: 10, rotation: 0 }],
  ])("box at %d", (frame, expected) => {
    expect(boxAt(track, frame)).toEqual(expected);
  });

  test("geometry goes on while absent, and back before the first keyframe", () => {
    expect(geometryAt(track.keyframes, 15).x).toBe(50);
    expect(geometryAt(track.keyframes, 0).x).toBe(0);
  });

  test("state", () => {
    const none = { present: false, occluded: false, hold: false };
    expect(stateAt(track, 1)).toEqual({ ...none, index: -1, exact: false });
    const held = { present: true, occluded: true, hold: true, index: 1 };
    expect(stateAt(track, 6)).toEqual({ ...held, exact: true });
    expect(stateAt(track, 8)).toEqual({ ...held, exact: false });
    expect(stateAt(track, 10)).toEqual({ ...none, index: 2, exact: true });
  });

  test("on a keyframe it is exactly that one's box", () => {
    fc.assert(
      fc.property(anyTrack(1), ({ keyframes, ...rest }) => {
        keyframes.frames.forEach((frame, index) => {
          const { box, outside } = keyframeOf(keyframes, index);
          expect(boxAt({ ...rest, keyframes }, frame)).toEqual(outside ? null : box);
        });
      }),
    );
  });
});

describe("a track over the video", () => {
  test("spans", () => {
    expect(startOf(track)).toBe(2);
    expect(spans(track, FRAMES)).toEqual([
      { start: 2, stop: 10 },
      { start: 20, stop: 40 },
    ]);
    expect(occludedSpans(track, FRAMES)).toEqual([{ start: 6, stop: 10 }]);
  });

  test("spans are exactly the frames with a box", () => {
    fc.assert(
      fc.property(anyTrack(1), (any) => {
        const inside = (frame: number) => (span: { start: number; stop: number }) =>
          span.start <= frame && frame < span.stop;
        shown(any).forEach(({ box, occluded }, frame) => {
          expect(spans(any, FRAMES).some(inside(frame))).toBe(box !== null);
          expect(occludedSpans(any, FRAMES).some(inside(frame))).toBe(occluded);
        });
      }),
    );
  });

  test("attributes are step-wise", () => {
    expect(attributeAt(track, "pose", 11)).toBe("walking");
    expect(attributeAt(track, "pose", 12)).toBeNull();
    expect(attributeAt(track, "pose", 39)).toBe("running");
    expect(attributeAt(track, "constructor", 0)).toBeNull();
  });

  test("next and previous keyframe", () => {
    expect([nextKeyframe(track, 0), nextKeyframe(track, 6), nextKeyframe(track, 20)]).toEqual([
      2,
      10,
      null,
    ]);
    expect([prevKeyframe(track, 2), prevKeyframe(track, 6), prevKeyframe(track, 39)]).toEqual([
      null,
      2,
      20,
    ]);
  });
});
