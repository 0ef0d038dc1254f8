/** A press on the timeline: moved, or let go where it began. */
export type Drag = { move(x: number, y: number): void; click(x: number, y: number): void };

/** A press that moves less than this many css px is a click. */
const SLOP = 3;

/** Follow presses of the main button on a host; points are css px from its top-left corner. */
export function onPress(
  host: HTMLElement,
  signal: AbortSignal,
  begin: (x: number, y: number, event: PointerEvent) => Drag,
): void {
  let drag: Drag | null = null;
  let origin = 0;
  let moved = false;
  const pointOf = (event: PointerEvent): [number, number] => {
    const { left, top } = host.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  host.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) {
        return;
      }
      const [x, y] = pointOf(event);
      event.preventDefault();
      host.focus({ preventScroll: true });
      host.setPointerCapture(event.pointerId);
      origin = x;
      moved = false;
      drag = begin(x, y, event);
    },
    { signal },
  );
  host.addEventListener(
    "pointermove",
    (event) => {
      const [x, y] = pointOf(event);
      moved ||= Math.abs(x - origin) >= SLOP;
      if (moved) {
        drag?.move(x, y);
      }
    },
    { signal },
  );
  host.addEventListener(
    "pointerup",
    (event) => {
      if (!moved) {
        drag?.click(...pointOf(event));
      }
      drag = null;
    },
    { signal },
  );
  const cancel = () => {
    drag = null;
  };
  host.addEventListener("pointercancel", cancel, { signal });
}
