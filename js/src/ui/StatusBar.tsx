import { trackText } from "../actions/text.ts";
import { useApp, useChrome } from "./chrome.ts";
import { counted, placeText } from "./text.ts";
import { h } from "./vdom/h.ts";

/** Where the keys go, what is selected, where the pointer is, how much there is. */
export function StatusBar() {
  const { compact } = useChrome().layout;
  return (
    <div class="status">
      <KeyState />
      {!compact.value && <Selection />}
      <span class="sp" />
      <Pointer />
      <Counts />
      {!compact.value && <span>Colour by label</span>}
    </div>
  );
}

function KeyState() {
  const { focused, tool } = useApp().store.view;
  if (!focused.value) {
    return <span class="i">Keys off: click here to use them</span>;
  }
  return (
    <span class="i">
      <span class="dot" />
      Keys on&ensp;<span class="key">Esc</span>{" "}
      {tool.value === "draw" ? "stops drawing" : "back to notebook"}
    </span>
  );
}

function Selection() {
  const { view, derived } = useApp().store;
  const track = derived.selected.value;
  const more = view.selection.value.size - 1;
  if (track === null) {
    return null;
  }
  const what =
    more > 0 ? ` and ${counted(more, "other")}` : `, ${placeText(track, view.frame.value)}`;
  return (
    <span class="i">
      {trackText(track)}
      {what}
    </span>
  );
}

function Pointer() {
  const at = useApp().store.view.pointer.value;
  return <span class="mono">{at && `x ${Math.round(at.x)}  y ${Math.round(at.y)}`}</span>;
}

function Counts() {
  const tracks = useApp().store.derived.lanes.value;
  const keyframes = tracks.reduce((sum, track) => sum + track.keyframes.frames.length, 0);
  return (
    <span>
      {counted(tracks.length, "track")}, {counted(keyframes, "keyframe")}
    </span>
  );
}
