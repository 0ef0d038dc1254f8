import { announce } from "../actions/app.ts";
import { lockedOut } from "../actions/change.ts";
import { boxAt } from "../core/interpolate.ts";
import type { Box } from "../core/shapes/box.ts";
import type { Track } from "../core/track.ts";
import { keepWithin } from "../tools/place.ts";
import { commitBoxes } from "../tools/reshape.ts";
import { useApp } from "./chrome.ts";
import { NumberField } from "./Field.tsx";
import { Line } from "./parts.tsx";

const LINES: readonly (readonly [string, readonly (readonly [keyof Box, string, string])[]])[] = [
  [
    "Box, px",
    [
      ["x", "x", "Left edge"],
      ["y", "y", "Top edge"],
    ],
  ],
  [
    "Size, turn",
    [
      ["w", "w", "Width"],
      ["h", "h", "Height"],
      ["rotation", "°", "Degrees, clockwise"],
    ],
  ],
];

/** The numbers of the box on the frame shown; typing one makes a keyframe there, of all that are selected. */
export function BoxFields({ track }: { track: Track }) {
  const app = useApp();
  const frame = app.view.frame.value;
  const box = app.view.preview.value?.boxes.get(track.id) ?? boxAt(track, frame);
  const chosen = app.derived.active.value.filter((shape) => !shape.locked);
  const commit = (side: keyof Box, value: number) => {
    const changed = chosen.map(({ track, box }): [number, Box] => [
      track.id,
      keepWithin({ ...box, [side]: value }, app.derived.video.peek()),
    ]);
    const boxes = new Map(changed);
    if (commitBoxes(app, frame, boxes)) {
      announce(app, `Keyframe ${frame}${boxes.size > 1 ? ` of ${boxes.size} tracks` : ""}`);
    }
  };
  return LINES.map(([heading, sides]) => (
    <Line key={heading} label={heading}>
      {sides.map(([side, prefix, label]) => (
        <NumberField
          key={side}
          label={label}
          prefix={prefix}
          digits={1}
          value={box === null ? Number.NaN : box[side]}
          disabled={box === null || lockedOut(app) !== null}
          onCommit={(value) => commit(side, value)}
        />
      ))}
    </Line>
  ));
}
