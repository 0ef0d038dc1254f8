import { beforeEach, describe, expect, test } from "vitest";
import type { Review } from "../store/review.ts";
import type { App } from "./app.ts";
import { perform } from "./registry.ts";
import { CAR, createApp, emptyReview, PERSON, reviewError } from "./testing.ts";

const REVIEW: Review = {
  ...emptyReview(),
  errors: [
    reviewError({ start: 12, stop: 20 }),
    reviewError({ start: 12, stop: 14, kind: "false_positive", truth: null, prediction: 9 }),
    reviewError({
      start: 30,
      stop: 31,
      kind: "switch",
      truth: 2,
      prediction: 8,
      was: 7,
      severity: 40,
    }),
  ],
};

let app: App;
const at = () => {
  const { frame, selection } = app.view;
  return [frame.peek(), ...selection.peek()];
};

beforeEach(() => {
  app = createApp([CAR, PERSON]).app;
  app.view.review.value = REVIEW;
});

describe("from error to error", () => {
  test("E goes through all of them, those that begin together too, and back", () => {
    const places = [1, 2, 3].map(() => {
      perform(app, "next-mark");
      return at();
    });
    expect(places).toEqual([[12, 1], [12], [30, 2]]);
    expect(app.view.announcement.peek()).toBe("Error 3 of 3: ID switch on #2, P7 → P8");
    perform(app, "next-mark");
    expect(app.view.notice.peek()?.text).toBe("There is no error after this one.");
    perform(app, "previous-mark");
    expect(at()).toEqual([12]);
  });

  test("what begins on the frame shown comes first when nothing is looked at", () => {
    app.view.frame.value = 12;
    perform(app, "next-mark");
    expect(app.derived.error.peek()?.kind).toBe("miss");
  });

  test("after the playhead was moved it goes on from there", () => {
    perform(app, "next-mark");
    app.view.frame.value = 25;
    perform(app, "next-mark");
    expect(at()).toEqual([30, 2]);
    app.view.frame.value = 25;
    perform(app, "previous-mark");
    expect(at()).toEqual([12]);
  });

  test("the worst comes first, kinds that are unchecked do not", () => {
    perform(app, "next-worst");
    expect(at()).toEqual([30, 2]);
    app.view.unchecked.value = new Set(["switch"]);
    perform(app, "next-worst");
    expect(at()).toEqual([12, 1]);
  });

  test("only errors of objects that are like that, by the label or else the prediction", () => {
    app.view.errorLike.value = "not occluded";
    perform(app, "next-mark");
    perform(app, "next-mark");
    expect(at()).toEqual([30, 2]);
    app.view.errorLike.value = "occluded";
    expect(app.derived.errors.peek()).toEqual([]);
    const frames = REVIEW.errors.map((error) => ({ ...error, start: 35, stop: 40 }));
    app.view.review.value = { ...REVIEW, errors: frames };
    expect(app.derived.errors.peek().map(({ truth }) => truth)).toEqual([1]);
  });

  test("without errors, and without a review, it says so", () => {
    app.view.errorLabel.value = "bus";
    perform(app, "next-mark");
    expect(app.view.notice.peek()?.text).toBe("There are no errors of the checked kinds.");
    perform(app, "mode");
    perform(app, "layers");
    expect(app.view.notice.peek()?.text).toBe("The labels alone are shown.");
    app.view.review.value = null;
    perform(app, "mode");
    expect(app.view.notice.peek()?.text).toMatch(/^No predictions/);
  });
});
