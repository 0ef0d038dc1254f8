import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { App } from "../actions/app.ts";
import { keyText } from "../actions/keymap.ts";
import { perform } from "../actions/registry.ts";
import { walkOf } from "../actions/walk.ts";
import { bounds } from "../core/shapes/box.ts";
import { follow } from "../store/follow.ts";
import { type Notice, unsay } from "../store/view.ts";
import { PlainButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { Icon } from "./icons.tsx";
import { Unsaved } from "./Unsaved.tsx";

/** How long a message stays, in milliseconds; an error stays until it is closed. */
const STAY: Record<Notice["level"], number | null> = { info: 8000, warning: 12_000, error: null };
/** Height in css px along the edge of the stage where messages stand. */
const EDGE = 64;

/** What is to be read now, over the edge of the stage where no box is being edited. */
export function Notices() {
  const app = useApp();
  const { view } = app;
  const place = usePlace();
  const edited = view.preview.value !== null;
  return (
    <div class={`notices ${place.value}${edited ? " aside" : ""}`}>
      <Unsaved />
      {view.notices.value.map((notice) => (
        <Message key={notice.text} notice={notice} />
      ))}
    </div>
  );
}

function Message({ notice }: { notice: Notice }) {
  const app = useApp();
  const held = useSignal(false);
  const { level, text, undo } = notice;
  const close = () => unsay(app.view, notice);
  useEffect(() => {
    const stay = STAY[level];
    if (stay === null || held.value) {
      return;
    }
    const timer = setTimeout(close, stay);
    return () => clearTimeout(timer);
  }, [notice, held.value]);
  const hold = (on: boolean) => () => {
    held.value = on;
  };
  return (
    <div
      class={`notice ${level}`}
      role={level === "error" ? "alert" : undefined}
      onPointerEnter={hold(true)}
      onPointerLeave={hold(false)}
      onFocusIn={hold(true)}
      onFocusOut={hold(false)}
    >
      {level !== "info" && <Icon name="warning" />}
      <span class="sp">{text}</span>
      {undo && (
        <button type="button" class="b s line" onClick={() => perform(app, "undo")}>
          Undo ({keyText(app, "undo")})
        </button>
      )}
      <PlainButton title="Close this message" icon="close" onClick={close} />
    </div>
  );
}

/** Take a message with an undo button away when the labels have changed again: it would undo that. */
export function followUndoable({ view, document }: App, signal: AbortSignal): void {
  let told: { notice: Notice; annotation: object } | null = null;
  follow(signal, () => {
    const annotation = document.annotation.value;
    const notice = view.notice.value;
    if (told === null || told.notice !== notice) {
      told = notice?.undo ? { notice, annotation } : null;
    } else if (told.annotation !== annotation) {
      unsay(view, told.notice);
    }
  });
}

/** The edge of the stage that the selected boxes leave free; it stays while one is being dragged. */
function usePlace() {
  const app = useApp();
  const { view, derived } = app;
  const last = useRef<"top" | "bottom">("bottom");
  return useComputed(() => {
    if (walkOf(app) !== null) {
      return "bottom";
    }
    if (view.preview.value === null) {
      const { scale, y } = derived.camera.value;
      const edges = derived.active.value.map(({ box }) => bounds(box));
      const top = Math.min(...edges.map((edge) => edge.y)) * scale + y;
      const bottom = Math.max(...edges.map((edge) => edge.y + edge.h)) * scale + y;
      const low = bottom > view.stage.value.height - EDGE;
      last.current = low && top > EDGE ? "top" : "bottom";
    }
    return last.current;
  });
}

/** Speaks what is announced; errors speak for themselves. */
export function LiveRegion() {
  const { view } = useApp();
  return (
    <div class="live" role="status" aria-live="polite">
      {view.announcement.value}
    </div>
  );
}
