import { beforeEach, describe, expect, test } from "vitest";
import type { Review, ReviewError } from "../store/review.ts";
import type { App } from "./app.ts";
import { perform } from "./registry.ts";
import { CAR, createApp, PERSON } from "./testing.ts";

function error(part: Partial<ReviewError>): ReviewError {
  return {
    kind: "miss",
    start: 0,
    stop: 1,
    label: "car",
    truth: 1,
    prediction: null,
    was: null,
    iou: null,
    severity: 1,
    ...part,
  };
}

const NUMBERS = { IDF1: 0.5, MOTA: 0.5, HOTA: 0.5, IoU: 0.8 };
const REVIEW: Review = {
  iou: 0.5,
  errors: [
    error({ start: 12, stop: 20 }),
    error({ start: 12, stop: 14, kind: "false_positive", truth: null, prediction: 9 }),
    error({ start: 30, kind: "switch", truth: 2, prediction: 8, was: 7, severity: 40 }),
  ],
  pairs: [],
  numbers: NUMBERS,
  first: NUMBERS,
  fixes: 0,
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
