import { keyText } from "../actions/keymap.ts";
import type { Layers } from "../store/review.ts";
import { ActionButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { ErrorFamilies, FamilyChips, ObjectsSelect } from "./ErrorFilters.tsx";
import { Icon } from "./icons.tsx";
import { Menu } from "./Menu.tsx";
import { Slider } from "./Picture.tsx";
import { Heading, Select, Tick } from "./parts.tsx";
import { Seg } from "./Seg.tsx";

/** Beside the stage of a review: which errors, how boxes are matched, which side is seen. */
export function ReviewRail() {
  const app = useApp();
  return (
    <div class="rail">
      <Heading text="Errors" count={app.derived.review.value?.errors.length ?? 0} />
      <ErrorFamilies />
      <ObjectsSelect />
      <div class="bt">
        <Heading text="Match" />
        <IouSlider />
        <ScoreSlider />
        <Models />
      </div>
      <div class="bt picture">
        <Heading text="Show">
          <ActionButton id="layers" small>
            <span class="key">{keyText(app, "layers")}</span>
          </ActionButton>
        </Heading>
        <Sides />
      </div>
    </div>
  );
}

/** The same above the stage, where it is narrow: what is rarely set is in a menu. */
export function ReviewChips() {
  return (
    <div class="chips review-chips">
      <FamilyChips />
      <span class="sp" />
      <Identity />
      <IouSlider />
      <Menu
        class="b s"
        title="More filters and sliders"
        items={["layers", "blink"]}
        more={
          <>
            <ObjectsSelect />
            <ScoreSlider />
            <Models />
            <Sides />
          </>
        }
      >
        <Icon name="more" />
      </Menu>
    </div>
  );
}

/** The number that mending labels moves, while the panel with all of them is folded. */
function Identity() {
  const { view, derived } = useApp();
  const review = derived.review.value;
  return review === null || view.panel.value ? null : (
    <span class="identity" title="Identity F1">
      <span class="mut">IDF1</span>
      <output aria-label="IDF1">{(100 * review.numbers.IDF1).toFixed(1)}</output>
    </span>
  );
}

/** Least overlap of two boxes that may be one object. */
function IouSlider() {
  const app = useApp();
  const { iou } = app.view.setting.value ?? { iou: 0.5 };
  return (
    <Slider
      text={`IoU ≥ ${iou.toFixed(2)}`}
      value={Math.round(100 * iou)}
      normal={50}
      min={5}
      max={95}
      onSet={(percent) => app.match({ iou: percent / 100 })}
    />
  );
}

/** Least score of a predicted box, where they have scores. */
function ScoreSlider() {
  const app = useApp();
  const { score } = app.view.setting.value ?? { score: 0 };
  const tracks = [...app.view.predictions.value.values()];
  if (score === 0 && !tracks.some(({ keyframes }) => keyframes.scores.some((each) => each < 1))) {
    return null;
  }
  return (
    <Slider
      text={`Score ≥ ${score.toFixed(2)}`}
      value={Math.round(100 * score)}
      normal={0}
      max={95}
      onSet={(percent) => app.match({ score: percent / 100 })}
    />
  );
}

/** Which of several predictions are shown, and whether only the errors that not all of them make. */
function Models() {
  const app = useApp();
  const { onlyDiffering, setting } = app.view;
  const models = app.derived.review.value?.models ?? [];
  const text = (name: string, idf1: number) => `${name} · IDF1 ${(100 * idf1).toFixed(1)}`;
  if (models.length < 2) {
    return null;
  }
  return (
    <>
      <div class="row">
        <Select
          label="Predictions"
          value={setting.value?.model ?? ""}
          options={models.map(({ name, numbers }) => [name, text(name, numbers.IDF1)] as const)}
          onChoose={(model) => app.match({ model })}
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

const LAYERS: readonly { value: Layers; text: string; title: string }[] = [
  { value: "both", text: "Both", title: "Labels and predictions" },
  { value: "labels", text: "Labels", title: "Labels only" },
  { value: "predictions", text: "Preds", title: "Predictions only" },
];

/** Which of both sides are drawn. */
function Sides() {
  const { layers } = useApp().view;
  return (
    <div class="row">
      <Seg
        label="Sides shown"
        choices={LAYERS}
        value={layers.value}
        onChoose={(chosen) => {
          layers.value = chosen;
        }}
      />
    </div>
  );
}
