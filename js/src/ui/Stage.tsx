import { trackText } from "../actions/text.ts";
import { useApp } from "./chrome.ts";
import { Notices } from "./Notice.tsx";
import { WalkStrip } from "./Walk.tsx";

/** The host of the picture, and what is said on top of it. */
export function Stage() {
  return (
    <div class="stage">
      <StageHost />
      <Waiting />
      <WalkStrip />
      <Notices />
    </div>
  );
}

/** Its canvases belong to stage/, its name to those who cannot see them. */
function StageHost() {
  const { view, derived } = useApp();
  const last = Math.max(0, derived.video.value.frame_count - 1);
  const boxes = derived.resting.value.length + derived.active.value.length;
  const selected = derived.selected.value;
  const name = [
    `Frame ${view.frame.value} of ${last}`,
    boxes === 1 ? "1 box" : `${boxes} boxes`,
    ...(selected ? [`${trackText(selected)} selected`] : []),
  ].join(", ");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the stage takes the pointer and the keys.
    <div class="stage-host" role="group" tabIndex={0} aria-label={name} />
  );
}

/** Said after a while only, see the styles: the kernel mostly answers at once. */
function Waiting() {
  const { view, derived } = useApp();
  return (
    !view.connected.value && (
      <div class="stage-text">
        <p>Opening {derived.video.value.name || "the video"}</p>
        <p>View only: run the cell to edit.</p>
      </div>
    )
  );
}
