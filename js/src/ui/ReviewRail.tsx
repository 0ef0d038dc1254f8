import type { ComponentChildren } from "preact";
import { toggled } from "../actions/app.ts";
import type { Likeness } from "../store/likeness.ts";
import { type ErrorKind, KINDS, type Layers, type Review } from "../store/review.ts";
import { ActionButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { Icon } from "./icons.tsx";
import { Slider } from "./Picture.tsx";
import { Heading, Select } from "./parts.tsx";
import { Mark } from "./Review.tsx";
import { Seg } from "./Seg.tsx";

const LAYERS: readonly { value: Layers; text: string; title: string }[] = [
  { value: "both", text: "Both", title: "Labels and predictions" },
  { value: "labels", text: "Labels", title: "Labels only" },
  { value: "predictions", text: "Preds", title: "Predictions only" },
];

/** Stands for every object: no likeness has an empty text. */
const ALL = "";

function likeOption({ text }: Likeness): [string, string] {
  return [text, text[0]?.toUpperCase() + text.slice(1)];
}

/** Beside the stage of a review: which errors, how boxes are matched, which side is seen. */
export function ReviewRail() {
  const app = useApp();
  const { view, derived } = app;
  const review = derived.review.value;
  const { iou, score, model } = view.setting.value ?? { iou: 0.5, score: 0, model: "" };
  const models = review?.models ?? [];
  const tracks = [...view.predictions.value.values()];
  const hasScores =
    score > 0 || tracks.some(({ keyframes }) => keyframes.scores.some((each) => each < 1));
  const kinds = (Object.keys(KINDS) as ErrorKind[]).map(
    (kind) => [kind, review?.errors.filter((error) => error.kind === kind).length ?? 0] as const,
  );
  return (
    <div class="rail">
      <Heading text="Errors" count={review?.errors.length ?? 0} />
      <div class="chip-list">
        {kinds
          .filter(([, count]) => count > 0)
          .map(([kind, count]) => (
            <Kind key={kind} kind={kind} count={count} />
          ))}
      </div>
      <div class="row">
        <Select
          label="Objects with errors"
          value={view.errorLike.value ?? ALL}
          options={[[ALL, "All objects"], ...derived.likely.value.map(likeOption)]}
          onChoose={(text) => {
            view.errorLike.value = text === ALL ? null : text;
          }}
        />
      </div>
      <div class="bt">
        <Heading text="Match" />
        <Slider
          text={`IoU ≥ ${iou.toFixed(2)}`}
          value={Math.round(100 * iou)}
          normal={50}
          min={5}
          max={95}
          onSet={(percent) => app.match({ iou: percent / 100 })}
        />
        {hasScores && (
          <Slider
            text={`Score ≥ ${score.toFixed(2)}`}
            value={Math.round(100 * score)}
            normal={0}
            max={95}
            onSet={(percent) => app.match({ score: percent / 100 })}
          />
        )}
        {models.length > 1 && <Models models={models} model={model} />}
      </div>
      <div class="bt picture">
        <Heading text="Show">
          <ActionButton id="layers" small>
            <span class="key">D</span>
          </ActionButton>
        </Heading>
        <div class="row">
          <Seg
            label="Sides shown"
            choices={LAYERS}
            value={view.layers.value}
            onChoose={(layers) => {
              view.layers.value = layers;
            }}
          />
        </div>
      </div>
    </div>
  );
}

type ModelsProps = { models: Review["models"]; model: string };

/** Which of several predictions are shown, and whether only the errors that not all of them make. */
function Models({ models, model }: ModelsProps) {
  const app = useApp();
  const { onlyDiffering } = app.view;
  const text = (name: string, idf1: number) => `${name} · IDF1 ${(100 * idf1).toFixed(1)}`;
  return (
    <>
      <div class="row">
        <Select
          label="Predictions"
          value={model}
          options={models.map(({ name, numbers }) => [name, text(name, numbers.IDF1)] as const)}
          onChoose={(name) => app.match({ model: name })}
        />
      </div>
      <Tick
        name="Only differing"
        title="Only errors that not all predictions make"
        on={onlyDiffering.value}
        onClick={() => {
          onlyDiffering.value = !onlyDiffering.peek();
        }}
      />
    </>
  );
}

type TickProps = {
  name: string;
  title?: string;
  on: boolean;
  onClick(): void;
  children?: ComponentChildren;
};

/** A box to tick. */
function Tick({ name, title, on, onClick, children }: TickProps) {
  return (
    <button
      type="button"
      role="checkbox"
      class="row"
      aria-checked={on}
      aria-label={name}
      title={title}
      onClick={onClick}
    >
      <span class={on ? "ck on" : "ck"}>{on && <Icon name="check" />}</span>
      {children ?? <span class="nm sp">{name}</span>}
    </button>
  );
}

/** A kind of error with its mark and number: checked, or left out. */
function Kind({ kind, count }: { kind: ErrorKind; count: number }) {
  const { unchecked } = useApp().view;
  const { name, glyph } = KINDS[kind];
  return (
    <Tick
      name={name}
      on={!unchecked.value.has(kind)}
      onClick={() => {
        unchecked.value = toggled(unchecked.peek(), kind);
      }}
    >
      <Mark glyph={glyph} />
      <span class="nm sp">{name}</span>
      <span class="n">{count}</span>
    </Tick>
  );
}
