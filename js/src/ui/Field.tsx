import { useLayoutEffect, useRef } from "preact/hooks";

type Shared = {
  label: string;
  title?: string;
  /** Shown before the value: "x". */
  prefix?: string;
  width?: number;
  disabled?: boolean;
};

type Props = Shared & {
  value: string;
  numeric?: boolean;
  /** Called on Enter, or when the field is left, with a text that differs from the value. */
  onCommit(text: string): void;
};

/**
 * A field that keeps what is typed until Enter or until it is left; Esc takes it back. It is for what the
 * field was of when the typing began, whatever another page or Python has selected meanwhile.
 */
export function Field(props: Props) {
  const { label, value, title = label, prefix, width, disabled, numeric = true } = props;
  const input = useRef<HTMLInputElement>(null);
  const typing = useRef<Props["onCommit"] | null>(null);
  useLayoutEffect(() => {
    const field = input.current;
    if (field && !typing.current && field.value !== value) {
      // What is typed next replaces all, also where the value comes after the click.
      const { selectionStart: start, selectionEnd: stop } = field;
      const chosen = field.matches(":focus") && start === 0 && stop === field.value.length;
      field.value = value;
      if (chosen) {
        field.select();
      }
    }
  });
  const settle = (field: HTMLInputElement) => {
    const text = field.value.trim();
    const commit = typing.current;
    typing.current = null;
    field.value = value;
    if (text !== value) {
      (commit ?? props.onCommit)(text);
    }
  };
  return (
    <label class="fld" style={width ? { width: `${width}px`, flex: "none" } : {}} title={title}>
      {prefix && <span class="mut">{prefix}</span>}
      <input
        ref={input}
        class={numeric ? "num" : ""}
        inputMode={numeric ? "decimal" : "text"}
        aria-label={label}
        disabled={disabled}
        autoComplete="off"
        onFocus={(event) => event.currentTarget.select()}
        onInput={() => {
          typing.current ??= props.onCommit;
        }}
        onKeyDown={({ key, currentTarget, isComposing }) => {
          if (isComposing) {
            return; // Enter and Esc are of what writes Japanese, say.
          }
          if (key === "Enter") {
            settle(currentTarget);
            currentTarget.select();
          } else if (key === "Escape") {
            typing.current = null;
            currentTarget.value = value;
          }
        }}
        onBlur={(event) => settle(event.currentTarget)}
      />
    </label>
  );
}

type NumberProps = Shared & { value: number; digits?: number; onCommit(value: number): void };

/** A field for a number; what is no number is taken back. */
export function NumberField({ value, digits = 0, onCommit, ...rest }: NumberProps) {
  return (
    <Field
      {...rest}
      value={Number.isNaN(value) ? "" : value.toFixed(digits)}
      onCommit={(text) => {
        const number = numberOf(text);
        if (number !== null) {
          onCommit(number);
        }
      }}
    />
  );
}

/** The number of a typed text, null when it is none; a decimal comma is understood. */
export function numberOf(text: string): number | null {
  const value = text === "" ? Number.NaN : Number(text.replace(",", "."));
  return Number.isFinite(value) ? value : null;
}
