import { canvasColours, type Swatch } from "../store/colours.ts";
import type { Glyph } from "../store/review.ts";

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
  errors: Readonly<Record<Glyph, string>>;
  font: string;
};

/** The theme's colours, resolved anew when the host's own has changed. */
export function themedPaints(host: HTMLElement): () => Paints {
  let ink = "";
  let paints: Paints;
  return () => {
    const style = getComputedStyle(host);
    // The page's colours and the widget's own do not change at the same moment.
    const now = style.color + style.getPropertyValue("--br-c1");
    if (now !== ink) {
      ink = now;
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
    errors: {
      miss: colour("--br-e-miss"),
      fp: colour("--br-e-fp"),
      idsw: colour("--br-e-idsw"),
      iou: colour("--br-e-iou"),
    },
    barAlpha: Number(own.getPropertyValue("--br-bar-alpha")) || 0.3,
    font: `11px ${own.getPropertyValue("--br-mono") || "monospace"}`,
  };
  probe.remove();
  return paints;
}
