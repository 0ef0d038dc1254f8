// @vitest-environment happy-dom
import { signal } from "@preact/signals-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LABELS, STEPS, stagger } from "./stagger.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("the chrome is drawn when picture and boxes are there, a step a display refresh", () => {
  const painted = signal(-1);
  const step = stagger(painted, signal(true), new AbortController().signal);
  vi.advanceTimersByTime(50);
  expect(step.value).toBe(0);
  painted.value = 0;
  vi.advanceTimersToNextFrame();
  expect(step.value).toBe(0);
  for (let drawn = 1; drawn <= LABELS; drawn++) {
    vi.advanceTimersToNextFrame();
    expect(step.value).toBe(drawn);
  }
  for (let refresh = 0; refresh < 3; refresh++) {
    vi.advanceTimersToNextFrame();
  }
  expect(step.value).toBe(LABELS);
  for (let drawn = LABELS + 1; drawn <= STEPS; drawn++) {
    vi.advanceTimersToNextFrame();
    expect(step.value).toBe(drawn);
  }
  painted.value = 7;
  vi.advanceTimersByTime(1000);
  expect(step.value).toBe(STEPS);
});

test("a picture that does not come holds it up for a moment only", () => {
  const step = stagger(signal(-1), signal(true), new AbortController().signal);
  vi.advanceTimersByTime(1000);
  expect(step.value).toBe(STEPS);
});

test("what shows labels waits until they have been painted", () => {
  const labelled = signal(false);
  const step = stagger(signal(0), labelled, new AbortController().signal);
  vi.advanceTimersByTime(1000);
  expect(step.value).toBe(LABELS);
  labelled.value = true;
  for (let refresh = 0; refresh < 3; refresh++) {
    vi.advanceTimersToNextFrame();
  }
  expect(step.value).toBe(LABELS);
  vi.advanceTimersToNextFrame();
  expect(step.value).toBe(LABELS + 1);
});

test("nothing is drawn any more once the view is gone", () => {
  const view = new AbortController();
  const painted = signal(-1);
  const step = stagger(painted, signal(true), view.signal);
  view.abort();
  painted.value = 0;
  vi.advanceTimersByTime(1000);
  expect(step.value).toBe(0);
});
