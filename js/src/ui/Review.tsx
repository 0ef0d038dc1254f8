import { errorText, errorTitle, showError } from "../actions/review.ts";
import { boxAt } from "../core/interpolate.ts";
import type { Box } from "../core/shapes/box.ts";
import type { Track } from "../core/track.ts";
import { type Glyph, KINDS, type Numbers, type ReviewError } from "../store/review.ts";
import { GLYPHS } from "../timeline/review.ts";
import { ActionButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { Heading, Select } from "./parts.tsx";
import { Rows } from "./Rows.tsx";

const ALL = "all";

/** The panel of a review: the numbers, the errors, and both sides of the one that is looked at. */
export function ReviewPanel() {
  const app = useApp();
  const { view, derived } = app;
  const { labels } = app.document.annotation.value;
  const errors = derived.errors.value;
  const current = derived.error.value;
  return (
    <div class="panel">
      <Metrics />
      <Heading class="bt" text="Errors" count={errors.length}>
        <Select
          label="Errors of label"
          value={view.errorLabel.value ?? ALL}
          options={[[ALL, "All labels"], ...labels.map(({ name }) => [name, name] as const)]}
          onChoose={(name) => {
            view.errorLabel.value = name === ALL ? null : name;
          }}
        />
      </Heading>
      {errors.length === 0 && <NoErrors />}
      <Rows
        class="err-list"
        role="grid"
        label="Errors"
        row={20}
        count={errors.length}
        current={current === null ? -1 : errors.indexOf(current)}
        render={(index) => {
          const error = errors[index];
          return error && <ErrorRow key={index} error={error} on={error === current} />;
        }}
      />
      {current && <Sides error={current} />}
    </div>
  );
}

function NoErrors() {
  const { view, derived } = useApp();
  const unchecked = view.unchecked.value.size;
  const more = unchecked > 0 ? ` ${unchecked} kinds are unchecked.` : "";
  return (
    <p class="empty">
      No errors at IoU ≥ {derived.review.value?.iou.toFixed(2)}.{more}
    </p>
  );
}

const NAMES: readonly (readonly [keyof Numbers, string])[] = [
  ["MOTA", "Multi-object tracking accuracy"],
  ["IDF1", "Identity F1"],
  ["HOTA", "Higher-order tracking accuracy"],
  ["IoU", "Mean IoU of matched boxes"],
];

/** The numbers as Python computes them, and what the edits have changed. */
function Metrics() {
  const review = useApp().derived.review.value;
  if (review === null) {
    return null;
  }
  const { numbers, first, fixes, iou } = review;
  const percent = (value: number) => (100 * value).toFixed(1);
  const text = (name: keyof Numbers) =>
    name === "IoU" ? numbers.IoU.toFixed(2) : percent(numbers[name]);
  return (
    <section aria-label="Metrics">
      <Heading text="Metrics" note={`IoU ≥ ${iou.toFixed(2)}`} />
      <div class="metrics">
        {NAMES.map(([name, title]) => (
          <div key={name} title={title}>
            <div class="mut">{name === "IoU" ? "Mean IoU" : name}</div>
            <output aria-label={name}>{text(name)}</output>
          </div>
        ))}
      </div>
      {fixes > 0 && (
        <p class="empty" role="note">
          IDF1 {percent(first.IDF1)} → {percent(numbers.IDF1)} by {fixes} label{" "}
          {fixes === 1 ? "fix" : "fixes"}
        </p>
      )}
    </section>
  );
}

function ErrorRow({ error, on }: { error: ReviewError; on: boolean }) {
  const app = useApp();
  const { start, stop, kind } = error;
  return (
    <button
      type="button"
      class={on ? "sg on" : "sg"}
      aria-current={on}
      aria-label={`${errorTitle(error)}, frame ${start}`}
      title={`${errorTitle(error)}: ${errorText(error)}`}
      onClick={() => showError(app, error)}
    >
      <Mark glyph={KINDS[kind].glyph} />
      <span class="fr">{stop - start > 1 ? `${start}–${stop - 1}` : start}</span>
      <span class="nm">{errorTitle(error)}</span>
    </button>
  );
}

/** What label and prediction say on the frame shown. */
function Sides({ error }: { error: ReviewError }) {
  const { view, document } = useApp();
  const frame = view.frame.value;
  const { truth, prediction, was, kind, iou } = error;
  const sides = [
    document.annotation.value.tracks.get(truth ?? 0),
    view.predictions.value.get(prediction ?? 0),
  ];
  const boxes = sides.map((track) => (track ? boxAt(track, frame) : null));
  const before = was === null ? "" : `, was ${kind === "transfer" ? "#" : "P"}${was}`;
  const rows: readonly (readonly [string, string, string])[] = [
    [
      "ID",
      truth === null ? "–" : `#${truth}`,
      prediction === null ? "–" : `P${prediction}${before}`,
    ],
    ["Label", nameOf(sides[0]), nameOf(sides[1])],
    ["x, y", pairOf(boxes[0], "x", "y"), pairOf(boxes[1], "x", "y")],
    ["w, h", pairOf(boxes[0], "w", "h"), pairOf(boxes[1], "w", "h")],
    ["IoU", "", iou === null ? "–" : iou.toFixed(2)],
  ];
  return (
    <section class="bt" aria-label="Error">
      <Heading
        text={
          <>
            <Mark glyph={KINDS[kind].glyph} />
            {errorTitle(error)}
          </>
        }
        note={errorText(error)}
      />
      <table class="sides">
        <thead>
          <tr>
            <th />
            <th>Label</th>
            <th>Prediction</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, label, predicted]) => (
            <tr key={name}>
              <th>{name}</th>
              <td>{label}</td>
              <td>{predicted}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function nameOf(track: Track | undefined): string {
  return track?.label ?? "–";
}

function pairOf(box: Box | null | undefined, a: "x" | "w", b: "y" | "h"): string {
  return box ? `${Math.round(box[a])}, ${Math.round(box[b])}` : "–";
}

/** The mark of a kind of error. */
export function Mark({ glyph }: { glyph: Glyph }) {
  const { stroke, fill } = GLYPHS[glyph];
  return (
    <svg
      class="sm"
      viewBox="0 0 12 12"
      style={{ color: `var(--br-e-${glyph})` }}
      aria-hidden="true"
    >
      <path d={stroke} />
      <path d={fill} fill="currentColor" stroke="none" />
    </svg>
  );
}

/** From error to error, beside how many there are. */
export function ErrorSteps() {
  const { derived } = useApp();
  const errors = derived.errors.value;
  const current = derived.error.value;
  const at = current === null ? "–" : errors.indexOf(current) + 1;
  return (
    <>
      <ActionButton id="previous-mark" icon="previous-frame" />
      <span class="mono" role="status" aria-label="Error shown">
        {at} / {errors.length}
      </span>
      <ActionButton id="next-mark" icon="next-frame">
        Next error
      </ActionButton>
    </>
  );
}
