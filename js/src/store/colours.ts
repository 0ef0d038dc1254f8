/** A colour: an index 1 to COLOURS into the palette, or a label's own `#rrggbb`. */
export type Swatch = number | string;

/** Number of colours in the palette; past it they repeat. */
export const COLOURS = 10;

/** The palette's two sets: `c` for panels and timeline, `s`, brighter, for the stage. */
export type ColourSet = "c" | "s";

/** The CSS value of a swatch. */
export function cssColour(swatch: Swatch | undefined, set: ColourSet): string {
  return typeof swatch === "string" ? swatch : `var(--br-${set}${swatch ?? COLOURS})`;
}

/** Resolves swatches for a canvas, which knows no CSS variables; made anew when the theme changes. */
export function canvasColours(element: Element, set: ColourSet): (swatch?: Swatch) => string {
  const style = getComputedStyle(element);
  return (swatch) =>
    typeof swatch === "string"
      ? swatch
      : style.getPropertyValue(`--br-${set}${swatch ?? COLOURS}`).trim() || "#888";
}
