import { computed, untracked } from "@preact/signals-core";
import type { Span } from "../core/track.ts";
import { wheelPixels, wheelZoom } from "../stage/wheel.ts";
import { follow } from "../store/follow.ts";
import { rowOfTrack } from "../store/rows.ts";
import type { Store } from "../store/store.ts";
import { themedPaints } from "./canvas.ts";
import { mountLanes } from "./lanes.ts";
import { mountOverview } from "./overview.ts";
import { clampScroll, reveal } from "./place.ts";
import type { Cancel } from "./pointer.ts";
import { mountRuler } from "./ruler.ts";
import { clampWindow, frameAtX, pageTo, zoomWindow } from "./scale.ts";
import { createStrip } from "./strip.ts";

/** The elements that the timeline's canvases fill. */
export type TimelineHosts = { overview: HTMLElement; ruler: HTMLElement; lanes: HTMLElement };

/**
 * Keep the playhead in the window. The overview, the ruler and the lanes are shown by what this
 * returns, each for itself: the first painting of each takes a while.
 */
export function mountTimeline(
  hosts: TimelineHosts,
  store: Store,
  signal: AbortSignal,
): readonly (() => Cancel)[] {
  const { view, derived } = store;
  const paints = themedPaints(hosts.lanes);
  const strip = (host: HTMLElement, windowOf: () => Span) =>
    createStrip(host, store, paints, windowOf, signal);
  const inSight = () => view.window.peek();
  const whole = () => ({ start: 0, stop: Math.max(derived.video.peek().frame_count, 1) });
  for (const host of [hosts.overview, hosts.ruler, hosts.lanes]) {
    host.addEventListener("wheel", (event) => wheel(event, host, hosts, store), {
      signal,
      passive: false,
    });
  }
  const selected = computed(() => derived.selected.value?.id);
  const frameCount = computed(() => derived.video.value.frame_count);
  follow(signal, () => {
    const count = frameCount.value;
    view.item.value;
    untracked(() => {
      view.window.value = { start: 0, stop: Math.max(count, 1) };
    });
  });
  follow(signal, () => {
    const frame = view.frame.value;
    untracked(() => {
      const count = derived.video.peek().frame_count;
      view.window.value = pageTo(view.window.peek(), count, frame);
    });
  });
  follow(signal, () => {
    const id = selected.value;
    untracked(() => {
      if (id !== undefined) {
        const index = rowOfTrack(derived.rows.peek(), id);
        reveal(store, index, hosts.lanes.clientHeight);
      }
    });
  });
  follow(signal, () => {
    if (view.signals.value.length > 0) {
      view.laneScroll.value = 0; // Their lanes are the first: what was added is seen.
    }
  });
  return [
    () => mountOverview(strip(hosts.overview, whole)),
    () => mountRuler(strip(hosts.ruler, inSight)),
    () => mountLanes(strip(hosts.lanes, inSight)),
  ];
}

function wheel(event: WheelEvent, host: HTMLElement, hosts: TimelineHosts, store: Store): void {
  const { view, derived } = store;
  if (!view.focused.peek()) {
    return;
  }
  const count = derived.video.peek().frame_count;
  const window = view.window.peek();
  // Some browsers turn the wheel by themselves while Shift is held.
  const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
  const delta = wheelPixels(event, sideways ? event.deltaX || event.deltaY : event.deltaY);
  if (sideways) {
    const by = (delta / host.clientWidth) * (window.stop - window.start);
    view.window.value = clampWindow({ start: window.start + by, stop: window.stop + by }, count);
  } else if (event.ctrlKey || event.metaKey || host !== hosts.lanes) {
    const shown = host === hosts.overview ? { start: 0, stop: count } : window;
    const frame = frameAtX({ window: shown, width: host.clientWidth }, event.offsetX);
    view.window.value = zoomWindow(window, count, frame, 1 / wheelZoom(event));
  } else {
    const before = view.laneScroll.peek();
    const lanes = derived.rows.peek().length;
    view.laneScroll.value = clampScroll(before + delta, lanes, host.clientHeight);
    if (view.laneScroll.peek() === before) {
      return;
    }
  }
  event.preventDefault();
}
