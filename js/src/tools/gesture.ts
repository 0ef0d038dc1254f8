import type { Point } from "../core/geometry.ts";

/** Where the pointer is and what is held with it. */
export type Press = {
  /** On the stage, in css px. */
  point: Point;
  /** In the picture, in its pixels. */
  image: Point;
  shift: boolean;
  alt: boolean;
  ctrl: boolean;
};

/** What happens between pointer-down and pointer-up; it is one edit or none. */
export type Gesture = {
  move(press: Press): void;
  finish(press: Press): void;
  cancel(): void;
};

/** A press that moves less than this many css px is a click. */
const CLICK_SLOP = 3;

/** Whether the pointer has left the place where it was pressed. */
export function hasMoved(from: Press, to: Press, slop = CLICK_SLOP): boolean {
  return Math.hypot(to.point.x - from.point.x, to.point.y - from.point.y) >= slop;
}

/** A press that does something only if it does not move. */
export function onClick(from: Press, act: () => void): Gesture {
  return {
    move() {},
    finish(to) {
      if (!hasMoved(from, to)) {
        act();
      }
    },
    cancel() {},
  };
}

/** The upright rectangle between two points of the picture. */
export function between(a: Point, b: Point): { x: number; y: number; w: number; h: number } {
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    w: Math.abs(a.x - b.x),
    h: Math.abs(a.y - b.y),
  };
}
