import type { ActionId } from "../actions/keymap.ts";
import { ACTIONS, perform, withKey } from "../actions/registry.ts";
import { AS_IT_IS, type PictureSettings } from "../store/view.ts";
import { ariaKeys } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { Icon } from "./icons.tsx";
import { Menu } from "./Menu.tsx";
import { Tick } from "./parts.tsx";

const SLIDERS: readonly (readonly [keyof PictureSettings, string])[] = [
  ["brightness", "Brightness"],
  ["contrast", "Contrast"],
  ["saturation", "Saturation"],
];

const SHOWN = [
  "trails",
  "hairlines",
  "colour-by-track",
  "tag-id",
  "tag-label",
  "tag-score",
  "tag-attributes",
  "tag-size",
] as const;

/** How the picture is shown; labels and exports do not change with it. */
export function Sliders() {
  const { picture, bypass } = useApp().view;
  return SLIDERS.map(([setting, text]) => (
    <Slider
      key={setting}
      text={text}
      value={picture.value[setting]}
      normal={AS_IT_IS[setting]}
      max={300}
      onSet={(to) => {
        picture.value = { ...picture.peek(), [setting]: to };
        bypass.value = false;
      }}
    />
  ));
}

/** How much the boxes are filled. */
export function FillSlider() {
  const { fill } = useApp().view;
  return (
    <Slider
      text="Fill of boxes"
      value={Math.round(fill.value * 100)}
      normal={0}
      max={60}
      onSet={(to) => {
        fill.value = to / 100;
      }}
    />
  );
}

type SliderProps = {
  text: string;
  /** In percent. */
  value: number;
  /** What a double-click sets. */
  normal: number;
  min?: number;
  max: number;
  onSet(value: number): void;
};

/** A slider with its name, in percent. */
export function Slider({ text, value, normal, min = 0, max, onSet }: SliderProps) {
  return (
    <label class="row slider" title={`${text} ${value} %. Double-click resets.`}>
      <span class={value === normal ? "nm" : "nm changed"}>{text}</span>
      <input
        type="range"
        min={min}
        max={max}
        step={5}
        value={value}
        aria-label={text}
        aria-valuetext={`${value} %`}
        onInput={(event) => onSet(event.currentTarget.valueAsNumber)}
        onDblClick={() => onSet(normal)}
      />
    </label>
  );
}

/** What else can be shown of boxes, and what their tags say. */
export function ShowMenu() {
  return (
    <Menu class="b s" title="More of how it is shown" items={SHOWN} up>
      <Icon name="more" />
    </Menu>
  );
}

/** An action that turns something on and off, as a checkbox. */
export function Check({ id, text }: { id: ActionId; text?: string }) {
  const app = useApp();
  const on = ACTIONS[id].pressed?.(app) === true;
  const title = ACTIONS[id].title(app);
  return (
    <Tick
      name={title}
      title={withKey(app, title, id)}
      keys={ariaKeys(app, id)}
      on={on}
      onClick={() => perform(app, id)}
    >
      <span>{text ?? title}</span>
    </Tick>
  );
}

/** What the rail shows where there is a rail. */
export const COMPACT_SHOWN = ["bypass", "ghosts", "tags", ...SHOWN] as const;
