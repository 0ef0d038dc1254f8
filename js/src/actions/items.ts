import type { ItemHead, ItemMark } from "../store/view.ts";
import { type Action, type App, act, announce } from "./app.ts";

/** The videos of the widget: the one before and after, and what is said of each. */
export const ITEMS = {
  "previous-item": beside("Previous", -1),
  "next-item": beside("Next", 1),
  "mark-done": marking("Done", "done"),
  "mark-discarded": marking("Discarded", "discarded"),
} satisfies Record<string, Action>;

/** Why there is no other video. */
function alone({ view }: App): string | null {
  return view.items.value.length > 1
    ? null
    : "There is one video only: Annotator([a, b]) takes several.";
}

function itemAt({ view }: App, by: number): ItemHead | undefined {
  return view.items.value[view.item.value + by];
}

function beside(word: "Previous" | "Next", by: 1 | -1): Action {
  const title = (app: App) => {
    const item = itemAt(app, by);
    return `${word} video${item ? `: ${item.name}` : ""}`;
  };
  return act(title, (app) => app.openItem(app.view.item.peek() + by), {
    blocked: (app) =>
      alone(app) ?? (itemAt(app, by) ? null : `This is the ${by < 0 ? "first" : "last"} video.`),
  });
}

/** Say something of the video shown, and go on; said again, take it back and stay. */
function marking(word: string, mark: ItemMark): Action {
  const is = (app: App) => itemAt(app, 0)?.mark === mark;
  return {
    title: (app) => (is(app) ? `Not ${word.toLowerCase()}` : `${word}, next video`),
    pressed: is,
    blocked: alone,
    run: (app) => {
      const { view } = app;
      const on = !is(app);
      app.markItem(view.item.peek(), on ? mark : null);
      announce(app, `${itemAt(app, 0)?.name}: ${on ? mark : `not ${mark}`}`);
      if (on) {
        goOn(app);
      }
    },
  };
}

/** To the next video of which nothing has been said. */
function goOn(app: App): void {
  const { item, items } = app.view;
  const next = items.peek().findIndex(({ mark }, index) => index > item.peek() && mark === null);
  if (next >= 0) {
    app.openItem(next);
  }
}
