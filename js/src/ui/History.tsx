import { useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { announce } from "../actions/app.ts";
import { perform, withKey } from "../actions/registry.ts";
import { PlainButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { Heading } from "./parts.tsx";

/** The steps that were made and those taken back; a click goes to the labels as they were. */
export function History() {
  return useApp().view.history.value && <Sheet />;
}

function Sheet() {
  const app = useApp();
  const { view, document } = app;
  const list = useRef<HTMLDivElement>(null);
  useSignalEffect(() => {
    if (document.pending.value.length === 0 && document.revision.value >= 0) {
      app.askSteps();
    }
  });
  const { past = [], future = [], revision = -1 } = view.steps.value ?? {};
  const settled = revision === document.revision.value && document.pending.value.length === 0;
  // Not `disabled`, which would let go of the focus while the kernel answers.
  const blocked = !settled || view.readOnly.value;
  useLayoutEffect(() => () => app.root.focus({ preventScroll: true }), []);
  useLayoutEffect(() => {
    const current = list.current?.querySelector<HTMLElement>("[aria-current]");
    current?.scrollIntoView({ block: "nearest" });
    current?.focus({ preventScroll: true });
  }, [view.steps.value]);
  const go = (by: number, name: string) => {
    if (by !== 0 && !blocked) {
      announce(app, `Back to: ${name}`);
      app.travel(by);
    }
  };
  const names = ["Opened", ...past, ...future];
  return (
    <div class="history" role="dialog" aria-label="History" onKeyDown={step}>
      <Heading text="History" count={names.length - 1}>
        <PlainButton
          title={withKey(app, "Close the history", "history")}
          icon="close"
          onClick={() => perform(app, "history")}
        />
      </Heading>
      <div ref={list} class="history-list">
        {names
          .map((name, index) => {
            const by = index - past.length;
            return (
              <button
                key={`${index} ${name}`}
                type="button"
                class={`sg${by === 0 ? " on" : ""}${by > 0 ? " undone" : ""}`}
                aria-current={by === 0 ? "step" : undefined}
                aria-disabled={blocked}
                onClick={() => go(by, name)}
              >
                <span class="cut">{name}</span>
                {by === 0 && <span class="r">now</span>}
                {by > 0 && <span class="r">taken back</span>}
              </button>
            );
          })
          .reverse()}
      </div>
    </div>
  );
}

/** Up and Down go from step to step. */
function step(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>(".sg")];
  const at = buttons.indexOf(event.target as HTMLElement);
  if (by !== 0 && at >= 0) {
    event.preventDefault();
    event.stopPropagation();
    buttons[at + by]?.focus();
  }
}
