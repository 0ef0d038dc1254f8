import { useComputed } from "@preact/signals";
import { trackText } from "../actions/text.ts";
import { useApp, useChrome } from "./chrome.ts";
import { counted, placeText } from "./text.ts";

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
  const text = useComputed(() => {
    const track = derived.selected.value;
    const more = view.selection.value.size - 1;
    if (track === null) {
      return "";
    }
    return more > 0
      ? `${trackText(track)} and ${counted(more, "other")}`
      : `${trackText(track)}, ${placeText(track, view.frame.value)}`;
  });
  return <span class="i sel-text">{text}</span>;
}

function Pointer() {
  const { pointer } = useApp().store.view;
  const text = useComputed(() => {
    const at = pointer.value;
    return at && `x ${Math.round(at.x)}  y ${Math.round(at.y)}`;
  });
  return <span class="mono">{text}</span>;
}

function Counts() {
  const { lanes } = useApp().store.derived;
  const text = useComputed(() => {
    const keyframes = lanes.value.reduce((sum, track) => sum + track.keyframes.frames.length, 0);
    return `${counted(lanes.value.length, "track")}, ${counted(keyframes, "keyframe")}`;
  });
  return <span>{text}</span>;
}
