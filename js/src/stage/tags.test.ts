import { expect, test, vi } from "vitest";
import { trackFromJson } from "../core/json.ts";
import type { TagPart } from "../store/view.ts";
import { placeOf } from "./paint.ts";
import { paintTags, tagText } from "./tags.ts";

const track = trackFromJson({
  id: 3,
  label: "car",
  keyframes: [{ frame: 0, box: [0, 0, 10, 20], source: "model", score: 0.875 }],
  attributes: { colour: [[0, "red"]], parked: [[5, true]], lit: [[0, false]] },
});
const shape = {
  track,
  box: { x: 0, y: 0, w: 10.4, h: 20, rotation: 0 },
  occluded: false,
  keyframe: true,
  selected: false,
  locked: false,
};

test.each<[TagPart[], number, string]>([
  [["id", "label"], 0, "#3 car"],
  [["label", "score"], 9, "car 0.88"],
  [["attributes"], 0, "red"],
  [["id", "attributes", "size"], 9, "#3 red, parked 10 × 20"],
  [[], 0, ""],
])("a tag of %j at frame %d says %s", (parts, frame, text) => {
  expect(tagText(shape, new Set(parts), frame)).toBe(text);
});

test("tags of a crowd for which there is no room are not even measured, and none while it passes by", () => {
  const context = {
    measureText: vi.fn(() => ({ width: 30 })),
    fillRect: vi.fn(),
    fillText: vi.fn((_text: string) => {}),
    stroke: vi.fn(),
    fill: vi.fn(),
    translate: vi.fn(),
  };
  vi.stubGlobal("Path2D", class {});
  const camera = { scale: 1, x: 0, y: 0 };
  const brush = {
    context: context as unknown as CanvasRenderingContext2D,
    camera,
    width: 400,
    height: 300,
    colour: () => "#fff",
    font: "11px sans-serif",
  };
  const seen = Array.from({ length: 100 }, (_, index) => {
    const box = { x: index < 99 ? 100 : 300, y: 100, w: 10, h: 10, rotation: 0 };
    return {
      shape: { ...shape, track: { ...track, id: index }, box },
      place: placeOf(camera, box),
    };
  });
  const paint = (some: typeof seen, passing: boolean) =>
    paintTags(
      brush,
      some,
      ({ track: { id } }) => `#${id}`,
      () => "#fff",
      passing,
    );
  paint(seen, true);
  expect(context.fillText).not.toHaveBeenCalled();
  paint(seen, false);
  expect(context.fillText.mock.calls.map(([text]) => text)).toEqual(["#0", "#99"]);
  expect(context.measureText).toHaveBeenCalledTimes(2);
  context.fillText.mockClear();
  paint(seen.slice(0, 3), true);
  expect(context.fillText).toHaveBeenCalledTimes(3);
});
