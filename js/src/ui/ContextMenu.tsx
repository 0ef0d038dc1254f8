import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { App } from "../actions/app.ts";
import { select } from "../actions/navigate.ts";
import { hitShapes } from "../stage/hit.ts";
import { rowAt } from "../timeline/place.ts";
import { frameAtX } from "../timeline/scale.ts";
import { useApp } from "./chrome.ts";
import { MenuList } from "./Menu.tsx";
import { EVENT_MENU, TRACK_MENU } from "./menus.ts";

/** What a menu is about. */
type Subject = "track" | "event";

/** The tallest that the menu gets, in css px, and its width. */
const HEIGHT = 340;
const WIDTH = 330;

/** What can be done to the track or event under the pointer, or to the selected ones, where it is. */
export function ContextMenu() {
  const app = useApp();
  const open = useSignal<{ x: number; y: number; subject: Subject } | null>(null);
  useEffect(() => {
    const show = (event: MouseEvent) => {
      const subject = subjectOf(app, event);
      if (subject !== null) {
        event.preventDefault();
        open.value = { ...placeOf(app.root, event), subject };
      }
    };
    app.root.addEventListener("contextmenu", show);
    return () => app.root.removeEventListener("contextmenu", show);
  }, [app]);
  const at = open.value;
  return (
    at && (
      <MenuList
        class="menu context"
        title={at.subject === "track" ? "Selected tracks" : "Selected event"}
        items={at.subject === "track" ? TRACK_MENU : EVENT_MENU}
        style={{ left: `${at.x}px`, top: `${at.y}px` }}
        onDone={() => {
          open.value = null;
          app.root.focus({ preventScroll: true });
        }}
        onLeave={() => {
          open.value = null;
        }}
      />
    )
  );
}

/** What was pressed: it is selected, if it is not yet. Null leaves the browser its menu. */
function subjectOf(app: App, event: MouseEvent): Subject | null {
  const host = hostOf(event);
  if (host === null) {
    return null;
  }
  const { view, document } = app;
  const { left, top } = host.getBoundingClientRect();
  const point = { x: event.clientX - left, y: event.clientY - top };
  if (host.matches(".lanes")) {
    const row = rowAt(app, point.y);
    if (row?.kind === "events") {
      const frame = frameAtX({ window: view.window.peek(), width: host.clientWidth }, point.x);
      const event = row.events.find(({ start, stop }) => start <= frame && frame < stop);
      view.event.value = event?.id ?? null;
      return event ? "event" : null;
    }
    pick(app, row?.kind === "track" ? row.track.id : undefined);
  } else if (host.matches(".stage-host")) {
    pick(app, trackOnStage(app, point));
  } else {
    pick(app, Number(host.dataset.track));
  }
  const chosen = [...view.selection.peek()].some((id) => document.annotation.peek().tracks.has(id));
  return chosen ? "track" : null;
}

function hostOf(event: Event): HTMLElement | null {
  const [target] = event.composedPath();
  return target instanceof Element
    ? target.closest<HTMLElement>(".lanes, .stage-host, [data-track]")
    : null;
}

function trackOnStage({ derived }: App, point: { x: number; y: number }): number | undefined {
  const shapes = [...derived.active.peek(), ...derived.resting.peek()];
  return hitShapes(shapes, derived.camera.peek(), point)[0]?.track.id;
}

/** Select a track unless it is one of those selected already. */
function pick(app: App, id: number | undefined): void {
  const track = app.document.annotation.peek().tracks.get(id ?? Number.NaN);
  if (track && !app.view.selection.peek().has(track.id)) {
    select(app, track);
  }
}

/** Where the menu goes: at the pointer, but inside the widget. */
function placeOf(root: HTMLElement, event: MouseEvent): { x: number; y: number } {
  const { left, top, width, height } = root.getBoundingClientRect();
  return {
    x: Math.max(0, Math.min(event.clientX - left, width - WIDTH)),
    y: Math.max(0, Math.min(event.clientY - top, height - HEIGHT)),
  };
}
