import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { did } from "../actions/app.ts";
import { actionOf } from "../actions/keymap.ts";
import { labelsLocked, placedLabels, usersOf } from "../actions/labels.ts";
import { ACTIONS, perform } from "../actions/registry.ts";
import { labelNamed } from "../core/annotation.ts";
import { labelToJson } from "../core/json.ts";
import type { Label } from "../core/labels.ts";
import { PlainButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { Field } from "./Field.tsx";
import { Heading, inColour, Line, Select } from "./parts.tsx";

/** A label's name, colour, key and place, and what becomes of its tracks when it goes. */
export function LabelEditor() {
  return useApp().view.labelEditor.value && <Sheet />;
}

function Sheet() {
  const app = useApp();
  const host = useRef<HTMLDivElement>(null);
  const chosen = useSignal(app.derived.label.peek()?.name ?? "");
  const annotation = app.document.annotation.value;
  const label = labelNamed(annotation, chosen.value) ?? annotation.labels[0];
  const locked = labelsLocked(app);
  useLayoutEffect(() => {
    host.current?.querySelector("select")?.focus();
    return () => app.root.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={host} class="history label-editor" role="dialog" aria-label="Label set">
      <Heading text="Label set" note={`version ${annotation.label_version}`}>
        <PlainButton title="Close" icon="close" onClick={() => perform(app, "edit-labels")} />
      </Heading>
      {label && (
        <>
          <Line label="Label">
            <Select
              label="Label to change"
              value={label.name}
              options={annotation.labels.map(({ name }) => [name, name])}
              onChoose={(name) => {
                chosen.value = name;
              }}
            />
          </Line>
          {locked === null ? (
            <Fields label={label} onName={(name) => (chosen.value = name)} />
          ) : null}
        </>
      )}
      {locked !== null && <p class="empty">{locked}</p>}
    </div>
  );
}

function Fields({ label, onName }: { label: Label; onName(name: string): void }) {
  const app = useApp();
  const { name, color, key, parent } = label;
  const change = (parts: Partial<Label>) =>
    app.commit({ kind: "edit_label", label: labelToJson({ ...label, ...parts }) });
  const rename = (to: string) => {
    if (to !== "" && app.commit({ kind: "rename_label", label: name, name: to })) {
      onName(to);
      did(app, `${name} is now ${to}, with all that has it.`);
    }
  };
  const setKey = (typed: string) => {
    const taken = actionOf(app, typed.toUpperCase());
    if (taken !== null && !taken.startsWith("label-")) {
      app.notify(
        "warning",
        `${typed} is the key of '${ACTIONS[taken].title(app)}': choose another.`,
      );
    } else {
      change({ key: typed === "" ? null : typed });
    }
  };
  const others = placedLabels(app).filter((placed) => placed.label.name !== name);
  return (
    <>
      <Line label="Name">
        <Field label="Name of the label" value={name} numeric={false} onCommit={rename} />
      </Line>
      <Line label="Colour">
        <label class="colour fld" style={inColour(app, name)}>
          <span class="sw" />
          <input
            type="color"
            aria-label="Colour of the label"
            value={color ?? "#888888"}
            onChange={(event) => change({ color: event.currentTarget.value })}
          />
        </label>
        {color !== null && (
          <button type="button" class="b s line" onClick={() => change({ color: null })}>
            From the palette
          </button>
        )}
      </Line>
      <Line label="Key">
        <Field label="Key of the label" value={key ?? ""} numeric={false} onCommit={setKey} />
      </Line>
      <Line label="Kind of">
        <Select
          label="The label it is a kind of"
          value={parent ?? ""}
          options={[
            ["", "nothing"],
            ...others.map((each) => [each.label.name, each.label.name] as const),
          ]}
          onChoose={(other) => change({ parent: other === "" ? null : other })}
        />
      </Line>
      <Removal label={label} others={others.map((placed) => placed.label.name)} />
    </>
  );
}

/** Removing says beforehand what has the label, and asks what that shall have instead. */
function Removal({ label: { name }, others }: { label: Label; others: readonly string[] }) {
  const app = useApp();
  const into = useSignal("");
  const users = usersOf(app, name);
  const target = others.includes(into.value) ? into.value : "";
  const ready = users === null || target !== "";
  const remove = () => {
    const edit = { kind: "remove_label", label: name } as const;
    if (app.commit(target === "" ? edit : { ...edit, into: target })) {
      did(app, users === null ? `Removed ${name}.` : `Removed ${name}: ${users} now ${target}.`);
    }
  };
  return (
    <>
      <p class="empty bt">
        {users === null ? `Nothing has the label ${name}.` : `With this label: ${users}.`}
      </p>
      {users !== null && (
        <Line label="They get">
          <Select
            label="What has it gets instead"
            value={target}
            options={[["", "choose a label"], ...others.map((other) => [other, other] as const)]}
            onChoose={(other) => {
              into.value = other;
            }}
          />
        </Line>
      )}
      <Line label="">
        <button type="button" class="b s line" disabled={!ready} onClick={remove}>
          {target === "" ? `Remove ${name}` : `Merge ${name} into ${target}`}
        </button>
      </Line>
    </>
  );
}
