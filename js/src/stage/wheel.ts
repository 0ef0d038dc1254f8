/** How much one pixel of the wheel zooms, and one of a pinch: browsers call it a wheel with Ctrl, a hundredth a pixel. */
const [WHEEL_STEP, PINCH_STEP] = [1.0015, 1.01];
/** Pixels of a line, where the wheel counts in lines. */
const LINE = 16;
/** So many pixels at once are a fast pinch; more are a mouse's wheel with Ctrl, which zooms as it does without. */
const MOST = 15;

/** A delta of a wheel in pixels. */
export function wheelPixels({ deltaMode }: WheelEvent, delta: number): number {
  return delta * (deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1);
}

/** How much a turn of the wheel, or a pinch on a trackpad, makes larger. */
export function wheelZoom(event: WheelEvent): number {
  const pixels = wheelPixels(event, event.deltaY);
  const wheel = WHEEL_STEP ** Math.abs(pixels);
  const pinch = PINCH_STEP ** Math.min(Math.abs(pixels), MOST);
  const zoom = event.ctrlKey ? Math.max(pinch, wheel) : wheel;
  return pixels < 0 ? zoom : 1 / zoom;
}
