import { announce } from "../actions/app.ts";
import { chooseLabel, type LabelAction, labelTitle } from "../actions/labels.ts";
import { ACTIONS, isEnabled, perform, tooltip, withKey } from "../actions/registry.ts";
import { cssColour } from "../store/colours.ts";
import { Bar } from "./Bar.tsx";
import { useApp, useChrome } from "./chrome.ts";
import { Field } from "./Field.tsx";
import { Icon } from "./icons.tsx";
import { h } from "./vdom/h.ts";

/** The labels to choose from: a column beside the stage, a row above it where it is narrow. */
export function Labels() {
  const { app, layout } = useChrome();
  const { labels } = app.store.document.annotation.value;
  const chips = labels.map((label, index) => (
    <Chip key={label.name} name={label.name} index={index} />
  ));
  const body =
    labels.length === 0 ? (
      <NoLabels />
    ) : (
      <Bar class="chip-list" role="radiogroup" label="Labels">
        {chips}
      </Bar>
    );
  return layout.compact.value ? (
    <div class="chips">{body}</div>
  ) : (
    <div class="rail">
      <div class="hd">
        <span>Labels</span>
        <span class="n">{labels.length}</span>
      </div>
      {body}
      <div class="bt rail-foot">
        <TagsCheck />
      </div>
    </div>
  );
}

function Chip({ name, index }: { name: string; index: number }) {
  const { app, layout } = useChrome();
  const { derived } = app.store;
  const chosen = derived.label.value?.name === name;
  const id = `label-${index + 1}` as LabelAction;
  const keyed = index < 9;
  const title = labelTitle(app, name);
  return (
    <button
      type="button"
      role="radio"
      class={chosen ? "chip on" : "chip"}
      style={{ "--c": cssColour(derived.colours.value.get(name), "c") }}
      title={keyed ? withKey(title, id) : title}
      aria-label={name}
      aria-checked={chosen}
      aria-keyshortcuts={keyed ? String(index + 1) : undefined}
      disabled={keyed && !isEnabled(app, id)}
      onClick={() => chooseLabel(app, name)}
    >
      {keyed && <span class="key">{index + 1}</span>}
      <span class="sw" />
      <span class="nm">{name}</span>
      {!layout.compact.value && <span class="ct">{derived.counts.value.get(name) ?? "–"}</span>}
    </button>
  );
}

function NoLabels() {
  const app = useApp();
  const { view } = app.store;
  const add = (name: string) => {
    if (name !== "" && app.store.commit({ kind: "add_label", label: { name } })) {
      view.label.value = name;
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
        placeholder="car"
        disabled={view.readOnly.value}
        onCommit={add}
      />
    </div>
  );
}

function TagsCheck() {
  const app = useApp();
  const on = ACTIONS.tags.pressed?.(app) ?? false;
  return (
    <button
      type="button"
      role="checkbox"
      class="row"
      aria-checked={on}
      title={tooltip(app, "tags")}
      onClick={() => perform(app, "tags")}
    >
      <span class={on ? "ck on" : "ck"}>{on && <Icon name="check" />}</span>
      <span>Box tags</span>
    </button>
  );
}
