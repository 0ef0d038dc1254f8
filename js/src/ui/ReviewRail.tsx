import { toggled } from "../actions/app.ts";
import { type ErrorKind, KINDS, type Layers } from "../store/review.ts";
import { ActionButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { Icon } from "./icons.tsx";
import { Slider } from "./Picture.tsx";
import { Heading } from "./parts.tsx";
import { Mark } from "./Review.tsx";
import { Seg } from "./Seg.tsx";

const LAYERS: readonly { value: Layers; text: string; title: string }[] = [
  { value: "both", text: "Both", title: "Labels and predictions" },
  { value: "labels", text: "Labels", title: "Labels only" },
  { value: "predictions", text: "Preds", title: "Predictions only" },
];

/** Beside the stage of a review: which errors, how boxes are matched, which side is seen. */
export function ReviewRail() {
  const app = useApp();
  const { view, derived } = app;
  const review = derived.review.value;
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
      <div class="bt">
        <Heading text="Match" />
        <Slider
          text={`IoU ≥ ${review?.iou.toFixed(2)}`}
          value={Math.round(100 * (review?.iou ?? 0.5))}
          normal={50}
          min={5}
          max={95}
          onSet={(percent) => app.match(percent / 100)}
        />
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

/** A kind of error with its mark and number: checked, or left out. */
function Kind({ kind, count }: { kind: ErrorKind; count: number }) {
  const { unchecked } = useApp().view;
  const { name, glyph } = KINDS[kind];
  const on = !unchecked.value.has(kind);
  return (
    <button
      type="button"
      role="checkbox"
      class="row"
      aria-checked={on}
      aria-label={name}
      onClick={() => {
        unchecked.value = toggled(unchecked.peek(), kind);
      }}
    >
      <span class={on ? "ck on" : "ck"}>{on && <Icon name="check" />}</span>
      <Mark glyph={glyph} />
      <span class="nm sp">{name}</span>
      <span class="n">{count}</span>
    </button>
  );
}
