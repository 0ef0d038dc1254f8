/**
 * Paints on a canvas of this size in css px, which is clear when it is opened. One that has nothing to
 * paint leaves it closed: a canvas that is touched is handed to the screen anew, which takes a while.
 */
export type Paint = (open: () => CanvasRenderingContext2D, width: number, height: number) => void;

/**
 * Fill a host with a canvas. The result asks for a repaint, which comes with the next display
 * refresh, or as soon as all that is told now is heard; the canvas goes when the view does.
 */
export function sheet(
  host: HTMLElement,
  signal: AbortSignal,
  paint: Paint,
): (now?: boolean) => void {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  host.append(canvas);
  let pending = 0;
  let comes = false;
  let [width, height] = [0, 0];
  let clear = true;
  const run = () => {
    pending = 0;
    if (width === 0 || height === 0) {
      return; // It is hidden, and asked again when it is seen.
    }
    const before = clear;
    clear = true;
    let context: CanvasRenderingContext2D | null = null;
    const open = () => {
      clear = false;
      context ??= opened(canvas, width, height);
      return context;
    };
    paint(open, width, height);
    if (clear && !before) {
      opened(canvas, width, height);
    }
  };
  const request = () => {
    pending ||= requestAnimationFrame(run);
  };
  // The page's colours come when its stylesheet does: the canvas is told by its own.
  canvas.style.transition = "color 1ms";
  canvas.addEventListener("transitionrun", request);
  const observer = new ResizeObserver(() => {
    // Anywhere else the page would be laid out for the answer.
    [width, height] = [host.clientWidth, host.clientHeight];
    request();
  });
  observer.observe(host);
  signal.addEventListener("abort", () => {
    observer.disconnect();
    cancelAnimationFrame(pending);
    canvas.remove();
  });
  const runNow = () => {
    comes = false;
    cancelAnimationFrame(pending);
    if (!signal.aborted) {
      run();
    }
  };
  return (now = false) => {
    if (!now) {
      request();
    } else if (!comes) {
      comes = true;
      queueMicrotask(runNow);
    }
  };
}

function opened(canvas: HTMLCanvasElement, width: number, height: number) {
  const context = canvas.getContext("2d");
  if (context === null) {
    throw new Error("This browser gives no 2D canvas; boxreel cannot draw.");
  }
  fit(canvas, width, height);
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

function fit(canvas: HTMLCanvasElement, width: number, height: number): void {
  const [w, h] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
}
