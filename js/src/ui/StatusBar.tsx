import type { App } from "../actions/app.ts";
import { type ActionId, keyText } from "../actions/keymap.ts";
import { counted, trackText } from "../actions/text.ts";
import { walkOf } from "../actions/walk.ts";
import { rangeLabel } from "../timeline/range.ts";
import { useApp, useChrome } from "./chrome.ts";
import { placeText } from "./text.ts";

/** Where the keys go, what is selected, where the pointer is, how much there is. */
export function StatusBar() {
  const wide = !useChrome().layout.compact.value;
  return (
    <div class="status">
      <KeyState />
      <Following />
      {wide && <ReviewKeys />}
      {wide && <Selection />}
      {wide && <SelectedRange />}
      <span class="sp" />
      <Pointer />
      <Counts />
      {wide && <ColourRule />}
    </div>
  );
}

function KeyState() {
  const app = useApp();
  if (!app.view.focused.value) {
    return <span>Keys off: click here to use them</span>;
  }
  return (
    <span class="keys">
      <span class="dot" />
      Keys on <span class="key">Esc</span>
      {escapeText(app)}
    </span>
  );
}

/** What Esc does now, of what it does before it goes back to the notebook. */
function escapeText(app: App): string {
  const { byKeys, tracking, pick, tool } = app.view;
  const steps: readonly (readonly [boolean, string])[] = [
    [byKeys.value, "reverts"],
    [tracking.value !== null, "stops following"],
    [walkOf(app) !== null, "leaves attributes"],
    [pick.value !== null, "cancels"],
    [tool.value !== "select", "stops drawing"],
  ];
  return steps.find(([is]) => is)?.[1] ?? "back to notebook";
}

/** How far the kernel has followed an object. */
function Following() {
  const progress = useApp().view.tracking.value;
  if (progress === null) {
    return null;
  }
  const { track, frame, start, stop } = progress;
  return (
    <span
      class="cut"
      role="progressbar"
      aria-label={`Following #${track}`}
      aria-valuemin={start}
      aria-valuemax={stop - 1}
      aria-valuenow={frame}
    >
      Following #{track}: frame {frame} of {stop - 1}
    </span>
  );
}

/** What is done at an error, while a review is on and the keys are. */
const REVIEW_KEYS: readonly (readonly [ActionId, string])[] = [
  ["accept", "mend label"],
  ["model-wrong", "model wrong"],
  ["by-hand", "mend by hand"],
];

function ReviewKeys() {
  const app = useApp();
  if (app.derived.review.value === null || !app.view.focused.value) {
    return null;
  }
  return (
    <span class="keys cut">
      {REVIEW_KEYS.map(([id, text]) => (
        <span key={id} class="hint">
          <span class="key">{keyText(app, id)}</span> {text}
        </span>
      ))}
    </span>
  );
}

/** What is selected; in a review the panel says that of the error. */
function Selection() {
  const { view, derived } = useApp();
  const track = derived.review.value === null ? derived.selected.value : null;
  const more = view.selection.value.size - 1;
  if (track === null) {
    return null;
  }
  const rest = more > 0 ? ` and ${more} more` : `, ${placeText(track, view.frame.value)}`;
  return <span class="cut">{trackText(track) + rest}</span>;
}

function SelectedRange() {
  const { view, derived } = useApp();
  const range = view.range.value;
  return range && <span class="cut">{`Range ${rangeLabel(range, derived.video.value)}`}</span>;
}

function Pointer() {
  const at = useApp().view.pointer.value;
  return <span class="mono">{at && `x ${Math.round(at.x)}  y ${Math.round(at.y)}`}</span>;
}

function Counts() {
  const { view, derived } = useApp();
  const tracks = derived.lanes.value;
  const model = view.setting.value?.model;
  if (derived.review.value !== null) {
    return <span class="cut">Labels against {model}</span>;
  }
  const keyframes = tracks.reduce((sum, track) => sum + track.keyframes.frames.length, 0);
  return <span>{`${counted(tracks.length, "track")}, ${counted(keyframes, "keyframe")}`}</span>;
}

function ColourRule() {
  const { view, derived } = useApp();
  return <span>{`Colour by ${derived.review.value ? "track" : view.colourBy.value}`}</span>;
}
