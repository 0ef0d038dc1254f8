import { attributeText } from "../actions/attributes.ts";
import { type Attribute, misfit } from "../core/labels.ts";
import type { AttributeValue } from "../core/track.ts";
import { useApp } from "./chrome.ts";
import { Field, numberOf } from "./Field.tsx";
import { Line, Select } from "./parts.tsx";

type Props = {
  attribute: Attribute;
  value: AttributeValue | null;
  disabled: boolean;
  /** Called with a value that suits the attribute, null to clear it. */
  onSet(value: AttributeValue | null): void;
};

/** A line for an attribute: a field for text and numbers, a list box for what there is to choose. */
export function AttributeField(props: Props) {
  const { name } = props.attribute;
  return (
    <Line label={name}>
      <ValueField {...props} label={name} />
    </Line>
  );
}

/** The field alone, by the name it is found by. */
export function ValueField({
  attribute,
  label,
  value,
  disabled,
  onSet,
}: Props & { label: string }) {
  const app = useApp();
  const { name, type, choices } = attribute;
  const commit = (text: string) => {
    const given = valueFrom(type, text);
    const wrong = given === null ? null : misfit(attribute, given);
    if (wrong === null) {
      onSet(given);
    } else {
      app.notify("warning", `${name}: ${wrong}`);
    }
  };
  const shared = { label, value: attributeText(value), disabled };
  const options = type === "boolean" ? ["yes", "no"] : choices;
  return options.length > 0 ? (
    <Select
      {...shared}
      options={["", ...options].map((choice) => [choice, choice || "not set"])}
      onChoose={commit}
    />
  ) : (
    <Field {...shared} numeric={type === "number"} onCommit={commit} />
  );
}

/** The value of a typed or chosen text; null clears the attribute. */
function valueFrom(type: Attribute["type"], text: string): AttributeValue | null {
  if (text === "") {
    return null;
  }
  if (type === "boolean") {
    return text === "yes";
  }
  return type === "number" ? (numberOf(text) ?? text) : text;
}
