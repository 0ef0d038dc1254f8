import { nextId } from "../core/annotation.ts";
import type { Edit, SetKeyframe } from "../core/edits.ts";
import { boxAt } from "../core/interpolate.ts";
import type { StepsJson, TrackJson } from "../core/json.ts";
import { type Box, boxToJson, move } from "../core/shapes/box.ts";
import { stepValue, type Track } from "../core/track.ts";
import { trackOf } from "../tools/create.ts";
import { keepWithin } from "../tools/place.ts";
import { type Action, type App, act, did, tell, unselected, viewOnly } from "./app.ts";
import { keyText } from "./keymap.ts";
import { commitAll } from "./many.ts";
import { locked } from "./reasons.ts";

/** One box that was copied, and the object it is of. */
type Copied = { id: number; label: string; box: Box; attributes: StepsJson };

/** What was copied, and the labels it was copied from: those of one of the videos of a widget. */
type Clip = { document: object; item: number; boxes: readonly Copied[] };

/** How far a copy is put from what it would cover, in picture pixels. */
const ASIDE = 10;

const CLIPBOARD = Symbol.for("boxreel.clipboard");
/** The clipboard of all widgets of a page, each of which has a bundle of its own. */
const page = globalThis as { [CLIPBOARD]?: Clip };

/** Copying boxes from frame to frame, from object to object, from widget to widget. */
export const CLIP = {
  copy: act((app) => `Copy the box of ${names(app)}`, copy, { blocked: boxless }),
  paste: act("Paste the box here, as the same object", paste, { blocked: empty }),
  "paste-new": act("Paste the box here, as a new object", pasteNew, { blocked: empty }),
} satisfies Record<string, Action>;

function boxless(app: App): string | null {
  const missing = app.derived.active.value.length === 0 ? "Nothing selected has a box here." : null;
  return unselected(app) ?? missing;
}

function empty(app: App): string | null {
  const nothing = page[CLIPBOARD]
    ? null
    : `Nothing is copied: ${keyText(app, "copy")} copies a box.`;
  return viewOnly(app) ?? nothing;
}

function names({ view, derived }: App): string {
  const count = view.selection.value.size;
  const track = derived.selected.value;
  return count > 1 ? `${count} tracks` : track ? `#${track.id}` : "the track";
}

function copy(app: App): void {
  const frame = app.view.frame.peek();
  const boxes = app.derived.active.peek().map(
    ({ track, box }): Copied => ({
      id: track.id,
      label: track.label,
      box,
      attributes: attributesAt(track, frame),
    }),
  );
  page[CLIPBOARD] = { document: app.document, item: app.view.item.peek(), boxes };
  const [here, anew] = [keyText(app, "paste"), keyText(app, "paste-new")];
  tell(
    app,
    `Copied the box of ${names(app)}. ${here} pastes it on another frame, ${anew} as a new object.`,
  );
}

/** The attributes that a copied object has all along: those of the frame. */
function attributesAt({ attributes }: Track, frame: number): StepsJson {
  const values = [...attributes].flatMap(([name, steps]) => {
    const value = stepValue(steps, frame);
    return value === null ? [] : [[name, [[0, value]]] as const];
  });
  return Object.fromEntries(values);
}

/** Give the objects the copied boxes on the frame shown; those that are not here become new ones. */
function paste(app: App): void {
  const { document, view } = app;
  const frame = view.frame.peek();
  const { document: source, item, boxes = [] } = page[CLIPBOARD] ?? {};
  const isHere = source === document && item === view.item.peek();
  const tracks = isHere ? document.annotation.peek().tracks : new Map<number, Track>();
  const known = boxes.filter(({ id }) => tracks.has(id));
  for (const { id } of known) {
    const track = tracks.get(id);
    const refused = track ? locked(app, track) : null;
    if (refused !== null) {
      tell(app, refused);
      return;
    }
  }
  const changed = known.filter(({ id, box }) => !isAt(tracks.get(id), frame, box));
  if (changed.length === 0 && known.length === boxes.length) {
    tell(app, `The box is here already. ${keyText(app, "paste-new")} pastes it as a new object.`);
    return;
  }
  const edits = changed.map(
    ({ id: track, box }): SetKeyframe => ({
      kind: "set_keyframe",
      track,
      frame,
      box: boxToJson(box),
    }),
  );
  const strangers = boxes.filter(({ id }) => !tracks.has(id));
  finish(app, edits, newTracks(app, strangers));
}

function isAt(track: Track | undefined, frame: number, box: Box): boolean {
  const here = track && boxAt(track, frame);
  return here != null && `${boxToJson(here)}` === `${boxToJson(box)}`;
}

function pasteNew(app: App): void {
  finish(app, [], newTracks(app, page[CLIPBOARD]?.boxes ?? []));
}

/** The copied boxes as new objects, beside those that they would cover. */
function newTracks(app: App, boxes: readonly Copied[]): TrackJson[] {
  const { annotation } = app.document;
  const { width, height } = app.derived.video.peek();
  const labels = new Set(annotation.peek().labels.map(({ name }) => name));
  const here = [...app.derived.resting.peek(), ...app.derived.active.peek()];
  return boxes.map(({ label, box, attributes }, index) => {
    const covers = here.some((shape) => shape.box.x === box.x && shape.box.y === box.y);
    const placed = keepWithin(covers ? move(box, ASIDE, ASIDE) : box, { width, height });
    const own = labels.has(label);
    const name = own ? label : (app.derived.label.peek()?.name ?? label);
    const track = trackOf(app, placed, { id: nextId(annotation.peek()) + index, label: name });
    return own ? { ...track, attributes } : track;
  });
}

/** Make what was pasted one edit, select it, and say what it is. */
function finish(app: App, changes: readonly SetKeyframe[], added: readonly TrackJson[]): void {
  const adds = added.map((track): Edit => ({ kind: "add_track", track }));
  if (commitAll(app, [...changes, ...adds])) {
    const made = [
      ...changes.map(({ track, frame }) => `keyframe ${frame} of #${track}`),
      ...added.map(({ id, label }) => `new #${id} ${label}`),
    ];
    const ids = [...changes.map(({ track }) => track), ...added.map(({ id }) => id)];
    app.view.selection.value = new Set(ids);
    did(app, `Pasted: ${made.length > 3 ? `${made.length} boxes` : made.join(", ")}.`);
  }
}
