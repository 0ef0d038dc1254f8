import type { App } from "../actions/app.ts";
import {
  addLabel,
  chooseLabel,
  labelBlocked,
  labelsLocked,
  type Placed,
  placedLabels,
} from "../actions/labels.ts";
import { Chooser, type Option } from "./Chooser.tsx";
import { useApp } from "./chrome.ts";
import { inColour } from "./parts.tsx";

/** Labels to search in, for new boxes or for the selected tracks; what is not there can be added. */
export function LabelPicker() {
  const app = useApp();
  const { picker } = app.view;
  return (
    picker.value && (
      <Chooser
        label="Find a label"
        placeholder="Label of new boxes, or of the selected tracks"
        list="Labels"
        options={placedLabels(app).map((placed) => optionOf(app, placed))}
        offer={(typed) => offerOf(app, typed)}
        onClose={() => {
          picker.value = false;
        }}
      />
    )
  );
}

function optionOf(app: App, { label, depth, key }: Placed): Option {
  const { name, parent } = label;
  const draw = (
    <>
      <span style={{ width: `${16 * depth}px` }} />
      <span class="sw" style={inColour(app, name)} />
      <span class="nm">{name}</span>
      <span class="r sp">{app.derived.counts.value.get(name) ?? ""}</span>
      {key !== null && <kbd class="key">{key.toUpperCase()}</kbd>}
    </>
  );
  const run = () => chooseLabel(app, name);
  return {
    id: `label-of-${name}`,
    text: `${name} ${parent ?? ""}`,
    blocked: labelBlocked(app),
    draw,
    run,
  };
}

/** Adding what was typed, where no label has that name. */
function offerOf(app: App, typed: string): Option | null {
  const { labels } = app.document.annotation.value;
  if (typed === "" || labels.some(({ name }) => name === typed)) {
    return null;
  }
  const blocked = labelsLocked(app);
  const draw = (
    <>
      <span class="nm">Add the label '{typed}'</span>
      <span class="r sp">{blocked}</span>
    </>
  );
  return { id: "add-label", text: typed, blocked, draw, run: () => addLabel(app, typed) };
}
