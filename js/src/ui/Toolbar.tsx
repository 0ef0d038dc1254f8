import { useSignal, useSignalEffect } from "@preact/signals";
import type { App } from "../actions/app.ts";
import { perform, withKey } from "../actions/registry.ts";
import { counted } from "../actions/text.ts";
import { viewOnlyText } from "../store/view.ts";
import { Bar } from "./Bar.tsx";
import { ActionButton, ActionButtons, PlainButton } from "./Button.tsx";
import { useApp, useChrome } from "./chrome.ts";
import { Icon } from "./icons.tsx";
import { Menu } from "./Menu.tsx";
import { COMPACT_SHOWN, FillSlider, Sliders } from "./Picture.tsx";
import { warningText } from "./root.ts";
import { Seg } from "./Seg.tsx";
import { saveText } from "./text.ts";
import { Videos } from "./Videos.tsx";

/** Edits without an answer for this many milliseconds are said to be waiting. */
const PATIENCE = 1000;

/** Tools, history, the video's name, zoom, how the labels stand on disk. */
export function Toolbar() {
  const { app, layout } = useChrome();
  const compact = layout.compact.value;
  return (
    <Bar class="tools" role="toolbar" label="Tools">
      <div class="z1">{app.view.review.value === null ? <ToolButtons /> : <ModeSeg />}</div>
      <div class="z2">
        {app.view.review.value !== null && <ToolButtons />}
        {app.view.items.value.length > 1 ? <Videos /> : !compact && <Source />}
        <Warnings />
        {!compact && <ActionButton id="zoom-out" icon="minus" />}
        <ZoomMenu />
        {!compact && (
          <>
            <ActionButton id="zoom-in" icon="plus" />
            <ActionButton id="fit" />
            <ActionButton id="actual-size">1:1</ActionButton>
          </>
        )}
      </div>
      <div class="z3">
        <SaveMark />
        <span class="sp" />
        <ActionButton id="palette" />
        <ActionButton id="help" />
        {!compact && <ActionButton id="full-screen" />}
        <ActionButton id="panel">{compact && <span>{panelText(app)}</span>}</ActionButton>
      </div>
    </Bar>
  );
}

/** What the side panel lists. */
function panelText({ derived }: App): string {
  return derived.review.value === null
    ? `Tracks ${derived.lanes.value.length}`
    : `Errors ${derived.errors.value.length}`;
}

/** Tools for boxes, unless errors are gone through, and the history. */
function ToolButtons() {
  const { app, layout } = useChrome();
  return (
    <>
      {app.derived.review.value === null && (
        <>
          <ActionButtons ids={["select-tool", "draw-tool"]} />
          {layout.compact.value && <ActionButton id="single" />}
          <span class="sep" />
        </>
      )}
      <ActionButtons ids={["undo", "redo", "history"]} />
    </>
  );
}

/** Whether the errors are gone through, or the labels worked on. */
function ModeSeg() {
  const app = useApp();
  return (
    <Seg
      label="Mode"
      choices={[
        { value: "label", text: "Label", title: withKey(app, "Label", "mode") },
        { value: "review", text: "Review", title: withKey(app, "Review the errors", "mode") },
      ]}
      value={app.derived.review.value === null ? "label" : "review"}
      onChoose={() => perform(app, "mode")}
    />
  );
}

function Source() {
  const { name, width, height, fps } = useApp().derived.video.value;
  return (
    <span class="sp src" title={name}>
      {name}
      {width > 0 && (
        <span class="mut">
          &emsp;{width} × {height} · {Number(fps.toFixed(2))} fps
        </span>
      )}
    </span>
  );
}

function Warnings() {
  const app = useApp();
  const warnings = app.view.warnings.value;
  const text = warnings.join(" ");
  return (
    warnings.length > 0 && (
      <PlainButton
        class="b warn"
        icon="warning"
        title={`${counted(warnings.length, "warning")}: ${text}`}
        onClick={() => app.notify("warning", warningText(warnings))}
      />
    )
  );
}

const ZOOMS = ["zoom-in", "zoom-out", "fit", "actual-size", "zoom-selection", "follow"] as const;

/** Zoom; where it is narrow also how picture and boxes are shown. */
function ZoomMenu() {
  const { app, layout } = useChrome();
  const compact = layout.compact.value;
  const percent = Math.round(app.derived.camera.value.scale * 100);
  return (
    <Menu
      class="b zoom"
      title={`Zoom level ${percent} %: open zoom menu`}
      items={[...ZOOMS, ...(compact ? COMPACT_SHOWN : [])]}
      more={
        compact && (
          <>
            <Sliders />
            <FillSlider />
          </>
        )
      }
    >
      <span class="mono">{percent}%</span>
      {compact && <Icon name="chevron" small />}
    </Menu>
  );
}

/** How the labels stand on disk, and a way to try again when they could not be saved. */
function SaveMark() {
  const { app, layout } = useChrome();
  const { view, document } = app;
  const waiting = useSignal(0);
  useSignalEffect(() => {
    const count = document.pending.value.length;
    const say = () => {
      waiting.value = count;
    };
    if (count === 0 || view.line.value !== "live") {
      say();
      return;
    }
    const timer = setTimeout(say, PATIENCE);
    return () => clearTimeout(timer);
  });
  const [icon, lead, rest] = saveText(
    view.save.value,
    view.line.value,
    waiting.value,
    viewOnlyText(view),
  );
  return (
    <span class={`save ${icon ?? ""}`} title={lead + rest}>
      {icon && <Icon name={icon} />}
      {/* What does not fit on the line is on the next one, which is not seen: the tooltip has all of it. */}
      <span class="fits">
        {lead}
        {!layout.compact.value && <span class="mut">{rest}</span>}
      </span>
      {icon === "warning" && (
        <button
          type="button"
          class="b s line"
          onClick={() => (view.line.peek() === "live" ? perform(app, "save") : app.reconnect())}
        >
          Retry
        </button>
      )}
    </span>
  );
}
