import { tell } from "../actions/app.ts";
import { rangeText } from "../actions/text.ts";
import { lockedOut } from "../actions/track.ts";
import { labelNamed } from "../core/annotation.ts";
import { type Attribute, misfit } from "../core/labels.ts";
import { type AttributeValue, attributeAt, type Track } from "../core/track.ts";
import { useApp } from "./chrome.ts";
import { Field, numberOf } from "./Field.tsx";
import { Icon } from "./icons.tsx";
import { Fragment, h } from "./vdom/h.ts";

/** The attributes that the track's label declares, as they are on the frame shown. */
export function Attributes({ track }: { track: Track }) {
  const { document } = useApp().store;
  const attributes = labelNamed(document.annotation.value, track.label)?.attributes ?? [];
  return attributes.length === 0 ? null : (
    <>
      <div class="hd bt gap">
        <span>Attributes</span>
      </div>
      {attributes.map((attribute) => (
        <AttributeRow key={attribute.name} track={track} attribute={attribute} />
      ))}
    </>
  );
}

function AttributeRow({ track, attribute }: { track: Track; attribute: Attribute }) {
  const app = useApp();
  const { view, derived, document } = { ...app.store };
  const { name, type, per } = attribute;
  const frame = view.frame.value;
  const value = attributeAt(track, name, frame) ?? attribute.default;
  const disabled = lockedOut(app) !== null;
  const commit = (next: AttributeValue | null) => {
    const wrong = next === null ? null : misfit(attribute, next);
    if (wrong !== null) {
      app.store.notify("warning", `${name}: ${wrong}`);
      return;
    }
    const steps = document.annotation.peek().tracks.get(track.id)?.attributes.get(name) ?? [];
    const stop = steps.find(([at]) => at > frame)?.[0];
    const span = per === "track" ? {} : { start: frame, ...(stop !== undefined && { stop }) };
    if (app.store.commit({ kind: "set_attribute", track: track.id, name, value: next, ...span })) {
      const count = derived.video.peek().frame_count;
      const where = per === "track" ? "all frames" : rangeText(frame, stop, count);
      tell(app, `${name} of #${track.id}: ${next ?? "not set"} on ${where}.`);
    }
  };
  const choices = type === "boolean" ? ["yes", "no"] : attribute.choices;
  const shown =
    value === null ? "" : value === true ? "yes" : value === false ? "no" : String(value);
  return (
    <div class="f">
      <span class="l" title={per === "track" ? `${name}, one for the whole track` : name}>
        {name}
      </span>
      <div class="v">
        {type === "choice" || type === "boolean" ? (
          <label class="fld ui pick">
            <select
              aria-label={name}
              value={shown}
              disabled={disabled}
              onChange={(event) => commit(attributeValue(type, event.currentTarget.value))}
            >
              <option value="">not set</option>
              {choices.map((choice) => (
                <option key={choice} value={choice}>
                  {choice}
                </option>
              ))}
            </select>
            <Icon name="chevron" small />
          </label>
        ) : (
          <Field
            label={name}
            value={shown}
            numeric={type === "number"}
            disabled={disabled}
            onCommit={(text) => commit(attributeValue(type, text))}
          />
        )}
      </div>
    </div>
  );
}

/** The value of a typed or chosen text; null clears the attribute. */
function attributeValue(type: Attribute["type"], text: string): AttributeValue | null {
  if (text === "") {
    return null;
  }
  if (type === "boolean") {
    return text === "yes";
  }
  return type === "number" ? (numberOf(text) ?? text) : text;
}
