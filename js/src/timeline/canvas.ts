import { canvasColours, type Swatch } from "../store/colours.ts";

/** The colours that the timeline paints with, resolved for a canvas. */
export type Paints = {
  swatch(swatch?: Swatch): string;
  bg: string;
  bg2: string;
  fg: string;
  fg2: string;
  fg3: string;
  line: string;
  accent: string;
  accentInk: string;
  tint: string;
  barAlpha: number;
  font: string;
};

/** A canvas that fills its host and paints at most once a display refresh. */
export type Sheet = {
  request(): void;
  close(): void;
};

/** Give a host a canvas; `paint` is called with a context in css px when asked for. */
export function sheet(
  host: HTMLElement,
  paint: (context: CanvasRenderingContext2D, width: number, height: number) => void,
): Sheet {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  host.append(canvas);
  let pending = 0;
  const run = () => {
    pending = 0;
    const { clientWidth: width, clientHeight: height } = host;
    const context = canvas.getContext("2d");
    if (context === null || width === 0 || height === 0) {
      return;
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
  canvas.addEventListener("transitionend", request);
  const observer = new ResizeObserver(request);
  observer.observe(host);
  return {
    request,
    close() {
      observer.disconnect();
      cancelAnimationFrame(pending);
      canvas.remove();
    },
  };
}

/** The theme's colours, resolved anew when the host's own has changed. */
export function themedPaints(host: HTMLElement): () => Paints {
  let ink = "";
  let paints: Paints;
  return () => {
    const { color } = getComputedStyle(host);
    if (color !== ink) {
      ink = color;
      paints = resolvePaints(host);
    }
    return paints;
  };
}

function resolvePaints(host: HTMLElement): Paints {
  const probe = document.createElement("i");
  host.append(probe);
  const style = getComputedStyle(probe);
  const colour = (name: string) => {
    probe.style.color = `var(${name})`;
    return style.color;
  };
  const own = getComputedStyle(host);
  const paints = {
    swatch: canvasColours(host, "c"),
    bg: colour("--br-bg"),
    bg2: colour("--br-bg2"),
    fg: colour("--br-fg"),
    fg2: colour("--br-fg2"),
    fg3: colour("--br-fg3"),
    line: colour("--br-line"),
    accent: colour("--br-accent"),
    accentInk: colour("--br-accent-ink"),
    tint: colour("--br-tint"),
    barAlpha: Number(own.getPropertyValue("--br-bar-alpha")) || 0.3,
    font: `11px ${own.getPropertyValue("--br-mono") || "monospace"}`,
  };
  probe.remove();
  return paints;
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
