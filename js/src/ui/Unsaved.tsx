import { useSignal } from "@preact/signals";
import { describe } from "../core/edits.ts";
import { isStep } from "../store/queue.ts";
import { editsText } from "../store/unsaved.ts";
import { useApp } from "./chrome.ts";
import { Icon } from "./icons.tsx";

/** Offers what was edited before and never confirmed: it is put on top of the labels only when wanted. */
export function Unsaved() {
  const { view, unsaved } = useApp();
  const open = useSignal(false);
  const names = view.unsaved.value.map(({ act }) => (isStep(act) ? act.kind : describe(act)));
  return (
    names.length > 0 && (
      <div class="notice warning unsaved" role="alertdialog" aria-label="Edits that were not saved">
        <Icon name="warning" />
        <span class="sp">
          {editsText(names.length)} made here {names.length === 1 ? "was" : "were"} not saved.
        </span>
        <button type="button" class="b s line" onClick={() => unsaved.apply()}>
          Apply
        </button>
        <button type="button" class="b s line" onClick={() => unsaved.discard()}>
          Discard
        </button>
        <button
          type="button"
          class="b s line"
          aria-expanded={open.value}
          onClick={() => {
            open.value = !open.peek();
          }}
        >
          {open.value ? "Hide" : "Show"}
        </button>
        {open.value && (
          <ol class="unsaved-list">
            {names.map((name, index) => (
              <li key={`${index} ${name}`}>{name}</li>
            ))}
          </ol>
        )}
      </div>
    )
  );
}
