import { beforeEach, describe, expect, test } from "vitest";
import { keyOf, type Review, type ReviewError } from "../store/review.ts";
import { signalOf } from "../store/signals.ts";
import type { App } from "./app.ts";
import { perform } from "./registry.ts";
import { CAR, type Calls, createApp, emptyReview, PERSON, reviewError } from "./testing.ts";

const LATE = reviewError({ kind: "late_start", start: 10, stop: 20 });
const SWITCH = reviewError({
  kind: "switch",
  start: 30,
  stop: 31,
  truth: 2,
  prediction: 8,
  was: 7,
});
const EXTRA = reviewError({
  kind: "false_positive",
  start: 30,
  stop: 31,
  truth: null,
  prediction: 9,
});

let app: App;
let calls: Calls;

beforeEach(() => {
  ({ app, calls } = createApp([CAR, PERSON]));
  show([LATE, SWITCH, EXTRA]);
});

function show(errors: ReviewError[], part: Partial<Review> = {}): void {
  app.view.review.value = { ...emptyReview(), errors, ...part };
}

function offer(error: ReviewError): void {
  const edit = { kind: "remove_track", track: 1 } as const;
  app.view.offered.value = {
    ...{ revision: 0, error: keyOf(error) },
    fixes: [{ name: "delete", text: "Delete #1", edit }],
  };
}

const tracks = () => [...app.document.annotation.peek().tracks.keys()];

describe("a verdict", () => {
  test("one key each says who is wrong, the same key takes it back", () => {
    perform(app, "unclear");
    expect(app.view.notice.peek()?.text).toBe("Go to an error first.");
    perform(app, "next-mark");
    for (const id of ["model-wrong", "label-wrong", "both-wrong", "unclear"] as const) {
      perform(app, id);
    }
    expect(calls).toEqual(
      ["model_wrong", "label_wrong", "both_wrong", "unclear"].map(
        (ruling) => `judge late_start 10 ${ruling}`,
      ),
    );
    show([{ ...LATE, said: { ruling: "unclear", author: "ada", time: 0 } }]);
    perform(app, "unclear");
    expect(calls.at(-1)).toBe("judge late_start 10 null");
    expect(app.view.announcement.peek()).toBe("No verdict: Late start on #1");
  });

  test("who may only look gives none", () => {
    app.view.readOnly.value = true;
    perform(app, "next-mark");
    perform(app, "accept");
    perform(app, "model-wrong");
    perform(app, "verify");
    expect(calls).toEqual([]);
  });

  test("U goes to the next error without one, and around", () => {
    const said = { ruling: "unclear", author: "ada", time: 0 } as const;
    show([LATE, { ...SWITCH, said }, EXTRA]);
    const seen = [1, 2, 3].map(() => {
      perform(app, "next-open");
      return app.derived.error.peek()?.kind;
    });
    expect(seen).toEqual(["late_start", "false_positive", "late_start"]);
    show([{ ...LATE, said }]);
    perform(app, "next-open");
    expect(app.view.notice.peek()?.text).toMatch(/^Every error/);
  });
});

describe("a fix", () => {
  test("A takes the likeliest as an edit and says that the label was wrong", async () => {
    perform(app, "next-mark");
    offer(LATE);
    perform(app, "accept");
    await Promise.resolve();
    expect(calls).toEqual(["judge late_start 10 label_wrong"]);
    expect(tracks()).toEqual([2]);
    expect(app.view.notice.peek()).toMatchObject({ text: "Delete #1.", undo: true });
  });

  test("after one that is mended the others of its frame are next", () => {
    app.view.frame.value = 29;
    perform(app, "next-mark");
    show([LATE, EXTRA]);
    perform(app, "next-mark");
    expect(app.derived.error.peek()).toBe(EXTRA);
  });

  test("pressed before the kernel has answered, it waits for the answer, and is done once", async () => {
    perform(app, "next-mark");
    perform(app, "accept");
    perform(app, "accept");
    await Promise.resolve();
    expect(tracks()).toEqual([1, 2]);
    offer(LATE);
    await Promise.resolve();
    expect([tracks(), calls]).toEqual([[2], ["judge late_start 10 label_wrong"]]);
  });

  test("who has gone on meanwhile changes nothing", async () => {
    perform(app, "next-mark");
    perform(app, "accept");
    perform(app, "next-mark");
    offer(LATE);
    await Promise.resolve();
    expect([tracks(), calls]).toEqual([[1, 2], []]);
  });

  test("an offer of other labels counts for nothing", async () => {
    perform(app, "next-mark");
    offer(LATE);
    show([LATE], { revision: 1 });
    expect(app.derived.fixes.peek()).toBeNull();
  });

  test("F shows the labels with the prediction beneath, the mode key goes back", () => {
    app.view.frame.value = 29;
    perform(app, "next-mark");
    perform(app, "by-hand");
    expect(calls).toEqual(["judge switch 30 label_wrong"]);
    const state = () => [app.view.reviewing.peek(), app.view.underlay.peek()];
    expect(state()).toEqual([false, 8]);
    expect(app.view.notice.peek()?.text).toMatch(/P8 is dashed beneath it\. Shift\+V goes back/);
    perform(app, "mode");
    expect(state()).toEqual([true, null]);
  });
});

test("frames are verified, the range or the one shown, and not any more", () => {
  app.view.frame.value = 5;
  perform(app, "verify");
  app.view.range.value = { start: 10, stop: 20 };
  perform(app, "verify");
  show([], { verified: [{ start: 8, stop: 30 }] });
  perform(app, "verify");
  expect(calls).toEqual(["verify 5 6 true", "verify 10 20 true", "verify 10 20 false"]);
});

test("peaks of signals are stops, and select what lies above the threshold", () => {
  app.view.signals.value = [signalOf("loss", Float64Array.of(0, 1, 3, 1, 0, 2, 0))];
  perform(app, "next-peak");
  expect(app.view.notice.peek()?.text).toMatch(/^No signal has a threshold/);
  app.view.thresholds.value = new Map([["loss", 0.5]]);
  const seen = (["next-peak", "next-peak", "previous-peak"] as const).map((id) => {
    perform(app, id);
    return [app.view.frame.peek(), app.view.range.peek()];
  });
  expect(seen).toEqual([
    [2, { start: 1, stop: 4 }],
    [5, { start: 5, stop: 6 }],
    [2, { start: 1, stop: 4 }],
  ]);
});
