import { h } from "./vdom/h.ts";
import { useAfter, useOnce, useRef } from "./vdom/render.ts";

type Props = {
  label: string;
  value: string;
  title?: string;
  /** Shown before the value: "x". */
  prefix?: string;
  width?: number;
  disabled?: boolean;
  placeholder?: string;
  numeric?: boolean;
  /** Called on Enter, or when the field is left, with a text that differs from the value. */
  onCommit(text: string): void;
};

/** A field that keeps what is typed until Enter or until it is left; Esc takes it back. */
export function Field(props: Props) {
  const { label, value, title, prefix, width, disabled, placeholder, numeric = true } = props;
  const input = useRef<HTMLInputElement>();
  const typing = useOnce(() => ({ current: false }));
  useAfter(() => {
    if (input.current && !typing.current) {
      input.current.value = value;
    }
  });
  const settle = (field: HTMLInputElement) => {
    const text = field.value.trim();
    typing.current = false;
    field.value = value;
    if (text !== value) {
      props.onCommit(text);
    }
  };
  return (
    <label
      class="fld"
      style={width === undefined ? undefined : { width: `${width}px`, flex: "none" }}
    >
      {prefix && <span class="pre">{prefix}</span>}
      <input
        ref={input}
        class={numeric ? "num" : ""}
        inputMode={numeric ? "decimal" : "text"}
        aria-label={label}
        title={title}
        disabled={disabled}
        placeholder={placeholder}
        autoComplete="off"
        spellcheck={false}
        onFocus={(event) => event.currentTarget.select()}
        onInput={() => {
          typing.current = true;
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            settle(event.currentTarget);
            event.currentTarget.select();
          } else if (event.key === "Escape") {
            typing.current = false;
            event.currentTarget.value = value;
          }
        }}
        onBlur={(event) => settle(event.currentTarget)}
      />
    </label>
  );
}

/** The number of a typed text, null when it is none; a decimal comma is understood. */
export function numberOf(text: string): number | null {
  const value = text === "" ? Number.NaN : Number(text.replace(",", "."));
  return Number.isFinite(value) ? value : null;
}
