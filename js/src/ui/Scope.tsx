import { range } from "../actions/change.ts";
import { reach, SCOPES } from "../actions/reach.ts";
import type { Track } from "../core/track.ts";
import type { Scope } from "../store/view.ts";
import { useApp } from "./chrome.ts";
import { Line, Select } from "./parts.tsx";

/** How far a change of state, motion or attributes reaches; it stays as it was chosen. */
export function ScopeLine({ track }: { track: Track }) {
  const app = useApp();
  const { view } = app;
  const selected = view.range.value;
  const { start, stop } = reach(app, track, null);
  const words: readonly (readonly [string, string])[] = SCOPES;
  const ranges =
    selected === null
      ? []
      : [["range", `Range ${selected.start} to ${selected.stop - 1}`] as const];
  return (
    <Line label="Applies">
      <Select
        label="A change applies"
        title={`A change of state, motion or attributes applies to ${range(app, start, stop)}`}
        value={selected === null ? view.scope.value : "range"}
        options={[...ranges, ...words]}
        onChoose={(scope) => {
          view.range.value = null;
          view.scope.value = scope as Scope;
        }}
      />
    </Line>
  );
}
