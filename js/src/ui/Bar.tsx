import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

type Props = {
  class: string;
  role: "toolbar" | "radiogroup";
  label: string;
  children: ComponentChildren;
};

/** A group of buttons with one tab stop; the arrow keys go from button to button. */
export function Bar({ class: className, role, label, children }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const settle = (current?: Element | null) => {
    const buttons = buttonsOf(host.current);
    const stop =
      buttons.find((button) => button === current) ??
      buttons.find((button) => button.getAttribute("aria-checked") === "true") ??
      buttons.find((button) => button.tabIndex === 0) ??
      buttons[0];
    for (const button of buttons) {
      button.tabIndex = button === stop ? 0 : -1;
    }
  };
  useLayoutEffect(() => settle());
  const step = (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    const buttons = buttonsOf(host.current);
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    if (by === undefined || at < 0 || event.shiftKey || event.ctrlKey || event.altKey) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div
      ref={host}
      class={className}
      role={role}
      aria-label={label}
      onKeyDown={step}
      onFocusIn={(event) => settle(event.target as Element)}
    >
      {children}
    </div>
  );
}

const STEPS: Readonly<Record<string, 1 | -1>> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
};

function buttonsOf(host: HTMLElement | null): HTMLButtonElement[] {
  return [...(host?.querySelectorAll("button") ?? [])].filter(
    (button) => !button.disabled && button.closest("[role=menu]") === null,
  );
}
