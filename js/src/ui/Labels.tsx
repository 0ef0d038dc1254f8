import { announce } from "../actions/app.ts";
import { keyText } from "../actions/keymap.ts";
import {
  chooseLabel,
  labelBlocked,
  labelsLocked,
  labelTitle,
  type Placed,
  placedLabels,
} from "../actions/labels.ts";
import { Bar } from "./Bar.tsx";
import { ActionButton } from "./Button.tsx";
import { useApp, useChrome } from "./chrome.ts";
import { Field } from "./Field.tsx";
import { Check, FillSlider, ShowMenu, Sliders } from "./Picture.tsx";
import { Heading, inColour } from "./parts.tsx";
import { ReviewChips, ReviewRail } from "./ReviewRail.tsx";

/** The labels to choose from: a column beside the stage, a row above it where it is narrow. */
export function Labels() {
  const { app, layout } = useChrome();
  const labels = placedLabels(app);
  const compact = layout.compact.value;
  if (app.derived.review.value !== null) {
    return compact ? <ReviewChips /> : <ReviewRail />;
  }
  return (
    <div class={compact ? "chips" : "rail"}>
      {!compact && (
        <Heading text="Labels" count={labels.length}>
          <ActionButton id="labels" icon="find" small />
          <ActionButton id="edit-labels" icon="more" small />
        </Heading>
      )}
      {labels.length === 0 ? (
        <NoLabels />
      ) : (
        <Bar class="chip-list" role="radiogroup" label="Labels">
          {labels.map((placed) => (
            <Chip key={placed.label.name} placed={placed} compact={compact} />
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
                <span class="key">{keyText(app, "bypass")}</span>
              </ActionButton>
              <ShowMenu />
            </Heading>
            <Sliders />
            <FillSlider />
            <Check id="ghosts" />
            <Check id="tags" />
          </div>
        </>
      )}
    </div>
  );
}

function Chip({ placed, compact }: { placed: Placed; compact: boolean }) {
  const app = useApp();
  const { derived } = app;
  const { label, depth, key } = placed;
  const { name } = label;
  const chosen = derived.label.value?.name === name;
  const shown = key?.toUpperCase();
  const title = labelTitle(app, name);
  return (
    <button
      type="button"
      role="radio"
      class={chosen ? "chip on" : "chip"}
      style={inColour(app, name)}
      title={shown ? `${title} (${shown})` : title}
      aria-label={name}
      aria-checked={chosen}
      aria-keyshortcuts={shown}
      disabled={labelBlocked(app) !== null}
      onClick={() => chooseLabel(app, name)}
    >
      {!compact && depth > 0 && <span style={{ width: `${12 * depth - 8}px` }} />}
      {shown && <span class="key">{shown}</span>}
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
        disabled={labelsLocked(app) !== null}
        onCommit={add}
      />
    </div>
  );
}
