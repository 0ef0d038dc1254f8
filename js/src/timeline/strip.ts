import type { Span } from "../core/track.ts";
import { onPixelRatio } from "../stage/ratio.ts";
import { sheet } from "../stage/sheet.ts";
import { follow } from "../store/follow.ts";
import type { Store } from "../store/store.ts";
import type { Paints } from "./canvas.ts";
import type { Scale } from "./scale.ts";

/** What a layer of a strip is painted with. */
export type Ground = {
  /** Of the canvas, which counts as touched when this is read. */
  readonly context: CanvasRenderingContext2D;
  paints: Paints;
  scale: Scale;
  height: number;
};

/** A host of the timeline with frames along its width. */
export type Strip = {
  readonly host: HTMLElement;
  readonly store: Store;
  readonly signal: AbortSignal;
  /** Which frames are on it now, and where. */
  window(): Span;
  scale(): Scale;
  /** Lay a canvas over those before; it is painted again when a signal changes that `reads` reads. */
  layer(reads: () => void, paint: (ground: Ground) => void): void;
};

/** Make a strip of the frames that `windowOf` gives. */
export function createStrip(
  host: HTMLElement,
  store: Store,
  paints: () => Paints,
  windowOf: () => Span,
  signal: AbortSignal,
): Strip {
  const scaleOf = (width: number): Scale => ({ window: windowOf(), width });
  return {
    host,
    store,
    signal,
    window: windowOf,
    scale: () => scaleOf(host.clientWidth),
    layer(reads, paint) {
      const request = sheet(host, signal, (open, width, height) => {
        const ground = { paints: paints(), scale: scaleOf(width), height };
        paint({
          ...ground,
          get context() {
            return open();
          },
        });
      });
      onPixelRatio(request, signal);
      follow(signal, () => {
        reads();
        store.view.dark.value;
        request();
      });
    },
  };
}
