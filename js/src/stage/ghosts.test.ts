import { describe, expect, test, vi } from "vitest";
import { type TrackJson, trackFromJson } from "../core/json.ts";
import { ghostsOf, paintGhosts, trailOf } from "./ghosts.ts";
import type { Brush } from "./paint.ts";

const WALK: TrackJson = {
  id: 1,
  label: "car",
  keyframes: [
    { frame: 10, box: [0, 0, 10, 10] },
    { frame: 20, box: [100, 0, 10, 10], hold: true },
    { frame: 30, box: [100, 50, 20, 20] },
    { frame: 40, box: [200, 50, 20, 20], outside: true },
    { frame: 60, box: [300, 50, 20, 20] },
  ],
};
const track = trackFromJson(WALK);

describe("ghosts", () => {
  test("are the keyframes before and after, whether the frame is one or not", () => {
    const frames = (frame: number) => ghostsOf(track, frame).map((ghost) => ghost.frame);
    expect(frames(15)).toEqual([10, 20]);
    expect(frames(20)).toEqual([10, 30]);
    expect(ghostsOf(track, 15).map((ghost) => ghost.before)).toEqual([true, false]);
  });

  test("leave out where it is absent, and what lies under the box itself", () => {
    expect(ghostsOf(track, 35).map((ghost) => ghost.frame)).toEqual([30]);
    expect(ghostsOf(track, 22).map((ghost) => ghost.frame)).toEqual([30]);
    expect(ghostsOf(track, 80)).toEqual([]);
  });
});

test("a ghost says its frame where the box itself does not cross that", () => {
  const fillText = vi.fn();
  const context = new Proxy(
    { fillText, measureText: () => ({ width: 20 }) },
    { get: (own, name) => Reflect.get(own, name) ?? (() => {}), set: () => true },
  ) as unknown as CanvasRenderingContext2D;
  const camera = { scale: 1, x: 0, y: 0 };
  const brush: Brush = { context, camera, width: 900, height: 600, font: "11px x", colour: String };
  const box = { x: 200, y: 100, w: 80, h: 60, rotation: 0 };
  const said = (x: number, shown: typeof box | null) => {
    fillText.mockClear();
    paintGhosts(brush, [{ frame: 7, box: { ...box, x }, before: true }], "red", shown);
    return fillText.mock.calls.map(([text]) => text);
  };
  expect(said(204, box)).toEqual([]);
  expect(said(204, null)).toEqual(["‹7"]);
  expect(said(400, box)).toEqual(["‹7"]);
});

describe("the trail", () => {
  test("goes from keyframe to keyframe, with gaps where it is absent or jumps", () => {
    const legs = trailOf(track, 15, 100);
    const frames = legs.map(({ from, to }) => [from.frame, to.frame]);
    expect(frames).toEqual([
      [10, 15],
      [15, 20],
      [30, 40],
      [60, 65],
    ]);
    expect(legs.map((leg) => leg.past)).toEqual([true, false, false, false]);
    expect(legs[1]?.from).toEqual({ frame: 15, x: 55, y: 5, keyframe: false });
    expect(legs[1]?.to.keyframe).toBe(true);
  });

  test("stays in the clip", () => {
    expect(trailOf(track, 63, 66).at(-1)?.to.frame).toBe(65);
    expect(trailOf(track, 0, 1)).toEqual([]);
  });
});
