import { signal } from "@preact/signals-core";
import { trackText } from "../actions/text.ts";
import { useApp } from "./chrome.ts";
import { NoticeBar } from "./Notice.tsx";
import { h } from "./vdom/h.ts";
import { useEffect, useOnce } from "./vdom/render.ts";

/** An empty stage says what it waits for after this many milliseconds. */
const PATIENCE = 300;
/** Without a kernel for this many milliseconds there is none. */
const LOST = 10_000;

/** The host of the picture, and what is said on top of it. */
export function Stage() {
  return (
    <div class="stage">
      <StageHost />
      <Waiting />
      <NoticeBar />
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

function Waiting() {
  const { view, derived } = useApp();
  const patience = useOnce(() => signal<"fresh" | "waiting" | "lost">("fresh"));
  useEffect(() => {
    if (view.connected.value) {
      return;
    }
    patience.value = "fresh";
    const timers = [
      setTimeout(() => {
        patience.value = "waiting";
      }, PATIENCE),
      setTimeout(() => {
        patience.value = "lost";
      }, LOST),
    ];
    return () => timers.forEach(clearTimeout);
  });
  if (view.connected.value || patience.value === "fresh") {
    return null;
  }
  const name = derived.video.value.name || "the video";
  return (
    <div class="stage-text">
      {patience.value === "lost" ? "View only: run the cell to edit." : `Opening ${name}`}
    </div>
  );
}
