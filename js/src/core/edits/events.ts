import type { Annotation } from "../annotation.ts";
import { EditError } from "../errors.ts";
import type { AnnotationEvent } from "../events.ts";
import { eventFromJson } from "../json.ts";
import { misfitSteps } from "../labels.ts";
import { refuse } from "./attributes.ts";
import { labelWith, trackWith, withEvents } from "./common.ts";
import type { AddEvent, RemoveEvent, SetEvent } from "./wire.ts";

/** Add an event under a free id. */
export function addEvent(annotation: Annotation, edit: AddEvent): Annotation {
  const event = eventFromJson(edit.event);
  if (annotation.events.some(({ id }) => id === event.id)) {
    throw new EditError(`there is an event ${event.id} already: give a free id`);
  }
  check(annotation, event);
  return { ...annotation, events: [...annotation.events, event] };
}

/** Put an event in place of the one of its id. */
export function setEvent(annotation: Annotation, edit: SetEvent): Annotation {
  const event = eventFromJson(edit.event);
  const old = eventWith(annotation, event.id);
  check(annotation, event, old);
  return same(event, old)
    ? annotation
    : withEvents(annotation, (known) => (known === old ? event : known));
}

/** Remove an event. */
export function removeEvent(annotation: Annotation, edit: RemoveEvent): Annotation {
  const old = eventWith(annotation, edit.event);
  return { ...annotation, events: annotation.events.filter((event) => event !== old) };
}

function eventWith({ events }: Annotation, id: number): AnnotationEvent {
  const event = events.find((known) => known.id === id);
  if (event === undefined) {
    const ids = events.slice(0, 10).map((known) => known.id);
    throw new EditError(`no event ${id}: events are ${ids.join(", ") || "none"}`);
  }
  return event;
}

/** Throws EditError unless an event suits the rest; values that `old` has already are not looked at. */
function check(annotation: Annotation, event: AnnotationEvent, old?: AnnotationEvent): void {
  const { id, start, stop, tracks, attributes } = event;
  if (!Number.isSafeInteger(id) || id < 1) {
    throw new EditError(`the id of an event is ${id}, which is not a positive integer`);
  }
  const whole = Number.isSafeInteger(start) && Number.isSafeInteger(stop);
  if (!whole || start < 0 || start >= stop) {
    throw new EditError(
      `event ${id} has the frames [${start}, ${stop}): stop is the first frame after it and must lie after start`,
    );
  }
  if (stop > annotation.video.frame_count) {
    throw new EditError(
      `event ${id} stops at ${stop}: the video has ${annotation.video.frame_count} frames`,
    );
  }
  if (new Set(tracks).size < tracks.length) {
    throw new EditError(`event ${id} names a track twice: ${tracks.join(", ")}`);
  }
  for (const track of tracks) {
    trackWith(annotation, track);
  }
  const label = labelWith(annotation, event.label);
  for (const [name, value] of attributes) {
    if (old?.attributes.get(name) !== value) {
      const whose = `label ${JSON.stringify(label.name)}`;
      refuse(misfitSteps(label.attributes, whose, name, [[0, value]]));
    }
  }
}

function same(a: AnnotationEvent, b: AnnotationEvent): boolean {
  return (
    a.label === b.label &&
    a.start === b.start &&
    a.stop === b.stop &&
    a.tracks.join() === b.tracks.join() &&
    a.attributes.size === b.attributes.size &&
    [...a.attributes].every(([name, value]) => b.attributes.get(name) === value)
  );
}
