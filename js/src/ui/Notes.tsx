import { announce } from "../actions/app.ts";
import type { Track } from "../core/track.ts";
import { useApp } from "./chrome.ts";
import { Field } from "./Field.tsx";
import { Line } from "./parts.tsx";

/** A text for people on the whole track. */
export function TrackNote({ track: { id, note } }: { track: Track }) {
  return <Note label={`Note on #${id}`} text={note} on={{ track: id }} />;
}

/** A text for people on the frame shown. */
export function FrameNote() {
  const { document, view } = useApp();
  const frame = view.frame.value;
  const text = document.annotation.value.notes.get(frame) ?? "";
  return <Note label={`Note on frame ${frame}`} text={text} on={{ frame }} />;
}

type Props = { label: string; text: string; on: { track: number } | { frame: number } };

function Note({ label, text, on }: Props) {
  const app = useApp();
  return (
    <Line label={label} short="Note">
      <Field
        label={label}
        value={text}
        numeric={false}
        disabled={app.view.readOnly.value}
        onCommit={(typed) => {
          if (app.commit({ kind: "set_note", text: typed, ...on })) {
            announce(app, typed === "" ? `${label} removed` : `${label}: ${typed}`);
          }
        }}
      />
    </Line>
  );
}
