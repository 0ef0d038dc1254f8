// @vitest-environment happy-dom
import { signal } from "@preact/signals-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { STEPS, stagger } from "./stagger.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("the chrome is drawn when picture and boxes are there, a step a display refresh", () => {
  const painted = signal(-1);
  const step = stagger(painted, new AbortController().signal);
  vi.advanceTimersByTime(50);
  expect(step.value).toBe(0);
  painted.value = 0;
  vi.advanceTimersToNextFrame();
  expect(step.value).toBe(0);
  for (let drawn = 1; drawn <= STEPS; drawn++) {
    vi.advanceTimersToNextFrame();
    expect(step.value).toBe(drawn);
  }
  painted.value = 7;
  vi.advanceTimersByTime(1000);
  expect(step.value).toBe(STEPS);
});

test("a picture that does not come holds it up for a moment only", () => {
  const step = stagger(signal(-1), new AbortController().signal);
  vi.advanceTimersByTime(1000);
  expect(step.value).toBe(STEPS);
});

test("nothing is drawn any more once the view is gone", () => {
  const view = new AbortController();
  const painted = signal(-1);
  const step = stagger(painted, view.signal);
  view.abort();
  painted.value = 0;
  vi.advanceTimersByTime(1000);
  expect(step.value).toBe(0);
});
