import { Bar } from "./Bar.tsx";
import { Icon, type IconName } from "./icons.tsx";

/** One of the choices that exclude each other. */
export type Choice<T> = { value: T; text: string; title: string; icon?: IconName };

type Props<T> = {
  label: string;
  choices: readonly Choice<T>[];
  value: T | null;
  disabled?: boolean;
  /** Show only the icons. */
  bare?: boolean;
  /** Called with a choice that is not the one in force. */
  onChoose(value: T): void;
};

/** A row of choices of which one is on. */
export function Seg<T extends string>(props: Props<T>) {
  const { label, choices, value, disabled = false, bare = false, onChoose } = props;
  return (
    <Bar class="seg" role="radiogroup" label={label}>
      {choices.map(({ value: choice, text, title, icon }) => (
        <button
          key={choice}
          type="button"
          role="radio"
          class={choice === value ? "on" : ""}
          aria-checked={choice === value}
          aria-label={text}
          title={title}
          disabled={disabled}
          onClick={() => choice !== value && onChoose(choice)}
        >
          {icon && <Icon name={icon} small />}
          {!bare && text}
        </button>
      ))}
    </Bar>
  );
}
