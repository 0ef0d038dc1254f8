/** Paints with a context in css px on a canvas of this size. */
export type Paint = (context: CanvasRenderingContext2D, width: number, height: number) => void;

/**
 * Fill a host with a canvas. The result asks for a repaint, which comes with the next display
 * refresh, or is done now; the canvas goes when the view does.
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
  let hidden = false;
  const run = () => {
    pending = 0;
    const { clientWidth: width, clientHeight: height } = host;
    // JupyterLab hides the page while it changes the theme, for less than the observer sees.
    if (width === 0 || height === 0) {
      hidden = !hidden;
      if (hidden) {
        request();
      }
      return;
    }
    hidden = false;
    const context = canvas.getContext("2d");
    if (context === null) {
      throw new Error("This browser gives no 2D canvas; boxreel cannot draw.");
    }
    fit(canvas, width, height);
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    paint(context, width, height);
  };
  const request = () => {
    pending ||= requestAnimationFrame(run);
  };
  // The page's colours come when its stylesheet does: the canvas is told by its own.
  canvas.style.transition = "color 1ms";
  canvas.addEventListener("transitionrun", request);
  const observer = new ResizeObserver(request);
  observer.observe(host);
  signal.addEventListener("abort", () => {
    observer.disconnect();
    cancelAnimationFrame(pending);
    canvas.remove();
  });
  return (now = false) => {
    if (now) {
      cancelAnimationFrame(pending);
      run();
    } else {
      request();
    }
  };
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
