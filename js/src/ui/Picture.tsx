import type { ActionId } from "../actions/keymap.ts";
import { ACTIONS, perform, withKey } from "../actions/registry.ts";
import { AS_IT_IS, type PictureSettings } from "../store/view.ts";
import { ariaKeys } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { Icon } from "./icons.tsx";

const SLIDERS: readonly (readonly [keyof PictureSettings, string])[] = [
  ["brightness", "Brightness"],
  ["contrast", "Contrast"],
  ["saturation", "Saturation"],
];

/** How the picture is shown; labels and exports do not change with it. */
export function Sliders() {
  return SLIDERS.map(([setting, text]) => <Slider key={setting} setting={setting} text={text} />);
}

function Slider({ setting, text }: { setting: keyof PictureSettings; text: string }) {
  const { picture, bypass } = useApp().view;
  const value = picture.value[setting];
  const set = (to: number) => {
    picture.value = { ...picture.peek(), [setting]: to };
    bypass.value = false;
  };
  return (
    <label class="row slider" title={`${text} ${value} %. Double-click resets.`}>
      <span class={value === AS_IT_IS[setting] ? "nm" : "nm changed"}>{text}</span>
      <input
        type="range"
        min={0}
        max={300}
        step={5}
        value={value}
        aria-label={text}
        aria-valuetext={`${value} %`}
        onInput={(event) => set(event.currentTarget.valueAsNumber)}
        onDblClick={() => set(AS_IT_IS[setting])}
      />
    </label>
  );
}

/** An action that turns something on and off, as a checkbox. */
export function Check({ id, text }: { id: ActionId; text?: string }) {
  const app = useApp();
  const on = ACTIONS[id].pressed?.(app) === true;
  const title = ACTIONS[id].title(app);
  return (
    <button
      type="button"
      role="checkbox"
      class="row"
      title={withKey(title, id)}
      aria-label={title}
      aria-keyshortcuts={ariaKeys(id)}
      aria-checked={on}
      onClick={() => perform(app, id)}
    >
      <span class={on ? "ck on" : "ck"}>{on && <Icon name="check" />}</span>
      <span>{text ?? title}</span>
    </button>
  );
}
