import type { ComponentChildren } from "preact";
import type { Track } from "../core/track.ts";
import { cssColour } from "../store/colours.ts";
import type { Store } from "../store/store.ts";
import { Icon } from "./icons.tsx";

/** The style that gives a label's colour to what is inside. */
export function inColour({ derived }: Store, label: string): { "--c": string } {
  return { "--c": cssColour(derived.colours.value.get(label), "c") };
}

/** The style that gives a track's colour to what is inside. */
export function inTrackColour({ derived }: Store, track: Track): { "--c": string } {
  return { "--c": cssColour(derived.swatch.value(track), "c") };
}

/** A line of the panel: what it is about, and its fields. */
export function Line(props: { label: string; short?: string; children: ComponentChildren }) {
  const { label, short = label, children } = props;
  return (
    <div class="f">
      <span class="l" title={label}>
        {short}
      </span>
      <div class="v">{children}</div>
    </div>
  );
}

type HeadingProps = {
  text: ComponentChildren;
  count?: number;
  note?: string;
  class?: string;
  children?: ComponentChildren;
};

/** A heading with a number or a note after it, and buttons at its end. */
export function Heading({ text, count, note, class: className = "", children }: HeadingProps) {
  return (
    <div class={`hd ${className}`}>
      <span class="nm">{text}</span>
      {count !== undefined && <span class="n">{count}</span>}
      {note && <span class="r">{note}</span>}
      <span class="sp" />
      {children}
    </div>
  );
}

type TickProps = {
  /** Its name; drawn beside the box unless there are children. */
  name: string;
  title?: string;
  keys?: string | undefined;
  on: boolean | "mixed";
  class?: string;
  onClick(): void;
  children?: ComponentChildren;
};

/** A box to tick. */
export function Tick(props: TickProps) {
  const { name, title, keys, on, class: className = "row", onClick, children } = props;
  return (
    <button
      type="button"
      role="checkbox"
      class={className}
      aria-checked={on}
      aria-label={name}
      aria-keyshortcuts={keys}
      title={title}
      onClick={onClick}
    >
      <span class={on ? "ck on" : "ck"}>
        {on && <Icon name={on === "mixed" ? "minus" : "check"} />}
      </span>
      {children ?? <span class="nm sp">{name}</span>}
    </button>
  );
}

type SelectProps = {
  label: string;
  title?: string;
  value: string;
  options: readonly (readonly [value: string, text: string])[];
  disabled?: boolean;
  class?: string;
  onChoose(value: string): void;
  children?: ComponentChildren;
};

/** A list box that looks like the other fields. */
export function Select(props: SelectProps) {
  const { label, title, value, options, disabled, class: className = "fld ui pick" } = props;
  return (
    <label class={className} title={title}>
      {props.children}
      <select
        aria-label={label}
        value={value}
        disabled={disabled}
        onChange={(event) => props.onChoose(event.currentTarget.value)}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
      <Icon name="chevron" small />
    </label>
  );
}
