import type { App } from "../actions/app.ts";
import { chordOf } from "../actions/chords.ts";
import { type ActionId, actionOf, chordsOf, chordText } from "../actions/keymap.ts";
import { ACTIONS, blockedBy, FAMILIES, perform } from "../actions/registry.ts";
import { Chooser, type Option } from "./Chooser.tsx";
import { useApp } from "./chrome.ts";

/** Every action by its name, with its key: typed for, chosen, done. */
export function Palette() {
  const app = useApp();
  return (
    app.view.palette.value && (
      <Chooser
        label="Find an action"
        placeholder="What would you like to do?"
        list="Actions"
        options={optionsOf(app)}
        closes={(event) => isOwn(app, event)}
        onClose={() => {
          app.view.palette.value = false;
        }}
      />
    )
  );
}

/** What can be done comes before what cannot. */
function optionsOf(app: App): Option[] {
  const options = Object.entries(FAMILIES).flatMap(([family, actions]) =>
    (Object.keys(actions) as ActionId[])
      .filter((id) => id !== "palette")
      .map((id) => optionOf(app, id, family)),
  );
  return options.sort((a, b) => Number(a.blocked !== null) - Number(b.blocked !== null));
}

function optionOf(app: App, id: ActionId, family: string): Option {
  const title = ACTIONS[id].title(app);
  const blocked = blockedBy(app, id);
  const draw = (
    <>
      <span class="nm">{title}</span>
      <span class="r sp">{blocked ?? family}</span>
      {chordsOf(app, id).map((chord) => (
        <kbd key={chord} class="key">
          {chordText(chord)}
        </kbd>
      ))}
    </>
  );
  return { id, text: `${title} ${family}`, blocked, draw, run: () => perform(app, id) };
}

/** Whether keys are the palette's own: those that type nothing close it again. */
function isOwn(app: App, event: KeyboardEvent): boolean {
  const chord = chordOf(event) ?? "";
  return chord.startsWith("Ctrl+") && actionOf(app, chord) === "palette";
}
