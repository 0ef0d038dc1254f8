import { announce } from "../actions/app.ts";
import { chooseLabel, type LabelAction, labelTitle } from "../actions/labels.ts";
import { blockedBy, withKey } from "../actions/registry.ts";
import { Bar } from "./Bar.tsx";
import { ActionButton } from "./Button.tsx";
import { useApp, useChrome } from "./chrome.ts";
import { Field } from "./Field.tsx";
import { Check, Sliders } from "./Picture.tsx";
import { Heading, inColour } from "./parts.tsx";

/** The labels to choose from: a column beside the stage, a row above it where it is narrow. */
export function Labels() {
  const { app, layout } = useChrome();
  const { labels } = app.document.annotation.value;
  const compact = layout.compact.value;
  return (
    <div class={compact ? "chips" : "rail"}>
      {!compact && <Heading text="Labels" count={labels.length} />}
      {labels.length === 0 ? (
        <NoLabels />
      ) : (
        <Bar class="chip-list" role="radiogroup" label="Labels">
          {labels.map(({ name }, index) => (
            <Chip key={name} name={name} index={index} compact={compact} />
          ))}
        </Bar>
      )}
      {!compact && (
        <>
          <div class="bt">
            <Check id="single" text="This frame only" />
          </div>
          <div class="bt picture">
            <Heading text="Picture">
              <ActionButton id="bypass" small>
                <span class="key">B</span>
              </ActionButton>
            </Heading>
            <Sliders />
            <Check id="ghosts" />
            <Check id="tags" />
          </div>
        </>
      )}
    </div>
  );
}

function Chip({ name, index, compact }: { name: string; index: number; compact: boolean }) {
  const app = useApp();
  const { derived } = app;
  const chosen = derived.label.value?.name === name;
  const id = `label-${index + 1}` as LabelAction;
  const keyed = index < 9;
  const title = labelTitle(app, name);
  return (
    <button
      type="button"
      role="radio"
      class={chosen ? "chip on" : "chip"}
      style={inColour(app, name)}
      title={keyed ? withKey(title, id) : title}
      aria-label={name}
      aria-checked={chosen}
      aria-keyshortcuts={keyed ? `${index + 1}` : undefined}
      disabled={keyed && blockedBy(app, id) !== null}
      onClick={() => chooseLabel(app, name)}
    >
      {keyed && <span class="key">{index + 1}</span>}
      <span class="sw" />
      <span class="nm">{name}</span>
      {!compact && <span class="n">{derived.counts.value.get(name) ?? "–"}</span>}
    </button>
  );
}

function NoLabels() {
  const app = useApp();
  const add = (name: string) => {
    if (name !== "" && app.commit({ kind: "add_label", label: { name } })) {
      announce(app, `Label: ${name}`);
    }
  };
  return (
    <div class="empty">
      <span>No labels. Pass labels=[...] or type one here.</span>
      <Field
        label="New label"
        value=""
        numeric={false}
        disabled={app.view.readOnly.value}
        onCommit={add}
      />
    </div>
  );
}
