import { announce } from "../actions/app.ts";
import { lockedOut } from "../actions/track.ts";
import { boxAt } from "../core/interpolate.ts";
import { type Box, boxToJson } from "../core/shapes/box.ts";
import type { Track } from "../core/track.ts";
import { useApp } from "./chrome.ts";
import { Field, numberOf } from "./Field.tsx";
import { Fragment, h } from "./vdom/h.ts";

const ROWS: readonly (readonly [string, readonly (readonly [keyof Box, string, string])[]])[] = [
  [
    "Box, px",
    [
      ["x", "x", "Left edge in pixels"],
      ["y", "y", "Top edge in pixels"],
    ],
  ],
  [
    "",
    [
      ["w", "w", "Width in pixels"],
      ["h", "h", "Height in pixels"],
    ],
  ],
  ["Rotation", [["rotation", "°", "Rotation in degrees, clockwise"]]],
];

/** The numbers of the box on the frame shown; typing one makes a keyframe there. */
export function BoxFields({ track }: { track: Track }) {
  const app = useApp();
  const { view } = app.store;
  const frame = view.frame.value;
  const preview = view.preview.value;
  const box = preview?.track === track.id ? preview.box : boxAt(track, frame);
  const commit = (side: keyof Box, text: string) => {
    const value = numberOf(text);
    if (box === null || value === null) {
      return;
    }
    const changed = boxToJson({ ...box, [side]: value });
    if (app.store.commit({ kind: "set_keyframe", track: track.id, frame, box: changed })) {
      announce(app, `Keyframe ${frame}`);
    }
  };
  return (
    <>
      {ROWS.map(([heading, sides]) => (
        <div class="f" key={heading}>
          <span class="l">{heading}</span>
          <div class="v">
            {sides.map(([side, prefix, label]) => (
              <Field
                key={side}
                label={label}
                title={label}
                prefix={prefix}
                value={box === null ? "" : box[side].toFixed(1)}
                disabled={box === null || lockedOut(app) !== null}
                onCommit={(text) => commit(side, text)}
              />
            ))}
          </div>
        </div>
      ))}
    </>
  );
}
