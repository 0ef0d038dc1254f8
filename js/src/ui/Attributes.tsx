import { did } from "../actions/app.ts";
import { lockedOut, range } from "../actions/change.ts";
import { labelNamed } from "../core/annotation.ts";
import { type Attribute, misfit } from "../core/labels.ts";
import { type AttributeValue, attributeAt, type Track } from "../core/track.ts";
import { useApp } from "./chrome.ts";
import { Field, numberOf } from "./Field.tsx";
import { Heading, Line, Select } from "./parts.tsx";

/** The attributes that the track's label declares, as they are on the frame shown. */
export function Attributes({ track }: { track: Track }) {
  const { document } = useApp();
  const attributes = labelNamed(document.annotation.value, track.label)?.attributes ?? [];
  return (
    attributes.length > 0 && (
      <>
        <Heading class="bt gap" text="Attributes" />
        {attributes.map((attribute) => (
          <AttributeLine key={attribute.name} track={track} attribute={attribute} />
        ))}
      </>
    )
  );
}

function AttributeLine({ track, attribute }: { track: Track; attribute: Attribute }) {
  const app = useApp();
  const { name, type, per } = attribute;
  const frame = app.view.frame.value;
  const disabled = lockedOut(app) !== null;
  const commit = (text: string) => {
    const value = attributeValue(type, text);
    const wrong = value === null ? null : misfit(attribute, value);
    if (wrong !== null) {
      app.notify("warning", `${name}: ${wrong}`);
      return;
    }
    const stop = track.attributes.get(name)?.find(([at]) => at > frame)?.[0];
    const span = per === "track" ? {} : { start: frame, ...(stop !== undefined && { stop }) };
    if (app.commit({ kind: "set_attribute", track: track.id, name, value, ...span })) {
      const where = per === "track" ? "all frames" : range(app, frame, stop);
      did(app, `${name} of #${track.id}: ${text || "not set"} on ${where}.`);
    }
  };
  const shown = attributeText(attributeAt(track, name, frame) ?? attribute.default);
  const choices = type === "boolean" ? ["yes", "no"] : attribute.choices;
  return (
    <Line label={name}>
      {choices.length > 0 ? (
        <Select
          label={name}
          value={shown}
          options={["", ...choices].map((choice) => [choice, choice || "not set"])}
          disabled={disabled}
          onChoose={commit}
        />
      ) : (
        <Field
          label={name}
          value={shown}
          numeric={type === "number"}
          disabled={disabled}
          onCommit={commit}
        />
      )}
    </Line>
  );
}

function attributeText(value: AttributeValue | null): string {
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value ?? "");
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
