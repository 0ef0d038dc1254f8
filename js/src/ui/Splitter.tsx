import { useRef } from "preact/hooks";
import { LANE_HEIGHT } from "../timeline/place.ts";
import { useChrome } from "./chrome.ts";

/** Between stage and timeline: dragged, or moved by the arrow keys, it gives lanes more or less room. */
export function Splitter() {
  const { app, layout } = useChrome();
  const { lanesWanted } = app.view;
  const from = useRef<{ y: number; lanes: number } | null>(null);
  const lanes = layout.lanes.value;
  const set = (count: number) => {
    lanesWanted.value = Math.max(layout.least, Math.min(Math.round(count), layout.most.peek()));
  };
  return (
    <div
      class="split"
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label="Lanes shown"
      aria-valuemin={layout.least}
      aria-valuemax={layout.most.value}
      aria-valuenow={lanes}
      title="Drag: more or fewer lanes. Double-click: as at first."
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { y: event.clientY, lanes };
      }}
      onPointerMove={(event) => {
        if (from.current) {
          set(from.current.lanes + (from.current.y - event.clientY) / LANE_HEIGHT);
        }
      }}
      onPointerUp={() => {
        from.current = null;
      }}
      onPointerCancel={() => {
        from.current = null;
      }}
      onDblClick={() => {
        lanesWanted.value = null;
      }}
      onKeyDown={(event) => {
        const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (by !== undefined) {
          event.preventDefault();
          event.stopPropagation();
          set(lanes + by);
        }
      }}
    />
  );
}
