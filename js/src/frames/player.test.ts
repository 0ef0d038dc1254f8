import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createShared, createView } from "../store/view.ts";
import { frameAt, Player } from "./player.ts";

const times = Float64Array.from({ length: 100 }, (_, index) => index / 25);
const video = { name: "v", width: 1, height: 1, frame_count: 100, fps: 25, times };
let now = 0;
let next: ((now: number) => void) | null = null;

beforeEach(() => {
  now = 1000;
  next = null;
  vi.stubGlobal("requestAnimationFrame", (run: (now: number) => void) => {
    next = run;
    return 1;
  });
  vi.stubGlobal("cancelAnimationFrame", () => {
    next = null;
  });
});

afterEach(() => vi.unstubAllGlobals());

function refresh(seconds: number): void {
  now += seconds * 1000;
  const run = next;
  next = null;
  run?.(now);
}

function playing(isReady: (frame: number) => boolean = () => true) {
  const view = createView(createShared());
  const player = new Player(view, () => video, isReady);
  view.playing.value = true;
  refresh(0);
  return { view, player };
}

test("frameAt is the last frame whose time has come", () => {
  expect(frameAt(times, -1)).toBe(0);
  expect(frameAt(times, 0.0399)).toBe(0);
  expect(frameAt(times, 0.04)).toBe(1);
  expect(frameAt(times, 99)).toBe(99);
});

test("plays by time and skips frames when the page is late", () => {
  const { view } = playing();
  refresh(0.1);
  expect(view.frame.value).toBe(2);
  refresh(0.4);
  expect(view.frame.value).toBe(12);
});

test("plays at the chosen speed", () => {
  const { view } = playing();
  view.speed.value = 4;
  refresh(0);
  refresh(0.1);
  expect(view.frame.value).toBe(10);
});

test("waits for a frame on its way instead of showing another", () => {
  const ready = new Set([0, 1, 2]);
  const { view } = playing((frame) => ready.has(frame));
  refresh(0.2);
  expect(view.frame.value).toBe(2);
  refresh(1);
  expect(view.frame.value).toBe(2);
  for (let frame = 3; frame < 100; frame++) {
    ready.add(frame);
  }
  refresh(0.04);
  expect(view.frame.value).toBe(3);
});

test("stops on the last frame", () => {
  const { view } = playing();
  view.frame.value = 97;
  view.playing.value = false;
  view.playing.value = true;
  refresh(0);
  refresh(1);
  expect(view.frame.value).toBe(99);
  refresh(0.1);
  expect(view.playing.value).toBe(false);
});

test("loops the window that the timeline shows", () => {
  const { view } = playing();
  view.window.value = { start: 0, stop: 20 };
  view.loop.value = true;
  refresh(1);
  expect(view.frame.value).toBe(19);
  refresh(0.04);
  expect(view.frame.value).toBe(0);
});
