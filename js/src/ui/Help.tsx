import { GROUPS, type Group } from "../actions/app.ts";
import { type ActionId, chordText, KEYS } from "../actions/keymap.ts";
import { ACTIONS, perform } from "../actions/registry.ts";
import { useApp } from "./chrome.ts";
import { Icon } from "./icons.tsx";
import { h } from "./vdom/h.ts";
import { useAfter, useEffect, useOnce, useRef } from "./vdom/render.ts";

/** Every action with its keys, made from the registry. */
export function Help() {
  const app = useApp();
  return app.store.view.help.value ? <HelpSheet /> : null;
}

function HelpSheet() {
  const app = useApp();
  const close = useRef<HTMLButtonElement>();
  useOnce(() => useAfter(() => close.current?.focus()));
  useEffect(() => () => app.root.focus({ preventScroll: true }));
  return (
    <div class="help" role="dialog" aria-label="Keyboard map">
      <div class="hd">
        <span>Keyboard map</span>
        <span class="r">Keys act while the frame around the widget is coloured.</span>
        <span class="sp" />
        <button
          ref={close}
          type="button"
          class="b s"
          title="Close (Esc)"
          aria-label="Close"
          onClick={() => perform(app, "help")}
        >
          <Icon name="close" />
        </button>
      </div>
      <div class="help-body">
        {GROUPS.map((group) => (
          <HelpGroup key={group} group={group} />
        ))}
      </div>
    </div>
  );
}

function HelpGroup({ group }: { group: Group }) {
  const app = useApp();
  return (
    <section>
      <h3>{group}</h3>
      {group === "Labels" ? (
        <HelpLine title="Label of new boxes, or of the selected tracks" chords={["1-9"]} />
      ) : (
        linesOf(group).map((id) => (
          <HelpLine
            key={id}
            title={ACTIONS[id].title(app)}
            chords={KEYS[id].map((c) => chordText(c))}
          />
        ))
      )}
    </section>
  );
}

function HelpLine({ title, chords }: { title: string; chords: readonly string[] }) {
  return (
    <div class="help-line">
      <span class="sp">{title}</span>
      {chords.map((chord) => (
        <kbd class="key" key={chord}>
          {chord}
        </kbd>
      ))}
    </div>
  );
}

function linesOf(group: Group): ActionId[] {
  const ids = Object.keys(KEYS) as ActionId[];
  return ids.filter((id) => ACTIONS[id].group === group && KEYS[id].length > 0);
}
