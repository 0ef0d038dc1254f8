import type { Span } from "../core/track.ts";

/** A set of frames, kept as spans in order: it takes room and time by their number, not by that of the frames. */
export class FrameSet {
  readonly #spans: Span[] = [];

  /** The frames as spans in order, none touching another. */
  get spans(): readonly Span[] {
    return [...this.#spans];
  }

  /** Put a frame in. */
  add(frame: number): void {
    const at = this.#firstEndingAfter(frame - 1);
    const [left, right] = [this.#spans[at], this.#spans[at + 1]];
    if (left === undefined || frame < left.start - 1) {
      this.#spans.splice(at, 0, { start: frame, stop: frame + 1 });
    } else if (frame === left.start - 1) {
      this.#spans[at] = { start: frame, stop: left.stop };
    } else if (frame === left.stop) {
      const joined = right?.start === frame + 1;
      this.#spans.splice(at, joined ? 2 : 1, {
        start: left.start,
        stop: joined ? right.stop : frame + 1,
      });
    }
  }

  /** Take a frame out. */
  delete(frame: number): void {
    const at = this.#firstEndingAfter(frame);
    const span = this.#spans[at];
    if (span === undefined || frame < span.start) {
      return;
    }
    const parts = [
      { start: span.start, stop: frame },
      { start: frame + 1, stop: span.stop },
    ];
    this.#spans.splice(at, 1, ...parts.filter(({ start, stop }) => start < stop));
  }

  /** Index of the first span whose stop is beyond a frame. */
  #firstEndingAfter(frame: number): number {
    let low = 0;
    let high = this.#spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#spans[middle]?.stop ?? 0) > frame) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
