import { attributeText, setAttribute } from "../actions/attributes.ts";
import { lockedOut } from "../actions/change.ts";
import { trackText } from "../actions/text.ts";
import { fieldName, give, valuesOf, type Walk, walkOf } from "../actions/walk.ts";
import { attributeAt } from "../core/track.ts";
import { ValueField } from "./AttributeField.tsx";
import { useApp } from "./chrome.ts";
import { inTrackColour } from "./parts.tsx";

/** On top of the stage while a person goes through attributes: the one that is asked for, and its values. */
export function WalkStrip() {
  const app = useApp();
  const walk = walkOf(app);
  if (walk === null) {
    return null;
  }
  const { track, attribute, attributes, index } = walk;
  return (
    <div
      class="walk"
      role="group"
      aria-label={`Attributes of ${trackText(track)}`}
      style={inTrackColour(app, track)}
    >
      <span class="sw" />
      <b>{trackText(track)}</b>
      <span class="nm">{attribute.name}</span>
      <span class="mut">
        {index + 1} of {attributes.length}
      </span>
      <Values walk={walk} />
      <span class="mut">
        <span class="key">Up</span> <span class="key">Down</span> attribute{" "}
        <span class="key">Tab</span> object
        {valuesOf(attribute).length === 0 && (
          <>
            {" "}
            <span class="key">Enter</span> type
          </>
        )}
      </span>
    </div>
  );
}

function Values({ walk }: { walk: Walk }) {
  const app = useApp();
  const { track, attribute } = walk;
  const now = attributeAt(track, attribute.name, app.view.frame.value);
  const values = valuesOf(attribute);
  if (values.length === 0) {
    return (
      <ValueField
        attribute={attribute}
        label={fieldName(walk)}
        value={now}
        disabled={lockedOut(app) !== null}
        onSet={(value) => setAttribute(app, track, attribute, value)}
      />
    );
  }
  return (
    <>
      {values.map((value, at) => (
        <button
          key={String(value)}
          type="button"
          class="b s line"
          aria-pressed={value === now}
          disabled={lockedOut(app) !== null}
          onClick={() => give(app, walk, value === now ? null : value)}
        >
          {at < 9 && <span class="key">{at + 1}</span>}
          {attributeText(value)}
        </button>
      ))}
    </>
  );
}
