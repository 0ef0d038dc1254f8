import type { FrameCache } from "./cache.ts";

/** Asks the kernel for frames, most urgent first, instead of those asked for before at this width. */
export type Ask = (width: number, wanted: readonly number[], around: boolean) => void;

/** What one view wants now. */
export type Wish = {
  width: number;
  /** Most urgent first. */
  frames: readonly number[];
  /** So many of them are asked for as soon as they are missing; those after them when one of these is. */
  soon: number;
  /** Whether the kernel may send frames around the playhead as well. */
  around: boolean;
};

/** What the views of one widget want from the kernel, asked for once however many want it. */
export class Demand {
  readonly #cache: FrameCache;
  readonly #ask: Ask;
  readonly #wishes = new Map<object, Wish>();
  /** Asked for and not yet here, by width. */
  readonly #asked = new Map<number, Set<number>>();

  constructor(cache: FrameCache, ask: Ask) {
    this.#cache = cache;
    this.#ask = ask;
  }

  /** Whether what a view wants most is not here. */
  get isAwaited(): boolean {
    return [...this.#wishes.values()].some(
      ({ width, frames: [first] }) => first !== undefined && !this.#cache.has(width, first),
    );
  }

  /** Want this in place of what `view` wanted before. */
  want(view: object, wish: Wish): void {
    const before = this.#wishes.get(view);
    this.#wishes.delete(view);
    this.#wishes.set(view, wish);
    if (before !== undefined && before.width !== wish.width) {
      this.#send(before.width);
    }
    const asked = this.#asked.get(wish.width);
    const isFresh = (frame: number) => !this.#cache.has(wish.width, frame) && !asked?.has(frame);
    const turned = before !== undefined && before.around !== wish.around;
    if (asked === undefined || turned || wish.frames.slice(0, wish.soon).some(isFresh)) {
      this.#send(wish.width);
    }
  }

  /** Want nothing any more for `view`. */
  forget(view: object): void {
    const before = this.#wishes.get(view);
    this.#wishes.delete(view);
    if (before !== undefined) {
      this.#send(before.width);
    }
  }

  /** Ask again for all that is wanted and not here: the kernel may not have heard it. */
  again(): void {
    for (const width of [...this.#asked.keys()]) {
      this.#send(width);
    }
  }

  /** Start anew: another video is shown, and the views will say what they want of it. */
  clear(): void {
    this.#wishes.clear();
    this.#asked.clear();
  }

  /** Ask for all that is wanted at a width and not here: the first of each view, then the second of each. */
  #send(width: number): void {
    const wishes = [...this.#wishes.values()].filter((wish) => wish.width === width).reverse();
    const longest = Math.max(0, ...wishes.map(({ frames }) => frames.length));
    const wanted = new Set<number>();
    for (let place = 0; place < longest; place++) {
      for (const { frames } of wishes) {
        const frame = frames[place];
        if (frame !== undefined && !this.#cache.has(width, frame)) {
          wanted.add(frame);
        }
      }
    }
    if (wishes.length > 0) {
      this.#asked.set(width, wanted);
    } else {
      this.#asked.delete(width);
    }
    this.#ask(width, [...wanted], wishes.length > 0 && wishes.every((wish) => wish.around));
  }
}
