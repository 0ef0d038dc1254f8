import { batch } from "@preact/signals-core";
import { rotateBy, toImage } from "../core/geometry.ts";
import { geometryAt } from "../core/interpolate.ts";
import { type Box, normalizeRotation } from "../core/shapes/box.ts";
import { dragHandle } from "../core/shapes/handles.ts";
import type { Store } from "../store/store.ts";
import { commitDraft, draftLabel } from "./create.ts";
import { draftText } from "./draw.ts";
import { keepWithin, moveWithin } from "./place.ts";
import { commitBoxes, moveText, sizeText, turnText } from "./reshape.ts";

/** What a key does to the boxes: a move in pixels, a growth in pixels, or a turn in degrees. */
type Step = { kind: "move" | "grow"; x: number; y: number } | { kind: "turn"; by: number };

/** Pixels of an arrow key, and with Shift. */
const [SMALL, LARGE] = [1, 10];
/** Degrees of a turn, and with Shift. */
const [DEGREE, TURN] = [1, 15];

/** Share of what is seen that a new box takes in each direction. */
const SHARE = 0.25;

const ARROWS = { Left: [-1, 0], Right: [1, 0], Up: [0, -1], Down: [0, 1] } as const;

/** The keys that change a box; the brackets have twins that every keyboard has. */
export const BOX_KEYS: ReadonlyMap<string, Step> = new Map([
  ...Object.entries(ARROWS).flatMap(([arrow, [x, y]]): [string, Step][] => [
    [`Arrow${arrow}`, { kind: "move", x: x * SMALL, y: y * SMALL }],
    [`Shift+Arrow${arrow}`, { kind: "move", x: x * LARGE, y: y * LARGE }],
    [`Ctrl+Arrow${arrow}`, { kind: "grow", x: x * SMALL, y: y * SMALL }],
    [`Ctrl+Shift+Arrow${arrow}`, { kind: "grow", x: x * LARGE, y: y * LARGE }],
  ]),
  ...(["[ PageUp", "] PageDown"] as const).flatMap((keys, index): [string, Step][] => {
    const way = index === 0 ? -1 : 1;
    const [sign = "", key = ""] = keys.split(" ");
    return [
      [sign, { kind: "turn", by: way * DEGREE }],
      [key, { kind: "turn", by: way * DEGREE }],
      [index === 0 ? "{" : "}", { kind: "turn", by: way * TURN }],
      [`Shift+${key}`, { kind: "turn", by: way * TURN }],
    ];
  }),
]);

/** Changes the selected boxes, or draws one, by keys: one edit from the first key to the one that keeps it. */
export class KeyEdit {
  readonly #store: Store;
  #before = new Map<number, Box>();
  #frame = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Whether boxes are being changed. */
  get active(): boolean {
    return this.#store.view.byKeys.peek();
  }

  /** Take hold of the selected boxes; while drawing, put a box in the middle of what is seen. */
  begin(): void {
    const { view, derived } = this.#store;
    const drawing = view.tool.peek() !== "select";
    if (drawing && draftLabel(this.#store) === null) {
      this.#store.notify(
        "warning",
        "No labels. Pass labels=[...] or type one in the list of labels.",
      );
      return;
    }
    const shapes = drawing ? [] : derived.active.peek().filter((shape) => !shape.locked);
    this.#before = new Map(shapes.map(({ track, box }) => [track.id, box]));
    this.#frame = view.frame.peek();
    batch(() => {
      view.byKeys.value = true;
      this.#show(this.#before, drawing ? this.#firstDraft() : null);
    });
  }

  /** Let a key change the boxes; false when it is none of those. */
  press(chord: string): boolean {
    const step = BOX_KEYS.get(chord);
    const preview = this.#store.view.preview.peek();
    if (!this.active || step === undefined || preview === null) {
      return false;
    }
    const { boxes, draft } = preview;
    const size = this.#store.derived.video.peek();
    const changed = stepped(draft === null ? [...boxes.values()] : [draft], step, size);
    const byTrack = [...boxes.keys()].flatMap((id, index): [number, Box][] => {
      const box = changed[index];
      return box ? [[id, box]] : [];
    });
    this.#show(new Map(byTrack), draft && (changed[0] ?? null), step);
    return true;
  }

  /** Make what was changed an edit; nothing when nothing was. */
  keep(): void {
    if (!this.active) {
      return;
    }
    const preview = this.#store.view.preview.peek();
    batch(() => {
      this.revert();
      if (preview?.draft && commitDraft(this.#store, preview.draft)) {
        this.#store.view.tool.value = "select";
      }
      const changed = [...(preview?.boxes ?? [])].filter(
        ([id, box]) => box !== this.#before.get(id),
      );
      commitBoxes(this.#store, this.#frame, new Map(changed));
    });
  }

  /** Forget what was changed; false when nothing was being changed. */
  revert(): boolean {
    const { view } = this.#store;
    if (!this.active) {
      return false;
    }
    batch(() => {
      view.byKeys.value = false;
      view.preview.value = null;
    });
    return true;
  }

  /** A new box in the middle of what is seen; the selected track's own when that is drawn anew. */
  #firstDraft(): Box {
    const { view, derived } = this.#store;
    const track = derived.selected.peek();
    const video = derived.video.peek();
    return view.tool.peek() === "redraw" && track !== null
      ? keepWithin(geometryAt(track.keyframes, view.frame.peek()), video)
      : keepWithin(this.#middleBox(), video);
  }

  #middleBox(): Box {
    const { view, derived } = this.#store;
    const camera = derived.camera.peek();
    const { width, height } = view.stage.peek();
    const video = derived.video.peek();
    const w = Math.ceil(Math.min(width / camera.scale, video.width) * SHARE);
    const h = Math.ceil(Math.min(height / camera.scale, video.height) * SHARE);
    const { x, y } = toImage(camera, { x: width / 2, y: height / 2 });
    return { x: Math.round(x - w / 2), y: Math.round(y - h / 2), w, h, rotation: 0 };
  }

  #show(boxes: ReadonlyMap<number, Box>, draft: Box | null, step?: Step): void {
    const { view } = this.#store;
    view.preview.value = { boxes, draft, text: this.#text(boxes, draft, step) };
  }

  #text(boxes: ReadonlyMap<number, Box>, draft: Box | null, step?: Step): string {
    const [box] = boxes.values();
    if (draft !== null) {
      return draftText(this.#store, draft);
    }
    if (box === undefined || step === undefined || step.kind === "move") {
      return moveText([...this.#before.values()], [...boxes.values()]);
    }
    return step.kind === "grow" ? sizeText(box) : turnText(box);
  }
}

function stepped(
  boxes: readonly Box[],
  step: Step,
  size: { width: number; height: number },
): Box[] {
  switch (step.kind) {
    case "move":
      return moveWithin(boxes, step.x, step.y, size);
    case "grow":
      return boxes.map((box) => keepWithin(grown(box, step.x, step.y), size));
    case "turn":
      return boxes.map((box) => keepWithin(turned(box, step.by), size));
  }
}

/** The right and the lower side moved, the corner between the other two in place. */
function grown(box: Box, dx: number, dy: number): Box {
  const origin = { x: 0, y: 0 };
  return dragHandle(box, "se", origin, rotateBy(origin, dx, dy, box.rotation));
}

function turned(box: Box, degrees: number): Box {
  return { ...box, rotation: normalizeRotation(box.rotation + degrees) };
}
