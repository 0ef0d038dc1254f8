import { describe, expect, test } from "vitest";
import { type Camera, fromXyxy, type Point, toImage, toScreen, toXyxy } from "./geometry.ts";
import { type BoxJson, bounds, boxFromJson, contains, corners } from "./shapes/box.ts";
import { handlePosition, RESIZE_HANDLES } from "./shapes/handles.ts";
import { readVectors } from "./testing.ts";

type Four = readonly [number, number, number, number];
type Pair = readonly [number, number];

interface Vector {
  readonly name: string;
  readonly given: {
    readonly box?: BoxJson;
    readonly camera?: Camera;
    readonly image?: Pair;
    readonly screen?: Pair;
    readonly gap?: number;
    readonly xywh?: Four;
    readonly xyxy?: Four;
  };
  readonly when: string;
  readonly then: unknown;
}

const pair = ({ x, y }: Point) => [x, y];
const point = ([x, y]: Pair = [Number.NaN, Number.NaN]) => ({ x, y });
const four = (values: Four | undefined): Four => values ?? [0, 0, 0, 0];

/** What the front end computes for a vector. */
function compute({ given, when }: Vector): unknown {
  const box = boxFromJson(given.box ?? [0, 0, 1, 1]);
  const camera = given.camera ?? { scale: 1, x: 0, y: 0 };
  switch (when) {
    case "corners":
      return corners(box).map((corner) => pair(toScreen(camera, corner)));
    case "bounds": {
      const { x, y, w, h } = bounds(box);
      return [x, y, w, h];
    }
    case "handles":
      return Object.fromEntries(
        RESIZE_HANDLES.map((handle) => [handle, pair(handlePosition(box, handle))]),
      );
    case "rotate_handle":
      return pair(handlePosition(box, "rotate", given.gap));
    case "contains": {
      const { x, y } = point(given.image);
      return contains(box, x, y);
    }
    case "screen":
      return pair(toScreen(camera, point(given.image)));
    case "image":
      return pair(toImage(camera, point(given.screen)));
    case "xyxy": {
      const [x, y, w, h] = four(given.xywh);
      return toXyxy({ x, y, w, h });
    }
    case "xywh": {
      const { x, y, w, h } = fromXyxy(four(given.xyxy));
      return [x, y, w, h];
    }
    default:
      throw new Error(`no such computation: ${when}`);
  }
}

/** Numbers rounded to what sine and cosine of two languages agree on. */
function rounded(value: unknown): unknown {
  const text = JSON.stringify(value, (_, item) =>
    typeof item === "number" ? Math.round(item * 1e9) / 1e9 + 0 : item,
  );
  return JSON.parse(text);
}

describe("coordinates", () => {
  test.each(readVectors<Vector>("coordinates"))("$name", (vector) => {
    expect(rounded(compute(vector))).toEqual(rounded(vector.then));
  });
});
