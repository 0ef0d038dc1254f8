import { announce } from "../actions/app.ts";
import { perform } from "../actions/registry.ts";
import { type BoxState, boxStateAt, intoState } from "../actions/scope.ts";
import { edit, lockedOut } from "../actions/track.ts";
import { stateAt } from "../core/interpolate.ts";
import { startOf } from "../core/track.ts";
import { useApp } from "./chrome.ts";
import { type Choice, Seg } from "./Seg.tsx";
import { h } from "./vdom/h.ts";

const STATES: readonly Choice<BoxState>[] = [
  { value: "visible", text: "Visible", title: "Visible from here" },
  { value: "occluded", text: "Occluded", title: "Occluded from here (O)" },
  { value: "outside", text: "Outside", title: "Outside from here (X)" },
];

const MOTIONS: readonly Choice<"linear" | "hold">[] = [
  { value: "linear", text: "Linear", title: "Linear to the next keyframe (I)", icon: "linear" },
  { value: "hold", text: "Hold", title: "Hold until the next keyframe (I)", icon: "hold" },
];

/** Visible, occluded or outside from the frame shown on. */
export function StateSeg() {
  const app = useApp();
  const { view, derived } = app.store;
  const track = derived.selected.value;
  const frame = view.frame.value;
  return (
    <Seg
      label="State"
      choices={STATES}
      value={track && boxStateAt(track, frame)}
      disabled={lockedOut(app) !== null}
      onChoose={(state) => {
        if (track === null || boxStateAt(track, frame) === state) {
          return;
        }
        if (state === "outside" || frame < startOf(track)) {
          perform(app, "outside");
        } else if (boxStateAt(track, frame) !== "outside") {
          perform(app, "occluded");
        } else {
          edit(
            app,
            () => intoState(track, frame, state),
            () => announce(app, `${state} from ${frame}`),
          );
        }
      }}
    />
  );
}

/** How the box moves from the keyframe before to the next one. */
export function MotionSeg({ bare = false }: { bare?: boolean }) {
  const app = useApp();
  const { view, derived } = app.store;
  const track = derived.selected.value;
  const state = track && stateAt(track, view.frame.value);
  const value = state && (state.hold ? "hold" : "linear");
  return (
    <Seg
      label="Motion to next keyframe"
      choices={MOTIONS}
      value={value}
      bare={bare}
      disabled={lockedOut(app) !== null || !state?.present}
      onChoose={(motion) => {
        if (motion !== value) {
          perform(app, "motion");
        }
      }}
    />
  );
}
