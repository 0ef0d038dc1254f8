import { counted } from "../actions/text.ts";
import { ActionButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { Select } from "./parts.tsx";

/** What stands before the name of a video that something was said of. */
const SIGN = { done: "✓ ", discarded: "✕ " };

/** The videos of the widget: which one is shown, the way to the others, what is said of this one. */
export function Videos() {
  const app = useApp();
  const { item, items } = app.view;
  const marked = items.value.filter(({ mark }) => mark !== null).length;
  return (
    <>
      <ActionButton id="previous-item" icon="previous-frame" />
      <Select
        class="pick videos"
        label="Video"
        title={`${counted(items.value.length, "video")}, ${marked} done or discarded`}
        value={String(item.value)}
        options={items.value.map(({ name, mark }, index) => [
          String(index),
          `${mark ? SIGN[mark] : ""}${name}`,
        ])}
        onChoose={(value) => app.openItem(Number(value))}
      />
      <ActionButton id="next-item" icon="next-frame" />
      <ActionButton id="mark-done" icon="check" />
      <ActionButton id="mark-discarded" icon="close" />
    </>
  );
}
