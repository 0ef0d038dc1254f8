import { nextId } from "../core/annotation.ts";
import type { TrackJson } from "../core/json.ts";
import { startingSteps } from "../core/labels.ts";
import { type Box, boxToJson } from "../core/shapes/box.ts";
import type { Span } from "../core/track.ts";
import type { Store } from "../store/store.ts";

/** The frames that a new box lives on: the selected range, the frame shown, or from here to the end. */
function lifetime({ view, derived }: Store): Span {
  const start = view.frame.value;
  const stop = view.single.value ? start + 1 : derived.video.value.frame_count;
  return view.range.value ?? { start, stop };
}

/** The lifetime in words; empty where it is to the end of the clip. */
export function lifetimeText(store: Store): string {
  const { start, stop } = lifetime(store);
  if (store.view.range.value === null && stop === store.derived.video.value.frame_count) {
    return "";
  }
  return stop === start + 1 ? `frame ${start} only` : `frames ${start} to ${stop - 1}`;
}

/** A track with one box on a range of frames. */
export function trackOf(
  store: Store,
  box: Box,
  { id, label }: Pick<TrackJson, "id" | "label">,
): TrackJson {
  const { start, stop } = lifetime(store);
  const at = { frame: start, box: boxToJson(box) };
  const ends = stop < store.derived.video.peek().frame_count;
  return { id, label, keyframes: ends ? [at, { ...at, frame: stop, outside: true }] : [at] };
}

/** The label of the box that is being drawn, null when there is none. */
export function draftLabel({ view, derived }: Store): string | null {
  const label = view.tool.value === "redraw" ? derived.selected.value : null;
  return label?.label ?? derived.label.value?.name ?? null;
}

/** Make the drawn box a track, or the selected track's box; false when that cannot be done. */
export function commitDraft(store: Store, box: Box): boolean {
  const { view, derived, document } = store;
  const track = derived.selected.peek();
  const frame = view.frame.peek();
  if (view.tool.peek() === "redraw" && track !== null) {
    return store.commit({ kind: "set_keyframe", track: track.id, frame, box: boxToJson(box) });
  }
  const label = derived.label.peek();
  if (label === null) {
    store.notify("warning", "No labels. Pass labels=[...] or type one in the list of labels.");
    return false;
  }
  const id = nextId(document.annotation.peek());
  const steps = startingSteps(label);
  const made = store.commit({
    kind: "add_track",
    track: {
      ...trackOf(store, box, { id, label: label.name }),
      ...(steps.size > 0 && { attributes: Object.fromEntries(steps) }),
    },
  });
  if (made) {
    view.selection.value = new Set([id]);
    sayLifetime(store, `#${id} ${label.name}`, frame);
  }
  return made;
}

/** Say where a new track lives, when that is not what one sees: a range, or not this frame. */
function sayLifetime(store: Store, name: string, frame: number): void {
  const { start, stop } = lifetime(store);
  if (store.view.range.peek() !== null) {
    const away = frame < start || frame >= stop ? ", not on this one" : "";
    store.notify("info", `${name} lives on ${lifetimeText(store)}, the selected range${away}.`);
  }
}
