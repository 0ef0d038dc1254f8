import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createShared, createView } from "../store/view.ts";
import { Pace } from "./pace.ts";
import { Player } from "./player.ts";

const steady = Float64Array.from({ length: 100 }, (_, index) => index / 25);
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

type Options = {
  frame?: number;
  times?: Float64Array;
  isReady?: (frame: number) => boolean;
  arrived?: () => number;
  set?: (view: ReturnType<typeof createView>) => void;
};

function playing({
  frame = 0,
  times = steady,
  isReady = () => true,
  arrived = () => 0,
  set = () => {},
}: Options = {}) {
  const fps = 25;
  const video = { name: "v", width: 1, height: 1, frame_count: times.length, fps, times };
  const view = createView(createShared());
  const pace = new Pace(arrived);
  view.frame.value = frame;
  set(view);
  const player = new Player(view, () => video, pace, isReady);
  view.playing.value = true;
  refresh(0);
  return { view, player, pace };
}

describe("by time", () => {
  test("skips frames when the page is late", () => {
    const { view } = playing();
    refresh(0.1);
    expect(view.frame.value).toBe(2);
    refresh(0.4);
    expect(view.frame.value).toBe(12);
  });

  test("at the chosen speed, from where it is when that changes", () => {
    const { view } = playing();
    refresh(0.2);
    view.speed.value = 4;
    refresh(0);
    expect(view.frame.value).toBe(5);
    refresh(0.1);
    expect(view.frame.value).toBe(15);
    view.speed.value = 0.25;
    refresh(0);
    refresh(0.15);
    expect(view.frame.value).toBe(15);
    refresh(0.01);
    expect(view.frame.value).toBe(16);
  });

  test("30 frames a second on 60 refreshes: each for two, though they come unevenly", () => {
    const times = Float64Array.from({ length: 100 }, (_, index) => index / 30);
    const { view } = playing({ times });
    const shown: number[] = [];
    for (let tick = 1; tick < 60; tick++) {
      const jitter = tick % 3 === 0 ? 0.002 : -0.001;
      refresh(1 + tick / 60 + jitter - now / 1000);
      shown.push(view.frame.value);
    }
    expect(shown).toEqual(Array.from({ length: 59 }, (_, index) => (index + 1) >> 1));
  });

  test("variable rate: each frame for its own time, in both directions", () => {
    const times = Float64Array.of(0, 0.1, 0.5, 0.6);
    const { view } = playing({ times });
    const shown: number[] = [];
    for (let tick = 0; tick < 6; tick++) {
      refresh(0.1);
      shown.push(view.frame.value);
    }
    expect(shown).toEqual([1, 1, 1, 1, 2, 3]);
    view.backward.value = true;
    refresh(0);
    for (let tick = 0; tick < 6; tick++) {
      refresh(0.1);
      shown.push(view.frame.value);
    }
    expect(shown.slice(6)).toEqual([2, 1, 1, 1, 1, 0]);
  });

  test("goes on where it was when the page was asleep", () => {
    const { view } = playing();
    refresh(0.2);
    refresh(60);
    expect(view.frame.value).toBe(5);
    refresh(0.04);
    expect(view.frame.value).toBe(6);
  });

  test("goes on from where somebody else went", () => {
    const { view } = playing();
    refresh(0.2);
    view.frame.value = 50;
    refresh(0.02);
    refresh(0.04);
    expect(view.frame.value).toBe(51);
  });
});

describe("the ends", () => {
  test("stops on the last frame once it has had its time", () => {
    const { view } = playing({ frame: 97 });
    refresh(0.08);
    expect([view.frame.value, view.playing.value]).toEqual([99, true]);
    refresh(0.04);
    expect([view.frame.value, view.playing.value]).toEqual([99, false]);
  });

  test("stops on the first frame when it plays backward", () => {
    const set: Options["set"] = (view) => {
      view.backward.value = true;
    };
    const { view } = playing({ frame: 2, set });
    refresh(0.08);
    expect([view.frame.value, view.playing.value]).toEqual([0, true]);
    refresh(1);
    expect([view.frame.value, view.playing.value]).toEqual([0, false]);
  });

  test("loops the window, the range when one is selected, without losing time", () => {
    const set: Options["set"] = (view) => {
      view.window.value = { start: 9.5, stop: 20.5 };
      view.loop.value = true;
    };
    const { view } = playing({ set });
    expect(view.frame.value).toBe(10);
    refresh(0.4);
    expect(view.frame.value).toBe(10);
    refresh(0.38);
    expect(view.frame.value).toBe(19);
    view.range.value = { start: 18, stop: 20 };
    refresh(0);
    refresh(0.04);
    expect(view.frame.value).toBe(18);
    view.backward.value = true;
    refresh(0);
    refresh(0.04);
    expect(view.frame.value).toBe(19);
  });
});

describe("pictures that are late", () => {
  test("shows the newest that is due and here, and catches up", () => {
    const ready = new Set([0, 1, 2, 4]);
    const { view } = playing({ isReady: (frame) => ready.has(frame) });
    refresh(0.2);
    expect(view.frame.value).toBe(4);
    refresh(0.2);
    expect(view.frame.value).toBe(4);
    ready.add(9);
    refresh(0.04);
    expect(view.frame.value).toBe(9);
  });

  test("says that it waits after a while, and goes on from where it is", () => {
    const ready = new Set([0, 1, 2]);
    const { view } = playing({ isReady: (frame) => ready.has(frame) });
    for (let tick = 0; tick < 6; tick++) {
      refresh(0.1);
    }
    expect([view.frame.value, view.buffering.value]).toEqual([2, false]);
    refresh(0.1);
    expect([view.frame.value, view.buffering.value]).toEqual([2, true]);
    refresh(1.5);
    for (let frame = 3; frame < 100; frame++) {
      ready.add(frame);
    }
    refresh(0.1);
    expect([view.frame.value, view.buffering.value]).toEqual([2, false]);
    refresh(0.04);
    expect(view.frame.value).toBe(3);
  });

  test("begins when the frame it begins with is here", () => {
    let here = false;
    const { view } = playing({ isReady: () => here });
    refresh(0.3);
    expect(view.frame.value).toBe(0);
    here = true;
    refresh(0.1);
    refresh(0.04);
    expect(view.frame.value).toBe(1);
  });

  test("plans fewer pictures when fewer come, and more again when all come", () => {
    let arrived = 0;
    let sparse = true;
    const times = Float64Array.from({ length: 10_000 }, (_, index) => index / 25);
    const isReady = (frame: number) => !sparse || frame % 4 === 0;
    const { pace } = playing({ times, isReady, arrived: () => arrived });
    for (let tick = 0; tick < 60; tick++) {
      refresh(1 / 60);
      arrived += 6 / 60;
    }
    expect(pace.level.value).toBe(2);
    sparse = false;
    for (let tick = 0; tick < 60 * 20; tick++) {
      refresh(1 / 60);
    }
    expect(pace.level.value).toBe(0);
  });
});

test("never a frame whose picture is not here, never the wrong way, in time whenever all are here", () => {
  const gap = fc.integer({ min: 1, max: 200 });
  const given = fc.record({
    gaps: fc.array(gap, { minLength: 1, maxLength: 60 }),
    backward: fc.boolean(),
    speed: fc.constantFrom(0.25, 0.5, 1, 2, 4, 8),
    ready: fc.option(fc.array(fc.boolean(), { minLength: 61, maxLength: 61 })),
    refreshes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 }),
  });
  fc.assert(
    fc.property(given, ({ gaps, backward, speed, ready, refreshes }) => {
      const times = Float64Array.of(0, ...gaps.map((_, index) => sum(gaps, index + 1) / 1000));
      const last = times.length - 1;
      const edge = backward ? last : 0;
      const isReady = (frame: number) => ready === null || frame === edge || ready[frame] === true;
      const set: Options["set"] = (view) => {
        view.backward.value = backward;
        view.speed.value = speed;
      };
      const { view } = playing({ frame: edge, times, isReady, set });
      let page = 0;
      let before = edge;
      for (const milliseconds of refreshes) {
        refresh(milliseconds / 1000);
        page += milliseconds / 1000;
        const frame = view.frame.value;
        expect(isReady(frame)).toBe(true);
        expect(backward ? before - frame : frame - before).toBeGreaterThanOrEqual(0);
        before = frame;
        if (ready === null) {
          expectOnTime(times, frame, backward, page * speed, 0.004 * speed + 1e-6);
        }
      }
    }),
  );
});

function sum(values: readonly number[], count: number): number {
  return values.slice(0, count).reduce((a, b) => a + b, 0);
}

/** The frame's own time holds what was played, give or take what a refresh may be early. */
function expectOnTime(
  times: Float64Array,
  frame: number,
  backward: boolean,
  played: number,
  early: number,
): void {
  const last = times.length - 1;
  const end = 2 * (times[last] ?? 0) - (times[last - 1] ?? 0);
  const [from, to] = [times[frame] ?? 0, times[frame + 1] ?? end];
  const [first, beyond] = backward ? [end - to, end - from] : [from, to];
  expect(played).toBeGreaterThanOrEqual(first - early);
  if (frame !== (backward ? 0 : last)) {
    expect(played).toBeLessThan(beyond);
  }
}
