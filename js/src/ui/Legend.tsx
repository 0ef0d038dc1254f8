import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { type KeyframeJson, trackFromJson } from "../core/json.ts";
import type { AttributeStep } from "../core/track.ts";
import type { Ready } from "../store/view.ts";
import { themedPaints } from "../timeline/canvas.ts";
import { paintTrack } from "../timeline/marks.ts";
import { paintReady } from "../timeline/ready.ts";
import { PlainButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";

type Sample = {
  text: string;
  /** Keyframes on the frames 0 to 40, of which 10 to 30 are shown. */
  rows?: readonly Partial<KeyframeJson>[];
  changes?: readonly AttributeStep[];
  ready?: Ready;
};

const ALL = [{ start: 10, stop: 31 }];
const FAR = { frame: 40 };
const NEAR = { frame: 0 };

/** Every mark of the lanes, and of the line along ruler and overview, drawn as they draw it. */
const SAMPLES: readonly Sample[] = [
  { text: "Keyframe; the box moves on to the next", rows: [NEAR, { frame: 20 }, FAR] },
  {
    text: "Keyframe; the box stays until the next",
    rows: [{ ...NEAR, hold: true }, { frame: 20, hold: true }, FAR],
  },
  {
    text: "From a model or tracker, not confirmed (K)",
    rows: [NEAR, { frame: 20, source: "model" }, FAR],
  },
  { text: "The track starts, or comes back", rows: [{ frame: 17 }, FAR] },
  { text: "It ends, or leaves", rows: [NEAR, { frame: 23, outside: true }] },
  {
    text: "Outside: it is away for a while",
    rows: [NEAR, { frame: 15, outside: true }, { frame: 25 }, FAR],
  },
  { text: "Occluded", rows: [NEAR, { frame: 14, occluded: true }, { frame: 26 }, FAR] },
  {
    text: "An attribute changes",
    rows: [NEAR, { frame: 20 }, FAR],
    changes: [[20, "on"]],
  },
  { text: "Frames in this page: they show at once", ready: { here: ALL, stored: [] } },
  { text: "Frames that the kernel has made", ready: { here: [], stored: ALL } },
];

/** A button that explains the marks of the timeline. */
export function Legend() {
  const app = useApp();
  const open = useSignal(false);
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => list.current?.focus({ preventScroll: true }), [open.value]);
  const close = () => {
    open.value = false;
    app.root.focus({ preventScroll: true });
  };
  return (
    <span
      class="legend-host"
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) {
          open.value = false;
        }
      }}
      onKeyDown={(event) => {
        if (open.peek() && event.key === "Escape") {
          event.stopPropagation();
          event.preventDefault();
          close();
        }
      }}
    >
      <PlainButton
        title="Legend of the timeline"
        icon="legend"
        on={open.value}
        onClick={() => {
          open.value = !open.peek();
        }}
      />
      {open.value && (
        <div ref={list} class="legend" role="note" tabIndex={-1} aria-label="Marks of the timeline">
          {SAMPLES.map((sample) => (
            <div key={sample.text}>
              <SampleLane sample={sample} />
              <span>{sample.text}</span>
            </div>
          ))}
        </div>
      )}
    </span>
  );
}

const [WIDTH, HEIGHT] = [64, 24];

function SampleLane({ sample: { rows, changes, ready } }: { sample: Sample }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = useApp().view.dark.value;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!canvas.current || !context) {
      return;
    }
    canvas.current.width = WIDTH * devicePixelRatio;
    canvas.current.height = HEIGHT * devicePixelRatio;
    context.scale(devicePixelRatio, devicePixelRatio);
    const paints = themedPaints(canvas.current)();
    const scale = { window: { start: 10, stop: 31 }, width: WIDTH };
    if (ready) {
      paintReady(context, paints, scale, HEIGHT / 2 + 1, ready);
      return;
    }
    const keyframes = (rows ?? []).map((row) => ({ frame: 0, box: [0, 0, 1, 1] as const, ...row }));
    const attributes = changes ? { attributes: { state: changes } } : {};
    const track = trackFromJson({ id: 1, label: "", keyframes, ...attributes });
    const lane = { context, scale, y: HEIGHT / 2, colour: paints.swatch(1), paints };
    paintTrack(lane, track, 100, false);
  }, [dark, rows, changes, ready]);
  return <canvas ref={canvas} />;
}
