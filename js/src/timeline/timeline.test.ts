// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAnnotation } from "../core/annotation.ts";
import { DocumentStore } from "../store/document.ts";
import { createStore, type Store } from "../store/store.ts";
import { createShared } from "../store/view.ts";
import { paintFlag } from "./ruler.ts";
import { mountTimeline } from "./timeline.ts";

let store: Store;
let hosts: Record<"stage" | "overview" | "ruler" | "lanes", HTMLElement>;
let stop: AbortController;

beforeEach(() => {
  const labels = new DocumentStore();
  const video = { name: "v", width: 64, height: 48, frame_count: 100, fps: 25 };
  const times = Float64Array.from({ length: 100 }, (_, frame) => frame / 25);
  labels.reset(createAnnotation({ video: { ...video, times } }), 0, {
    undo: null,
    redo: null,
  });
  store = createStore(labels, createShared());
  store.view.focused.value = true;
  stop = new AbortController();
  const element = () => document.body.appendChild(document.createElement("div"));
  hosts = { stage: element(), overview: element(), ruler: element(), lanes: element() };
  for (const mount of mountTimeline(hosts, store, stop.signal)) {
    mount();
  }
});

afterEach(() => {
  stop.abort();
  document.body.replaceChildren();
});

function wheel(host: HTMLElement): void {
  const event = new WheelEvent("wheel", { deltaY: -300 });
  Object.defineProperty(event, "offsetX", { value: 0 });
  host.dispatchEvent(event);
}

test.each(["overview", "ruler"] as const)("the wheel zooms the frames over the %s", (name) => {
  wheel(hosts[name]);
  expect(store.view.window.value.stop - store.view.window.value.start).toBeLessThan(100);
});

test("the wheel over the stage is the stage's own", () => {
  wheel(hosts.stage);
  expect(store.view.window.value).toEqual({ start: 0, stop: 100 });
});

test.each([0, 50, 99])("the flag of frame %i is whole, its point on the frame", (frame) => {
  const xs: number[] = [];
  const texts: number[] = [];
  const context = {
    measureText: () => ({ width: 24 }),
    fillRect() {},
    beginPath() {},
    moveTo: (x: number) => xs.push(x),
    lineTo: (x: number) => xs.push(x),
    fill() {},
    fillText: (_text: string, x: number) => texts.push(x),
  } as unknown as CanvasRenderingContext2D;
  const scale = { window: { start: 0, stop: 100 }, width: 500 };
  paintFlag(context, { font: "", accent: "", accentInk: "" }, scale, 20, frame);
  expect(Math.min(...xs)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...xs)).toBeLessThanOrEqual(500);
  expect(xs).toContain(5 * frame + 2.5);
  expect(texts).toEqual([(Math.min(...xs) + Math.max(...xs)) / 2]);
});

test("the playhead stands on the middle of its frame, and goes with it and with the window", () => {
  const at = (host: HTMLElement) => host.querySelector<HTMLElement>(".playhead")?.style.transform;
  store.view.frame.value = 49;
  expect([at(hosts.overview), at(hosts.lanes)]).toEqual(["translateX(49.5%)", "translateX(49.5%)"]);
  store.view.window.value = { start: 40, stop: 60 };
  expect([at(hosts.overview), at(hosts.lanes)]).toEqual(["translateX(49.5%)", "translateX(47.5%)"]);
  stop.abort();
  expect(hosts.lanes.querySelector(".playhead")).toBeNull();
});

test.each(["overview", "ruler"] as const)(
  "a press on the %s stops what plays and goes there",
  (name) => {
    const host = hosts[name];
    Object.defineProperty(host, "clientWidth", { value: 100 });
    host.setPointerCapture = () => {};
    store.view.playing.value = true;
    host.dispatchEvent(new PointerEvent("pointerdown", { clientX: 40, button: 0 }));
    host.dispatchEvent(new PointerEvent("pointerup", { clientX: 40, button: 0 }));
    expect([store.view.playing.value, store.view.frame.value]).toEqual([false, 40]);
  },
);
