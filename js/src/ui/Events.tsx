import { attributeText } from "../actions/attributes.ts";
import {
  addEventLabel,
  changeEvent,
  chooseEventLabel,
  chosenEvent,
  eventLabel,
  eventLabels,
  showEvent,
} from "../actions/events.ts";
import { labelsLocked } from "../actions/labels.ts";
import { rangeText } from "../actions/text.ts";
import { labelNamed } from "../core/annotation.ts";
import type { AnnotationEvent } from "../core/events.ts";
import type { Attribute } from "../core/labels.ts";
import type { AttributeValue } from "../core/track.ts";
import { AttributeField } from "./AttributeField.tsx";
import { ActionButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { Field, NumberField } from "./Field.tsx";
import { Icon } from "./icons.tsx";
import { Menu } from "./Menu.tsx";
import { EVENT_MENU } from "./menus.ts";
import { Heading, inColour, Line, Select } from "./parts.tsx";
import { Rows } from "./Rows.tsx";

/** What an event of a label without attributes can say. */
const TEXT: Attribute = { name: "text", type: "text", choices: [], default: null, per: "track" };

/** Labelled spans of frames: what a new one is, the list, the selected one. */
export function Events() {
  const app = useApp();
  const { events } = app.document.annotation.value;
  const labels = eventLabels(app);
  const chosen = chosenEvent(app);
  return (
    <section class="events" aria-label="Events">
      <Heading class="bt" text="Events" count={events.length}>
        <ActionButton id="event" small />
        <Menu class="b s" title="More on events" items={EVENT_MENU} up>
          <Icon name="more" />
        </Menu>
      </Heading>
      <Line label="Label">
        {labels.length > 0 && (
          <Select
            label="Event label"
            title="Label of new events and of the selected one (Shift+1-9)"
            value={chosen?.label ?? eventLabel(app)?.name ?? ""}
            options={labels.map(({ name }) => [name, name])}
            disabled={app.view.readOnly.value}
            onChoose={(name) => chooseEventLabel(app, name)}
          />
        )}
        <Field
          label="New event label"
          title={labelsLocked(app) ?? "Type a label for events, then Enter"}
          prefix="new"
          value=""
          numeric={false}
          disabled={labelsLocked(app) !== null}
          onCommit={(name) => addEventLabel(app, name)}
        />
      </Line>
      <EventList />
      {chosen && <EventDetails event={chosen} />}
    </section>
  );
}

function EventList() {
  const app = useApp();
  const events = [...app.document.annotation.value.events].sort(
    (a, b) => a.start - b.start || a.id - b.id,
  );
  const chosen = app.view.event.value;
  return (
    <Rows
      class="ev-list"
      row={20}
      count={events.length}
      current={events.findIndex(({ id }) => id === chosen)}
      render={(index) => {
        const event = events[index];
        return (
          event && (
            <button
              key={event.id}
              type="button"
              class={event.id === chosen ? "sg on" : "sg"}
              title={`Go to frame ${event.start}`}
              style={inColour(app, event.label)}
              onClick={() => showEvent(app, event)}
            >
              <span class="sw" />
              <span class="nm">{event.label}</span>
              <span class="k">
                {event.start} – {event.stop - 1}
              </span>
            </button>
          )
        );
      }}
    />
  );
}

function EventDetails({ event }: { event: AnnotationEvent }) {
  const app = useApp();
  const { document, derived, view } = app;
  const count = derived.video.value.frame_count;
  const declared = labelNamed(document.annotation.value, event.label)?.attributes ?? [];
  const disabled = view.readOnly.value;
  const frame = (value: number) => Math.max(0, Math.min(Math.round(value), count - 1));
  const span = (start: number, stop: number) =>
    changeEvent(
      app,
      event,
      { start, stop },
      `${event.label} is on ${rangeText(start, stop, count)}.`,
    );
  return (
    <>
      <Line label="Frames">
        <NumberField
          label="First frame of the event"
          value={event.start}
          disabled={disabled}
          onCommit={(value) => span(frame(value), Math.max(event.stop, frame(value) + 1))}
        />
        <NumberField
          label="Last frame of the event"
          value={event.stop - 1}
          disabled={disabled}
          onCommit={(value) => span(Math.min(event.start, frame(value)), frame(value) + 1)}
        />
        <ActionButton id="event-delete" icon="delete-track" small />
      </Line>
      <Line label="Tracks">
        <span class="cut">{event.tracks.map((id) => `#${id}`).join(", ") || "none"}</span>
        <ActionButton id="event-link" icon="group" small />
      </Line>
      {(declared.length > 0 ? declared : [TEXT]).map((attribute) => (
        <EventAttribute key={attribute.name} event={event} attribute={attribute} />
      ))}
    </>
  );
}

function EventAttribute({ event, attribute }: { event: AnnotationEvent; attribute: Attribute }) {
  const app = useApp();
  const { name } = attribute;
  const set = (value: AttributeValue | null) => {
    const attributes = new Map(event.attributes);
    if (value === null) {
      attributes.delete(name);
    } else {
      attributes.set(name, value);
    }
    const text = attributeText(value) || "not set";
    changeEvent(app, event, { attributes }, `${name} of ${event.label}: ${text}.`);
  };
  return (
    <AttributeField
      attribute={attribute}
      value={event.attributes.get(name) ?? attribute.default}
      disabled={app.view.readOnly.value}
      onSet={set}
    />
  );
}
