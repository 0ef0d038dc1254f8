import { errorText, errorTitle, showError } from "../actions/review.ts";
import { counted } from "../actions/text.ts";
import { boxAt } from "../core/interpolate.ts";
import type { Box } from "../core/shapes/box.ts";
import type { Track } from "../core/track.ts";
import { GLYPHS } from "../stage/glyphs.ts";
import { scoreText } from "../stage/tags.ts";
import {
  type Glyph,
  KINDS,
  type Numbers,
  type Review,
  type ReviewError,
  RULINGS,
  type Ruling,
  type Scope,
} from "../store/review.ts";
import { ActionButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { Icon } from "./icons.tsx";
import { Heading, Select } from "./parts.tsx";
import { Rows } from "./Rows.tsx";
import { Seg } from "./Seg.tsx";
import { VerdictOn } from "./Verdict.tsx";

const ALL = "all";

/** The panel of a review: the numbers, the errors, and both sides of the one that is looked at. */
export function ReviewPanel() {
  const app = useApp();
  const { view, derived } = app;
  const { labels } = app.document.annotation.value;
  const errors = derived.errors.value;
  const current = derived.error.value;
  const said = errors.filter((error) => error.said !== null).length;
  return (
    <div class="panel">
      <Metrics />
      <Heading
        class="bt"
        text="Errors"
        count={errors.length}
        note={said > 0 ? `${said} reviewed` : ""}
      >
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
        role="group"
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
      {current && <VerdictOn error={current} />}
    </div>
  );
}

function NoErrors() {
  const { view, derived } = useApp();
  const unchecked = view.unchecked.value.size;
  const more =
    unchecked > 0
      ? ` ${counted(unchecked, "kind")} ${unchecked === 1 ? "is" : "are"} unchecked.`
      : "";
  return (
    <p class="empty">
      No errors at IoU ≥ {derived.review.value?.setting.iou.toFixed(2)}.{more}
    </p>
  );
}

const NAMES: readonly (readonly [keyof Numbers, string])[] = [
  ["MOTA", "Multi-object tracking accuracy"],
  ["IDF1", "Identity F1"],
  ["HOTA", "Higher-order tracking accuracy"],
  ["IoU", "Mean IoU of matched boxes"],
];

const SCOPES: readonly { value: Scope; text: string; title: string }[] = [
  { value: "clip", text: "Clip", title: "Metrics over the whole clip" },
  { value: "view", text: "View", title: "Metrics over the frames in sight on the timeline" },
  { value: "verified", text: "Verified", title: "Metrics over the frames that are verified" },
];

/** The numbers as Python computes them, and what the edits have changed. */
function Metrics() {
  const app = useApp();
  const review = app.derived.review.value;
  if (review === null) {
    return null;
  }
  const { numbers, setting, frames } = review;
  const whole = app.derived.video.value.frame_count;

  const text = (name: keyof Numbers) =>
    name === "IoU" ? numbers.IoU.toFixed(2) : percent(numbers[name]);
  return (
    <section aria-label="Metrics">
      <Heading text="Metrics">
        <Seg
          label="Metrics over"
          choices={SCOPES}
          value={setting.scope}
          onChoose={(scope) => app.match({ scope })}
        />
      </Heading>
      <div class="metrics">
        {NAMES.map(([name, title]) => (
          <div key={name} title={title}>
            <div class="mut">{name === "IoU" ? "Mean IoU" : name}</div>
            <output aria-label={name}>{text(name)}</output>
          </div>
        ))}
      </div>
      <p class="empty fine">
        At IoU ≥ {setting.iou.toFixed(2)}, on {frames ?? whole} of {whole} frames
        {frames === null ? "" : setting.scope === "view" ? ": those in sight" : ": those verified"}.
      </p>
      <Progress review={review} />
    </section>
  );
}

/** What mending the labels has changed, and whose errors are left. */
function Progress({ review }: { review: Review }) {
  const { first, numbers, fixes, errors } = review;
  const [from, to] = [percent(first.IDF1), percent(numbers.IDF1)];
  const by = fixes === 1 ? "1 label fix" : fixes > 1 ? `${fixes} label fixes` : "edits";
  const changes = fixes > 0 || from !== to ? [`IDF1 ${from} → ${to} by ${by}`] : [];
  const of = (ruling?: Ruling) => errors.filter(({ said }) => said?.ruling === ruling).length;
  const open = of();
  const left = open < errors.length ? [`${counted(of("model_wrong"), "model error")} left`] : [];
  if (left.length > 0 && open > 0) {
    left.push(`${open} without a verdict`);
  }
  const text = [...changes, left.join(", ")].filter(Boolean).join("; ");
  return text === "" ? null : (
    <p class="empty fine" role="note" aria-label="Progress">
      {text}
    </p>
  );
}

function percent(value: number): string {
  return (100 * value).toFixed(1);
}

function ErrorRow({ error, on }: { error: ReviewError; on: boolean }) {
  const app = useApp();
  const { start, stop, kind, said } = error;
  return (
    <button
      type="button"
      class={on ? "sg on" : "sg"}
      aria-current={on}
      aria-label={`${errorTitle(error)}, frame ${start}${said ? `, ${RULINGS[said.ruling].name}` : ""}`}
      title={`${errorTitle(error)}: ${errorText(error)}`}
      onClick={() => showError(app, error)}
    >
      <Mark glyph={KINDS[kind].glyph} />
      <span class="fr">{stop - start > 1 ? `${start}–${stop - 1}` : start}</span>
      <span class="nm sp">{errorTitle(error)}</span>
      {said && <span class="r">{RULINGS[said.ruling].short}</span>}
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
  const score = sides[1] && boxes[1] && scoreText(sides[1], frame);
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
    ["IoU, score", "", `${iou === null ? "–" : iou.toFixed(2)}, ${score || "–"}`],
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
            <td />
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
export function ErrorSteps({ compact }: { compact: boolean }) {
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
      <ActionButton id="next-mark" primary>
        {compact ? "Next" : "Next error"}
        <Icon name="next-frame" small />
      </ActionButton>
    </>
  );
}
