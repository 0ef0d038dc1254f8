import { announce } from "../actions/app.ts";
import { boxless, change, lockedOut, ofTrack } from "../actions/change.ts";
import { perform } from "../actions/registry.ts";
import { type BoxState, boxStateAt, intoState } from "../actions/scope.ts";
import { stateNow } from "../actions/track.ts";
import { useApp } from "./chrome.ts";
import { type Choice, Seg } from "./Seg.tsx";

const STATES: readonly Choice<BoxState>[] = [
  { value: "visible", text: "Visible", title: "Visible from here" },
  { value: "occluded", text: "Occluded", title: "Occluded from here (O)" },
  { value: "outside", text: "Outside", title: "Outside from here (X)" },
];

const MOTIONS: readonly Choice<"linear" | "hold">[] = [
  { value: "linear", text: "Linear", title: "Linear to the next keyframe (I)", icon: "linear" },
  { value: "hold", text: "Hold", title: "Hold until the next keyframe (I)", icon: "hold" },
];

const stateOf = ofTrack(boxStateAt);

/** Visible, occluded or outside from the frame shown on. */
export function StateSeg() {
  const app = useApp();
  const now = stateOf(app);
  const choose = (state: BoxState) => {
    if (state === "outside") {
      perform(app, "outside");
    } else if (now !== "outside") {
      perform(app, "occluded");
    } else {
      change(
        app,
        (track, frame) => intoState(track, frame, state),
        (_app, _track, frame) => announce(app, `${state} from ${frame}`),
      );
    }
  };
  return (
    <Seg
      label="State"
      choices={STATES}
      value={now}
      disabled={lockedOut(app) !== null}
      onChoose={choose}
    />
  );
}

/** How the box moves from the keyframe before to the next one. */
export function MotionSeg({ bare = false }: { bare?: boolean }) {
  const app = useApp();
  return (
    <Seg
      label="Motion to next keyframe"
      choices={MOTIONS}
      value={stateNow(app)?.hold ? "hold" : "linear"}
      bare={bare}
      disabled={boxless(app) !== null}
      onChoose={() => perform(app, "motion")}
    />
  );
}
