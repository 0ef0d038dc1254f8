/** The pointer over a host: css px from its top-left corner, and the keys held. */
export type Press = { x: number; y: number; shift: boolean; alt: boolean; ctrl: boolean };

/** A press on the timeline: moved and let go, let go where it began, or taken back. */
export type Drag = {
  move?(to: Press): void;
  /** Let go after it had moved. */
  finish?(to: Press): void;
  /** Let go where it began. */
  click?(): void;
  cancel?(): void;
};

/** Take the gesture under way back; false when there is none. */
export type Cancel = () => boolean;

/** A press that moves less than this many css px is a click. */
const SLOP = 3;

/** Follow presses of the main button on a host; a second finger or pen is not heard while one is down. */
export function onPress(
  host: HTMLElement,
  signal: AbortSignal,
  begin: (press: Press) => Drag,
): Cancel {
  let drag: Drag | null = null;
  let origin: Press | null = null;
  let held: number | null = null;
  let moved = false;
  const on = (kind: "pointerdown" | "pointermove" | "pointerup", run: (e: PointerEvent) => void) =>
    host.addEventListener(kind, run, { signal });

  on("pointerdown", (event) => {
    if (event.button !== 0 || (held ?? event.pointerId) !== event.pointerId) {
      return;
    }
    event.preventDefault();
    host.focus({ preventScroll: true });
    host.setPointerCapture(event.pointerId);
    held = event.pointerId;
    origin = pressOf(event, host);
    moved = false;
    drag = begin(origin);
  });
  on("pointermove", (event) => {
    if (drag !== null && origin !== null && event.pointerId === held) {
      const to = pressOf(event, host);
      moved ||= Math.hypot(to.x - origin.x, to.y - origin.y) >= SLOP;
      if (moved) {
        drag.move?.(to);
      }
    }
  });
  on("pointerup", (event) => {
    if (event.pointerId !== held) {
      return;
    }
    const done = drag;
    drag = null;
    held = null;
    if (moved) {
      done?.finish?.(pressOf(event, host));
    } else {
      done?.click?.();
    }
  });
  const cancel = () => {
    const running = drag;
    drag = null;
    running?.cancel?.();
    return running !== null;
  };
  const lose = (event: PointerEvent) => {
    if (event.pointerId === held) {
      held = null;
      cancel();
    }
  };
  host.addEventListener("pointercancel", lose, { signal });
  host.addEventListener("lostpointercapture", lose, { signal });
  return cancel;
}

/** Where the pointer is on a host. */
export function pressOf(event: MouseEvent, host: HTMLElement): Press {
  const { left, top } = host.getBoundingClientRect();
  return {
    x: event.clientX - left,
    y: event.clientY - top,
    shift: event.shiftKey,
    alt: event.altKey,
    ctrl: event.ctrlKey || event.metaKey,
  };
}
