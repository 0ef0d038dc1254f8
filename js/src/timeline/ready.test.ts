import { expect, test } from "vitest";
import type { Paints } from "./canvas.ts";
import { paintReady } from "./ready.ts";

test("the line is faint where the kernel has frames, full where the page has them, and ends with the window", () => {
  const painted: unknown[] = [];
  const context = {
    globalAlpha: 1,
    fillStyle: "",
    fillRect(x: number, y: number, width: number, height: number) {
      painted.push([this.globalAlpha < 1 ? "faint" : "full", x, y, width, height]);
    },
  };
  paintReady(
    context as unknown as CanvasRenderingContext2D,
    { fg3: "#888" } as Paints,
    { window: { start: 100, stop: 200 }, width: 500 },
    20,
    {
      stored: [
        { start: 0, stop: 150 },
        { start: 300, stop: 400 },
      ],
      here: [{ start: 110, stop: 120 }],
    },
  );
  expect(painted).toEqual([
    ["faint", 0, 18, 250, 2],
    ["full", 50, 18, 50, 2],
  ]);
  expect(context.globalAlpha).toBe(1);
});
