import { did } from "../actions/app.ts";
import { attributeText, declaredOf, setAttribute } from "../actions/attributes.ts";
import { lockedOut } from "../actions/change.ts";
import type { Attribute } from "../core/labels.ts";
import { type AttributeValue, attributeAt, type Track } from "../core/track.ts";
import { AttributeField } from "./AttributeField.tsx";
import { useApp } from "./chrome.ts";
import { Heading } from "./parts.tsx";

type Props = { track: Track; per: Attribute["per"] };

/** The attributes that the track's label declares: those of the whole track, or those of the frame shown. */
export function Attributes({ track, per }: Props) {
  return declaredOf(useApp(), track)
    .filter((attribute) => attribute.per === per)
    .map((attribute) => (
      <TrackAttribute key={attribute.name} track={track} attribute={attribute} />
    ));
}

function TrackAttribute({ track, attribute }: { track: Track; attribute: Attribute }) {
  const app = useApp();
  return (
    <AttributeField
      attribute={attribute}
      value={attributeAt(track, attribute.name, app.view.frame.value)}
      disabled={lockedOut(app) !== null}
      onSet={(value) => setAttribute(app, track, attribute, value)}
    />
  );
}

/** What is said of the whole clip, shown where no track is. */
export function ClipAttributes() {
  const app = useApp();
  const { attributes, declared } = app.document.annotation.value;
  const free = [...attributes.keys()].filter(
    (name) => !declared.some((each) => each.name === name),
  );
  const shown = [...declared, ...free.map(freeAttribute)];
  const set = (name: string, value: AttributeValue | null) => {
    if (app.commit({ kind: "set_clip_attribute", name, value })) {
      did(app, `${name} of the clip: ${attributeText(value) || "not set"}.`);
    }
  };
  return (
    shown.length > 0 && (
      <>
        <Heading text="Clip" />
        {shown.map((attribute) => (
          <AttributeField
            key={attribute.name}
            attribute={attribute}
            value={attributes.get(attribute.name) ?? null}
            disabled={app.view.readOnly.value}
            onSet={(value) => set(attribute.name, value)}
          />
        ))}
      </>
    )
  );
}

/** An attribute that nobody declared takes any text. */
function freeAttribute(name: string): Attribute {
  return { name, type: "text", choices: [], default: null, per: "track" };
}
