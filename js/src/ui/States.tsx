import { did } from "../actions/app.ts";
import { boxless, change, lockedOut, ofTrack } from "../actions/change.ts";
import type { ActionId } from "../actions/keymap.ts";
import { reachText, stateEdit } from "../actions/reach.ts";
import { perform, withKey } from "../actions/registry.ts";
import { type BoxState, boxStateAt } from "../actions/scope.ts";
import { stateNow } from "../actions/track.ts";
import { useApp } from "./chrome.ts";
import { type Choice, Seg } from "./Seg.tsx";

const STATES: readonly (readonly [BoxState, string, ActionId | null])[] = [
  ["visible", "Visible", null],
  ["occluded", "Occluded", "occluded"],
  ["outside", "Outside", "outside"],
];

const MOTIONS: readonly Choice<"linear" | "hold">[] = [
  { value: "linear", text: "Linear", title: "Linear to the next keyframe", icon: "linear" },
  { value: "hold", text: "Hold", title: "Hold until the next keyframe", icon: "hold" },
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
      const words = reachText(app);
      change(
        app,
        (track, frame) => stateEdit(app, track, frame, state),
        (_app, track) => did(app, `#${track.id}: ${state} ${words}.`),
      );
    }
  };
  return (
    <Seg
      label="State"
      choices={STATES.map(([value, text, id]) => {
        const title = `${text} ${reachText(app)}`;
        return { value, text, title: id === null ? title : withKey(app, title, id) };
      })}
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
      choices={MOTIONS.map((each) => ({ ...each, title: withKey(app, each.title, "motion") }))}
      value={stateNow(app)?.hold ? "hold" : "linear"}
      bare={bare}
      disabled={boxless(app) !== null}
      onChoose={() => perform(app, "motion")}
    />
  );
}
