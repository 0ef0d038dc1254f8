import { useLayoutEffect, useRef } from "preact/hooks";
import type { App } from "../actions/app.ts";
import { GESTURES } from "../actions/gestures.ts";
import { type ActionId, chordsOf, chordText } from "../actions/keymap.ts";
import { ACTIONS, FAMILIES, perform } from "../actions/registry.ts";
import { PlainButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { Heading } from "./parts.tsx";

/** Every action with its keys, made from the registry. */
export function Help() {
  return useApp().view.help.value && <Sheet />;
}

function Sheet() {
  const app = useApp();
  const sheet = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    sheet.current?.focus();
    return () => app.root.focus({ preventScroll: true });
  }, []);
  return (
    <div class="help" role="dialog" aria-label="Keyboard map">
      <Heading text="Keyboard map" note="Keys act while the frame around the widget is coloured.">
        <PlainButton title="Close" icon="close" onClick={() => perform(app, "help")} />
      </Heading>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys. */}
      <div ref={sheet} class="help-body" tabIndex={0}>
        <div class="help-columns">
          {Object.entries(FAMILIES).map(([name, family]) => (
            <section key={name}>
              <h3>{name}</h3>
              {name === "Labels" ? (
                <Entry title="Label of new boxes, or of the selected tracks" chords={["1-9"]} />
              ) : (
                (Object.keys(family) as ActionId[])
                  .filter((id) => !/-[2-9]$/.test(id))
                  .map((id) => (
                    <Entry key={id} title={ACTIONS[id].title(app)} chords={shownChords(app, id)} />
                  ))
              )}
            </section>
          ))}
          {Object.entries(GESTURES).map(([name, gestures]) => (
            <section key={name}>
              <h3>{name}</h3>
              {gestures.map(([gesture, use]) => (
                <div class="entry" key={gesture}>
                  <span>{gesture}</span>
                  <span class="sp use">{use}</span>
                </div>
              ))}
            </section>
          ))}
        </div>
      </div>
    </div>
  );
}

/** The keys of an action; those of nine that differ by their digit as one. */
function shownChords(app: App, id: ActionId): string[] {
  return chordsOf(app, id).map((chord) => (id.endsWith("-1") ? chord.replace(/1$/, "1-9") : chord));
}

function Entry({ title, chords }: { title: string; chords: readonly string[] }) {
  return (
    chords.length > 0 && (
      <div class="entry">
        <span class="sp">{title}</span>
        {chords.map((chord) => (
          <kbd class="key" key={chord}>
            {chordText(chord)}
          </kbd>
        ))}
      </div>
    )
  );
}
