import { afterEach, expect, test, vi } from "vitest";
import { onPixelRatio } from "./ratio.ts";

afterEach(() => vi.unstubAllGlobals());

test("every change of the screen is told, until the view is gone", () => {
  const queries: { text: string; target: EventTarget }[] = [];
  vi.stubGlobal("matchMedia", (text: string) => {
    const target = new EventTarget();
    queries.push({ text, target });
    return target;
  });
  const move = (ratio: number) => {
    vi.stubGlobal("devicePixelRatio", ratio);
    queries.at(-1)?.target.dispatchEvent(new Event("change"));
  };
  let told = 0;
  const stop = new AbortController();
  vi.stubGlobal("devicePixelRatio", 1);
  onPixelRatio(() => told++, stop.signal);
  move(2);
  move(1.5);
  expect(told).toBe(2);
  expect(queries.map(({ text }) => text)).toEqual(
    ["1dppx", "2dppx", "1.5dppx"].map((ratio) => `(resolution: ${ratio})`),
  );
  stop.abort();
  move(1);
  expect(told).toBe(2);
});
