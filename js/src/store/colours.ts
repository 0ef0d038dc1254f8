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
  const known = new Map<number, string>();
  const resolve = (index: number) => {
    const colour =
      known.get(index) ?? (style.getPropertyValue(`--br-${set}${index}`).trim() || "#888");
    known.set(index, colour);
    return colour;
  };
  return (swatch) => (typeof swatch === "string" ? swatch : resolve(swatch ?? COLOURS));
}
