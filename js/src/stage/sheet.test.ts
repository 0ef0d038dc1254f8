// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sheet } from "./sheet.ts";

let frames: (() => void)[] = [];
let observed: (() => void)[] = [];
let stop: AbortController;
const paint = vi.fn();

beforeEach(() => {
  frames = [];
  observed = [];
  stop = new AbortController();
  paint.mockClear();
  vi.stubGlobal("requestAnimationFrame", (run: () => void) => frames.push(run));
  vi.stubGlobal("cancelAnimationFrame", (request: number) => frames.splice(request - 1, 1));
  class Observer {
    constructor(tell: () => void) {
      observed.push(tell);
    }
    observe() {}
    disconnect() {}
  }
  vi.stubGlobal("ResizeObserver", Observer);
  const context = { setTransform() {}, clearRect() {} } as unknown as CanvasRenderingContext2D;
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(context);
});

afterEach(() => {
  stop.abort();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function refresh(): void {
  for (const run of frames.splice(0)) {
    run();
  }
}

/** A browser has laid the page out. */
function lay(): void {
  for (const tell of observed) {
    tell();
  }
}

function hostOf(width: number): { host: HTMLElement; resize(width: number): void } {
  const host = document.createElement("div");
  const resize = (to: number) => {
    Object.defineProperty(host, "clientWidth", { value: to, configurable: true });
  };
  Object.defineProperty(host, "clientHeight", { value: 20 });
  resize(width);
  return { host, resize };
}

test("paints once a display refresh, however often it is asked", () => {
  const { host } = hostOf(300);
  const request = sheet(host, stop.signal, paint);
  lay();
  request();
  request();
  refresh();
  expect(paint.mock.calls.map(([, width, height]) => [width, height])).toEqual([[300, 20]]);
});

test("what is asked for while the page is hidden is painted when it is seen", () => {
  const { host, resize } = hostOf(0);
  const request = sheet(host, stop.signal, paint);
  lay();
  request();
  refresh();
  expect(frames).toEqual([]);
  expect(paint).not.toHaveBeenCalled();
  resize(300);
  lay();
  refresh();
  expect(paint).toHaveBeenCalledOnce();
});

test("it is painted while the page is hidden for less than the browser tells of", () => {
  const { host, resize } = hostOf(300);
  const request = sheet(host, stop.signal, paint);
  lay();
  resize(0);
  request();
  refresh();
  expect(paint).toHaveBeenCalledOnce();
});

test("paints again when the theme gives it another colour", () => {
  const { host } = hostOf(300);
  sheet(host, stop.signal, paint);
  lay();
  refresh();
  paint.mockClear();
  host.firstElementChild?.dispatchEvent(new Event("transitionrun"));
  refresh();
  expect(paint).toHaveBeenCalledOnce();
});

test("a canvas is touched only while there is something to paint, or to wipe off", () => {
  const wiped = vi.fn();
  const context = { setTransform() {}, clearRect: wiped } as unknown as CanvasRenderingContext2D;
  vi.mocked(HTMLCanvasElement.prototype.getContext).mockReturnValue(context);
  let empty = true;
  const request = sheet(hostOf(300).host, stop.signal, (open) => {
    if (!empty) {
      open();
      open();
    }
  });
  lay();
  refresh();
  const wipes = [true, false, false, true, true].map((now) => {
    empty = now;
    request();
    refresh();
    return wiped.mock.calls.splice(0).length;
  });
  expect(wipes).toEqual([0, 1, 1, 1, 0]);
});

test("what is to come now comes when all is told, once, in place of what was asked for before", async () => {
  const request = sheet(hostOf(300).host, stop.signal, paint);
  lay();
  refresh();
  paint.mockClear();
  request(true);
  request();
  request(true);
  expect(paint).not.toHaveBeenCalled();
  await Promise.resolve();
  expect(paint).toHaveBeenCalledOnce();
  refresh();
  expect(paint).toHaveBeenCalledOnce();
  request(true);
  stop.abort();
  await Promise.resolve();
  expect(paint).toHaveBeenCalledOnce();
});
