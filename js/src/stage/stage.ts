import type { ReadonlySignal } from "@preact/signals-core";
import { toImage } from "../core/geometry.ts";
import type { Picture } from "../frames/loader.ts";
import { canvasColours } from "../store/colours.ts";
import { follow } from "../store/follow.ts";
import type { Store } from "../store/store.ts";
import {
  type Brush,
  paintChip,
  paintDraft,
  paintHandles,
  paintPicture,
  paintShape,
} from "./paint.ts";
import { sheet } from "./sheet.ts";

/** A late picture is announced after this many milliseconds. */
const PATIENCE = 150;

/** Show the picture and the boxes in `host`: two canvases, each painted at most once a display refresh. */
export function mountStage(
  host: HTMLElement,
  store: Store,
  picture: ReadonlySignal<Picture | null>,
  signal: AbortSignal,
): void {
  const { view, derived } = store;
  const brushOf = (context: CanvasRenderingContext2D, width: number, height: number): Brush => ({
    context,
    width,
    height,
    camera: derived.camera.peek(),
    colour: canvasColours(host, "s"),
    font: `11px ${getComputedStyle(host).fontFamily || "sans-serif"}`,
  });
  const below = sheet(host, signal, (...canvas) => paintBelow(brushOf(...canvas), store, picture));
  const above = sheet(host, signal, (...canvas) => paintAbove(brushOf(...canvas), store, late));
  followSize(host, store, signal);
  followPointer(host, store, signal);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let late = false;

  follow(signal, () => {
    const { scale, x, y } = derived.camera.value;
    host.dataset.camera = JSON.stringify({ scale, x, y });
    below();
    above();
  });
  follow(signal, () => {
    picture.value;
    derived.resting.value;
    derived.colours.value;
    view.tags.value;
    view.dark.value;
    below();
  });
  follow(signal, () => {
    derived.active.value;
    derived.colours.value;
    view.preview.value;
    view.tool.value;
    view.frameErrors.value;
    view.buffering.value;
    view.dark.value;
    above();
  });
  follow(signal, () => {
    const waiting = view.frame.value !== picture.value?.frame;
    clearTimeout(timer);
    if (waiting) {
      timer = setTimeout(() => {
        late = true;
        above();
      }, PATIENCE);
    } else if (late) {
      late = false;
      above();
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

function paintBelow(brush: Brush, store: Store, picture: ReadonlySignal<Picture | null>): void {
  const { view, derived } = store;
  const current = picture.peek();
  if (current !== null) {
    const { width, height } = derived.video.peek();
    paintPicture(brush, current.image, { x: width, y: height });
  }
  const colours = derived.colours.peek();
  for (const shape of derived.resting.peek()) {
    paintShape(brush, shape, colours.get(shape.track.label), view.tags.peek());
  }
  view.painted.value = current?.frame ?? -1;
}

function paintAbove(brush: Brush, { view, derived }: Store, late: boolean): void {
  const colours = derived.colours.peek();
  const active = derived.active.peek();
  for (const shape of active) {
    paintShape(brush, shape, colours.get(shape.track.label), true);
  }
  const [only] = active;
  if (only && active.length === 1 && !only.locked && view.tool.peek() === "select") {
    paintHandles(brush, only.box);
  }
  const preview = view.preview.peek();
  if (preview !== null) {
    const label = derived.label.peek();
    if (preview.track === null && label !== null) {
      paintDraft(brush, preview.box, colours.get(label.name));
    }
    paintMeasure(brush, preview.box, view.pointer.peek());
  }
  const frame = view.frame.peek();
  if (late && view.connected.peek()) {
    paintChip(brush, view.frameErrors.peek().get(frame) ?? `Frame ${frame}…`, { x: 8, y: 8 });
  } else if (view.buffering.peek()) {
    paintChip(brush, "Waiting for frames…", { x: 8, y: 8 });
  }
}

function paintMeasure(
  brush: Brush,
  box: { w: number; h: number; rotation: number },
  pointer: { x: number; y: number } | null,
): void {
  if (pointer === null) {
    return;
  }
  const turned = box.rotation === 0 ? "" : `  ${Math.round(box.rotation)}°`;
  const text = `${Math.round(box.w)} × ${Math.round(box.h)}${turned}`;
  const x = pointer.x * brush.camera.scale + brush.camera.x;
  const y = pointer.y * brush.camera.scale + brush.camera.y;
  paintChip(brush, text, { x: x + 14, y: y + 14 });
}

function followSize(host: HTMLElement, { view }: Store, signal: AbortSignal): void {
  const observer = new ResizeObserver(() => {
    view.stage.value = { width: host.clientWidth, height: host.clientHeight };
  });
  observer.observe(host);
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
