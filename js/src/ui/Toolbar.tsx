import { signal } from "@preact/signals-core";
import { tell } from "../actions/app.ts";
import { perform } from "../actions/registry.ts";
import { Bar } from "./Bar.tsx";
import { ActionButton } from "./Button.tsx";
import { useApp, useChrome } from "./chrome.ts";
import { Icon } from "./icons.tsx";
import { Menu } from "./Menu.tsx";
import { counted, saveText } from "./text.ts";
import { Fragment, h } from "./vdom/h.ts";
import { useEffect, useOnce } from "./vdom/render.ts";

/** Edits without an answer for this many milliseconds are said to be waiting. */
const PATIENCE = 1000;

/** Tools, history, the video's name, zoom, how the labels stand on disk. */
export function Toolbar() {
  const { layout } = useChrome();
  return layout.compact.value ? (
    <Bar class="tools" role="toolbar" label="Tools">
      <Tools />
      <span class="sep" />
      <ZoomMenu />
      <Warnings />
      <span class="sp" />
      <SaveMark brief />
      <ActionButton id="help" icon="keyboard" plain />
      <PanelButton />
    </Bar>
  ) : (
    <Bar class="tools" role="toolbar" label="Tools">
      <div class="z1">
        <Tools />
      </div>
      <div class="z2">
        <Source />
        <Warnings />
        <ActionButton id="zoom-out" icon="minus" />
        <ZoomMenu />
        <ActionButton id="zoom-in" icon="plus" />
        <ActionButton id="fit" icon="fit" />
        <ActionButton id="actual-size">1:1</ActionButton>
      </div>
      <div class="z3">
        <SaveMark />
        <span class="sp" />
        <ActionButton id="help" icon="keyboard" plain />
        <ActionButton id="panel" icon="panel" />
      </div>
    </Bar>
  );
}

function Tools() {
  return (
    <>
      <ActionButton id="select-tool" icon="cursor" />
      <ActionButton id="draw-tool" icon="draw" />
      <span class="sep" />
      <ActionButton id="undo" icon="undo" />
      <ActionButton id="redo" icon="redo" />
    </>
  );
}

function Source() {
  const { name, width, height, fps } = useApp().store.derived.video.value;
  const rate = Number(fps.toFixed(2));
  return (
    <span class="sp src" title={name}>
      {name}
      {width > 0 && (
        <span class="mut">
          {" "}
          &ensp;{width} × {height} · {rate} fps
        </span>
      )}
    </span>
  );
}

function Warnings() {
  const app = useApp();
  const warnings = app.store.view.warnings.value;
  const text = warnings.join(" ");
  return warnings.length === 0 ? null : (
    <button
      type="button"
      class="b warn"
      title={text}
      aria-label={`${counted(warnings.length, "warning")}: ${text}`}
      onClick={() => tell(app, text)}
    >
      <Icon name="warning" />
    </button>
  );
}

function ZoomMenu() {
  const { app, layout } = useChrome();
  const percent = Math.round(app.store.derived.camera.value.scale * 100);
  return (
    <Menu
      class="b zoom"
      title={`Zoom level ${percent} %: open zoom menu`}
      items={["zoom-in", "zoom-out", "fit", "actual-size", "zoom-selection", "tags"]}
    >
      <span class="mono">{percent}%</span>
      {layout.compact.value && <Icon name="chevron" small />}
    </Menu>
  );
}

function PanelButton() {
  const { derived } = useApp().store;
  return (
    <ActionButton id="panel" icon="panel">
      <span>Tracks</span>
      <span class="mono">{derived.lanes.value.length}</span>
    </ActionButton>
  );
}

/** How the labels stand on disk, and a way to try again when they could not be saved. */
function SaveMark({ brief = false }: { brief?: boolean }) {
  const app = useApp();
  const { view, document } = app.store;
  const waiting = useOnce(() => signal(0));
  useEffect(() => {
    const count = document.pending.value.length;
    if (count === 0) {
      waiting.value = 0;
      return;
    }
    const timer = setTimeout(() => {
      waiting.value = count;
    }, PATIENCE);
    return () => clearTimeout(timer);
  });
  const { level, lead, rest } = saveText(view.save.value, waiting.value, view.readOnly.value);
  return (
    <span class={`save ${level}`} title={lead + rest}>
      {level === "ok" && <Icon name="check" />}
      {level === "busy" && <Icon name="busy" />}
      {level === "error" && <Icon name="warning" />}
      <span class="save-text">
        {lead}
        {!brief && <span class="mut">{rest}</span>}
      </span>
      {level === "error" && (
        <button type="button" class="b s line" onClick={() => perform(app, "save")}>
          Retry
        </button>
      )}
    </span>
  );
}
