// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sheet } from "./sheet.ts";

let frames: (() => void)[] = [];
let stop: AbortController;
const paint = vi.fn();

beforeEach(() => {
  frames = [];
  stop = new AbortController();
  paint.mockClear();
  vi.stubGlobal("requestAnimationFrame", (run: () => void) => frames.push(run));
  vi.stubGlobal("cancelAnimationFrame", (request: number) => frames.splice(request - 1, 1));
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
  request();
  request();
  refresh();
  expect(paint.mock.calls.map(([, width, height]) => [width, height])).toEqual([[300, 20]]);
});

test("what is asked for while the page is hidden for one refresh is painted after it", () => {
  const { host, resize } = hostOf(0);
  const request = sheet(host, stop.signal, paint);
  request();
  refresh();
  resize(300);
  refresh();
  expect(paint).toHaveBeenCalledOnce();
});

test("nothing runs while the page is hidden for long", () => {
  const { host } = hostOf(0);
  const request = sheet(host, stop.signal, paint);
  request();
  refresh();
  refresh();
  expect(frames).toEqual([]);
  expect(paint).not.toHaveBeenCalled();
});

test("paints again when the theme gives it another colour", () => {
  const { host } = hostOf(300);
  sheet(host, stop.signal, paint);
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
