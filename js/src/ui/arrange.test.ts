// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { CAR, createApp, PERSON } from "../actions/testing.ts";
import type { TrackOrder } from "../store/view.ts";
import { arranged } from "./arrange.ts";

test("the list shows what is asked for, in the order asked for", () => {
  const { app } = createApp([
    CAR,
    PERSON,
    { ...CAR, id: 3, keyframes: [{ frame: 60, box: [0, 0, 9, 9] }] },
  ]);
  const ids = (order: Partial<TrackOrder>) => {
    app.view.order.value = { show: "all", by: "id", ...order };
    return arranged(app).map(({ id }) => id);
  };
  app.view.frame.value = 5;
  app.view.selection.value = new Set([3]);
  app.view.hidden.value = new Set([1, 3]);
  app.view.locked.value = new Set([2]);
  expect(ids({ show: "frame" })).toEqual([2]);
  expect(ids({ show: "selected" })).toEqual([3]);
  expect(ids({ show: "hidden" })).toEqual([1, 3]);
  expect(ids({ show: "locked" })).toEqual([2]);
  expect(ids({ show: "label:car" })).toEqual([1, 3]);
  expect(ids({ by: "start" })).toEqual([2, 1, 3]);
  expect(ids({ by: "length" })).toEqual([1, 2, 3]);
  expect(ids({ by: "label" })).toEqual([1, 3, 2]);
  app.view.find.value = "person";
  expect(ids({})).toEqual([2]);
});
