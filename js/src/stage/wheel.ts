/** How much one pixel of the wheel zooms, and one of a pinch: browsers call it a wheel with Ctrl, a hundredth a pixel. */
const [WHEEL_STEP, PINCH_STEP] = [1.0015, 1.01];
/** Pixels of a line, where the wheel counts in lines. */
const LINE = 16;
/** With Ctrl a mouse's wheel turns by more pixels at once than a pinch; a notch zooms as far as without. */
const MOST = 15;

/** A delta of a wheel in pixels. */
export function wheelPixels({ deltaMode }: WheelEvent, delta: number): number {
  return delta * (deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1);
}

/** How much a turn of the wheel, or a pinch on a trackpad, makes larger. */
export function wheelZoom(event: WheelEvent): number {
  const pixels = wheelPixels(event, event.deltaY);
  return event.ctrlKey
    ? PINCH_STEP ** Math.max(-MOST, Math.min(-pixels, MOST))
    : WHEEL_STEP ** -pixels;
}
