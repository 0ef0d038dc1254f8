import type { Attribute } from "../core/labels.ts";
import type { AttributeValue, Track } from "../core/track.ts";
import { type Action, type App, act, announce, type Reason, tell } from "./app.ts";
import { declaredOf, setAttribute } from "./attributes.ts";
import { lockedOut } from "./change.ts";
import { enterField } from "./focus.ts";
import { trackText } from "./text.ts";

/** The attribute that is asked for, of an object that has some. */
export type Walk = {
  track: Track;
  attributes: readonly Attribute[];
  /** Which of them. */
  index: number;
  attribute: Attribute;
};

/** Where a person is who goes through attributes; null who does not, or has selected nothing that has any. */
export function walkOf(app: App): Walk | null {
  const name = app.view.walking.value;
  const track = app.derived.selected.value;
  if (name === null || track === null) {
    return null;
  }
  const attributes = declaredOf(app, track);
  const index = Math.max(
    0,
    attributes.findIndex((each) => each.name === name),
  );
  const attribute = attributes[index];
  return attribute ? { track, attributes, index, attribute } : null;
}

/** The values that there are to choose from, in the order of the digits; none for texts and numbers. */
export function valuesOf({ type, choices }: Attribute): readonly AttributeValue[] {
  return type === "boolean" ? [true, false] : choices;
}

/** The name by which the field of a text or a number is found. */
export function fieldName({ attribute, track }: Walk): string {
  return `${attribute.name} of ${trackText(track)}`;
}

/** Let a key go through attributes; false when it is none of those, or nobody does. */
export function pressWalk(app: App, chord: string): boolean {
  const walk = walkOf(app);
  const values = walk ? valuesOf(walk.attribute) : [];
  if (walk === null) {
    return false;
  }
  if (chord === "ArrowUp" || chord === "ArrowDown") {
    toAttribute(app, walk, chord === "ArrowUp" ? -1 : 1);
  } else if (chord === "Tab" || chord === "Shift+Tab") {
    toObject(app, walk, chord === "Tab" ? 1 : -1);
  } else if (chord === "Enter" && values.length === 0) {
    enterField(app.root, fieldName(walk));
  } else if (chord === "Backspace") {
    give(app, walk, null);
  } else if (/^[1-9]$/.test(chord)) {
    const value = values[Number(chord) - 1];
    if (value !== undefined) {
      give(app, walk, value);
    }
  } else {
    return false;
  }
  return true;
}

/** Give the attribute a value, or say why not. */
export function give(app: App, walk: Walk, value: AttributeValue | null): void {
  const reason = lockedOut(app);
  if (reason === null) {
    setAttribute(app, walk.track, walk.attribute, value);
  } else {
    tell(app, reason);
  }
}

/** Go to the attribute after this one, or before it, round and round. */
function toAttribute(app: App, { attributes, index }: Walk, by: number): void {
  const next = attributes.at((index + by) % attributes.length);
  if (next) {
    app.view.walking.value = next.name;
    announce(app, next.name);
  }
}

/** Go to the next object on this frame that has attributes, or the one before. */
function toObject(app: App, { track }: Walk, by: number): void {
  const here = walkable(app);
  const at = here.findIndex(({ id }) => id === track.id);
  const next = here.at(at < 0 ? 0 : (at + by) % here.length);
  if (next && next.id !== track.id) {
    app.view.selection.value = new Set([next.id]);
    announce(app, trackText(next));
  } else {
    announce(app, "No other object here has attributes");
  }
}

/** The objects on this frame that have attributes, in the order of their lanes. */
function walkable(app: App): Track[] {
  const { active, resting, lanes } = app.derived;
  const here = new Set([...active.value, ...resting.value].map(({ track }) => track.id));
  return lanes.value.filter((track) => here.has(track.id) && declaredOf(app, track).length > 0);
}

function start(app: App): void {
  const { view, derived } = app;
  const selected = derived.selected.peek();
  const track =
    selected && declaredOf(app, selected).length > 0 ? selected : (walkable(app)[0] ?? null);
  const attribute = track && declaredOf(app, track)[0];
  if (track && attribute) {
    view.selection.value = new Set([track.id]);
    view.walking.value = attribute.name;
    announce(app, `${trackText(track)}: ${attribute.name}`);
  }
}

const nobody: Reason = (app) => {
  const { selected } = app.derived;
  const some = selected.value && declaredOf(app, selected.value).length > 0;
  return some || walkable(app).length > 0
    ? null
    : "No object on this frame has attributes: give its label some, boxreel.Label(name, attributes=[...]).";
};

/** Going through the attributes of objects by keys. */
export const WALK = {
  walk: {
    ...act(
      (app) => (walkOf(app) === null ? "Go through attributes" : "Leave attributes"),
      (app) => {
        if (walkOf(app) === null) {
          start(app);
        } else {
          app.view.walking.value = null;
        }
      },
      { blocked: (app) => (walkOf(app) === null ? nobody(app) : null) },
    ),
    pressed: (app) => walkOf(app) !== null,
  },
} satisfies Record<string, Action>;
