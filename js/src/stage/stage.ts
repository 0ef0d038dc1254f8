import { type ReadonlySignal, untracked } from "@preact/signals-core";
import { toImage } from "../core/geometry.ts";
import type { Picture } from "../frames/loader.ts";
import type { Region } from "../frames/region.ts";
import { canvasColours } from "../store/colours.ts";
import { follow } from "../store/follow.ts";
import type { Store } from "../store/store.ts";
import { AS_IT_IS, type View } from "../store/view.ts";
import { paintErrors } from "./errors.ts";
import { followSelected } from "./following.ts";
import { paintGesture } from "./overlay.ts";
import { type Brush, paintPicture } from "./paint.ts";
import { paintIdentities, paintPredicted } from "./predicted.ts";
import { onPixelRatio } from "./ratio.ts";
import { lookOf, paintShapes } from "./shapes.ts";
import { type Paint, sheet } from "./sheet.ts";
import type { Tag } from "./tags.ts";

/** After so many milliseconds without another frame the playhead rests. */
const REST = 150;
/** So long the crowd of tags leaves the page to a chrome that shows labels which have just come, in milliseconds. */
const ARRIVAL = 400;
/** A late picture is announced after this many milliseconds. */
const PATIENCE = 150;

/** What is under the boxes: the last exact picture, and a part of it at full resolution. */
export type Shown = {
  picture: ReadonlySignal<Picture | null>;
  region: ReadonlySignal<Region | null>;
  /** Whether the screen could show more of the video than these have. */
  coarse: ReadonlySignal<boolean>;
};

/**
 * Show the picture and the boxes in `host`: three canvases, for the picture, for the boxes that
 * rest, and for what is selected and done; each is painted at most once a display refresh.
 */
export function mountStage(
  host: HTMLElement,
  store: Store,
  { picture, region, coarse }: Shown,
  signal: AbortSignal,
): void {
  const { view, derived } = store;
  const brushOf = (...[open, width, height]: Parameters<Paint>): Brush => ({
    get context() {
      return open();
    },
    width,
    height,
    camera: derived.camera.peek(),
    colour: canvasColours(host, "s"),
    font: `11px ${getComputedStyle(host).fontFamily || "sans-serif"}`,
  });
  let late = false;
  let arriving = false;
  const pictures = sheet(host, signal, (...canvas) => {
    const current = picture.peek();
    if (current !== null) {
      const { width, height } = derived.video.peek();
      paintPicture(brushOf(...canvas), current.image, { x: 0, y: 0, w: width, h: height });
    }
    const part = region.peek();
    if (part !== null && part.frame === current?.frame) {
      paintPicture(brushOf(...canvas), part.image, part.rect);
    }
    view.painted.value = current?.frame ?? -1;
    view.sharp.value = coarse.peek() ? -1 : view.painted.value;
  });
  let boxesOf = -1;
  let tags: readonly Tag[] = [];
  let passing = true;
  const below = sheet(host, signal, (...canvas) => {
    if (view.stage.peek().width === 0 || arriving) {
      return; // There is no camera before the stage has been measured: it asks again then.
    }
    const brush = brushOf(...canvas);
    const look = lookOf(store, view.tags.peek(), { passing, beside: derived.active.peek() });
    tags = paintShapes(brush, derived.resting.peek(), look);
    paintPredicted(brush, store);
    paintIdentities(brush, store);
    paintErrors(brush, store, tags);
    boxesOf = view.frame.peek();
  });
  const above = sheet(host, signal, (...canvas) =>
    paintGesture(brushOf(...canvas), store, late, tags),
  );
  // While it plays the playhead moves in a refresh that is under way: what is asked for then would come in the next one.
  const soon = (paint: (now: boolean) => void) => untracked(() => paint(view.playing.peek()));
  followSize(host, store, signal);
  followSelected(store, signal);
  followPointer(host, store, signal);
  followSettings(host, store, signal);
  followRest(view, signal, (rests) => {
    passing = !rests;
    if (rests) {
      below();
    }
  });
  followArrival(view, signal, (now) => {
    arriving = now;
    below();
  });
  followLate(store, picture, signal, (now) => {
    late = now;
    above();
  });

  follow(signal, () => {
    const { scale, x, y } = derived.camera.value;
    host.dataset.camera = JSON.stringify({ scale, x, y });
    pictures();
    below();
    above();
  });
  follow(signal, () => {
    const frame = picture.value?.frame;
    region.value;
    if (coarse.value) {
      view.sharp.value = -1;
    }
    untracked(() => {
      // Where its boxes are on the stage already, or come now, or nothing is there, it does not wait for another refresh.
      const painted = view.painted.peek();
      const isNew = frame !== undefined && frame !== painted;
      pictures(isNew && (painted < 0 || view.playing.peek() || frame === boxesOf));
    });
  });
  follow(signal, () => {
    derived.resting.value;
    derived.predicted.value;
    derived.error.value;
    view.trails.value;
    readLook(store);
    soon(below);
  });
  follow(signal, () => {
    derived.active.value;
    derived.selected.value;
    readLook(store);
    for (const each of [view.preview, view.band, view.tool, view.hover, view.frameErrors]) {
      each.value;
    }
    view.buffering.value;
    if (view.marks.value.boxes.size > 0) {
      view.frame.value;
    }
    view.ghosts.value;
    view.trails.value;
    soon(above);
  });
  follow(signal, () => {
    if (view.hairlines.value || view.tool.value !== "select") {
      view.pointer.value;
    }
    above();
  });
}

function readLook({ view, derived }: Store): void {
  derived.swatch.value;
  derived.errors.value;
  view.tags.value;
  view.tagParts.value;
  view.fill.value;
  view.dark.value;
}

/** Say when the playhead begins to move and when it rests; labels that have just come are passed by, too. */
function followRest(view: View, signal: AbortSignal, say: (rests: boolean) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let [frame, snapshots] = [-1, -1];
  follow(signal, () => {
    const arrived = snapshots !== view.snapshots.value;
    if (arrived || frame !== view.frame.value) {
      [frame, snapshots] = [view.frame.value, view.snapshots.value];
      clearTimeout(timer);
      say(false);
      timer = setTimeout(() => say(true), arrived ? ARRIVAL : REST);
    }
  });
  signal.addEventListener("abort", () => clearTimeout(timer));
}

/** Say when the first labels come, and when the picture has had a refresh before their boxes. */
function followArrival(view: View, signal: AbortSignal, say: (arrives: boolean) => void): void {
  follow(signal, () => {
    if (view.snapshots.value === 1) {
      say(true);
      requestAnimationFrame(() => requestAnimationFrame(() => signal.aborted || say(false)));
    }
  });
}

/** Say that the picture of the frame shown is not here yet, after a while. */
function followLate(
  { view }: Store,
  picture: ReadonlySignal<Picture | null>,
  signal: AbortSignal,
  say: (late: boolean) => void,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let late = false;
  const tell = (now: boolean) => {
    if (now !== late) {
      late = now;
      say(now);
    }
  };
  follow(signal, () => {
    clearTimeout(timer);
    // Before there are labels the page says that it opens.
    if (view.frame.value === picture.value?.frame || !view.connected.value) {
      tell(false);
    } else {
      timer = setTimeout(() => tell(true), PATIENCE);
    }
  });
  follow(signal, () => {
    const failed = view.frameErrors.value.get(view.frame.value);
    if (failed) {
      view.announcement.value = failed;
    }
  });
  signal.addEventListener("abort", () => clearTimeout(timer));
}

/** The stylesheet gives the picture's canvas this filter. */
function followSettings(host: HTMLElement, { view }: Store, signal: AbortSignal): void {
  follow(signal, () => {
    const { brightness, contrast, saturation } = view.bypass.value ? AS_IT_IS : view.picture.value;
    const filter = `brightness(${brightness}%) contrast(${contrast}%) saturate(${saturation}%)`;
    const untouched = brightness === 100 && contrast === 100 && saturation === 100;
    host.style.setProperty("--br-picture", untouched ? "none" : filter);
  });
}

function followSize(host: HTMLElement, { view }: Store, signal: AbortSignal): void {
  const measure = () => {
    view.stage.value = { width: host.clientWidth, height: host.clientHeight };
  };
  const observer = new ResizeObserver(measure);
  observer.observe(host);
  onPixelRatio(measure, signal);
  signal.addEventListener("abort", () => observer.disconnect());
}

function followPointer(host: HTMLElement, { view, derived }: Store, signal: AbortSignal): void {
  const follow = (event: PointerEvent) => {
    const { left, top } = host.getBoundingClientRect();
    const point = { x: event.clientX - left, y: event.clientY - top };
    view.pointer.value = toImage(derived.camera.peek(), point);
  };
  const leave = () => {
    view.pointer.value = null;
  };
  host.addEventListener("pointermove", follow, { signal });
  host.addEventListener("pointerdown", follow, { signal });
  host.addEventListener("pointerleave", leave, { signal });
}
