// @vitest-environment happy-dom
import { signal } from "@preact/signals-core";
import { options } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { paceChrome } from "./pace.ts";

const REFRESH = 16;
const frame = signal(0);
const draw = vi.fn();
let stop: AbortController;

beforeEach(async () => {
  vi.useFakeTimers();
  stop = new AbortController();
  paceChrome({ frame, painted: signal(-1), snapshots: signal(0) }, stop.signal);
  await changed();
  vi.advanceTimersByTime(10 * REFRESH);
  draw.mockClear();
});

afterEach(() => {
  stop.abort();
  delete options.debounceRendering;
  vi.useRealTimers();
});

/** A component has changed. */
async function changed(): Promise<void> {
  options.debounceRendering?.(draw);
  await Promise.resolve();
}

test("the chrome is drawn at once where the playhead rests", async () => {
  await changed();
  expect(draw).toHaveBeenCalledOnce();
});

test("it follows a step of the playhead one refresh later", async () => {
  frame.value += 1;
  await changed();
  vi.advanceTimersToNextFrame();
  expect(draw).not.toHaveBeenCalled();
  vi.advanceTimersToNextFrame();
  expect(draw).toHaveBeenCalledOnce();
});

test("a playhead that moves in every refresh holds it up for a fifth of a second", async () => {
  frame.value += 1;
  await changed();
  const begun = performance.now();
  while (draw.mock.calls.length === 0) {
    frame.value += 1;
    vi.advanceTimersToNextFrame();
  }
  expect(performance.now() - begun).toBeGreaterThanOrEqual(200);
  expect(performance.now() - begun).toBeLessThan(200 + 3 * REFRESH);
});
