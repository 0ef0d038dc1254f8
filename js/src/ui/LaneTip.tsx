import { indexAt, keyframeOf } from "../core/keyframes.ts";
import { attributeAt, type Track } from "../core/track.ts";
import { removeMarks } from "../timeline/propose.ts";
import { PlainButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { clockText } from "./text.ts";

/** What the keyframe under the pointer is, and a button that removes it. */
export function LaneTip() {
  const app = useApp();
  const { view, document, derived } = app;
  const tip = view.tip.value;
  const { tracks } = document.annotation.value;
  const track = tip && tracks.get(tip.track);
  if (!track) {
    return null;
  }
  const { frame, x, y } = tip;
  const editable = !view.readOnly.value && !view.locked.value.has(track.id);
  const remove = () => {
    view.tip.value = null;
    const edit = removeMarks(document.annotation.peek(), new Map([[track.id, new Set([frame])]]));
    if (edit !== null) {
      app.commit(edit);
    }
  };
  const leave = () => {
    view.tip.value = null;
  };
  return (
    <div
      class="tip"
      role="tooltip"
      style={{ "--x": `${x}px`, "--y": `${y}px` }}
      onPointerLeave={leave}
    >
      <div class="tip-box">
        <p>
          <b>Keyframe {frame}</b> · {clockText(derived.video.value.times[frame] ?? 0)}
          {saysOf(track, frame).map((text) => ` · ${text}`)}
        </p>
        {changesAt(track, frame).map((text) => (
          <p key={text}>{text}</p>
        ))}
        {editable && <p class="how">Drag moves · Alt+drag copies · Delete removes</p>}
      </div>
      {editable && (
        <PlainButton
          title={`Remove keyframe ${frame} of #${track.id}`}
          icon="delete-track"
          onClick={remove}
        />
      )}
    </div>
  );
}

/** What is so from a keyframe on, in words. */
function saysOf({ keyframes }: Track, frame: number): string[] {
  const index = indexAt(keyframes, frame);
  const { outside, occluded, hold, source, score } = keyframeOf(keyframes, index);
  const before = index > 0 ? keyframeOf(keyframes, index - 1) : null;
  return [
    ...(outside ? ["outside from here"] : before === null ? ["starts"] : []),
    ...(!outside && before?.outside ? ["comes back"] : []),
    ...(occluded && !outside ? ["occluded"] : []),
    ...(!occluded && before?.occluded && !outside ? ["visible again"] : []),
    ...(hold ? ["holds"] : []),
    ...(source === "human" ? [] : [score === null ? source : `${source} ${score.toFixed(2)}`]),
  ];
}

/** The attributes that change on a frame: "pose: walking". */
function changesAt(track: Track, frame: number): string[] {
  return [...track.attributes].flatMap(([name, steps]) =>
    frame > 0 && steps.some(([at]) => at === frame)
      ? [`${name}: ${attributeAt(track, name, frame) ?? "not set"}`]
      : [],
  );
}
