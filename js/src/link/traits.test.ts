import type { AnyModel } from "@anywidget/types";
import { expect, test, vi } from "vitest";
import { createShared, type Shared } from "../store/view.ts";
import { FakeModel } from "./testing.ts";
import { mirrorTraits, type Traits } from "./traits.ts";

const mirror = (model: FakeModel, shared: Shared, isAwaited = () => false) =>
  mirrorTraits(
    model as unknown as AnyModel<Traits>,
    shared,
    isAwaited,
    new AbortController().signal,
  );

test("stays where the person is when a line that was cut brings what the kernel had before", () => {
  vi.useFakeTimers();
  const [model, shared] = [new FakeModel(), createShared()];
  mirror(model, shared);
  shared.frame.value = 5;
  vi.advanceTimersByTime(200);
  shared.line.value = "cut";
  shared.frame.value = 8;
  vi.advanceTimersByTime(200);
  model.set("frame", 5);
  expect(shared.frame.value).toBe(8);
  shared.line.value = "live";
  model.set("frame", 5);
  vi.advanceTimersByTime(200);
  expect([shared.frame.value, model.traits.frame]).toEqual([8, 8]);
  model.set("frame", 40);
  expect(shared.frame.value).toBe(40);
  vi.advanceTimersByTime(6000);
  model.set("frame", 5);
  expect(shared.frame.value).toBe(5);
});

test("keeps the traits and their signals equal", () => {
  vi.useFakeTimers();
  const [model, shared] = [new FakeModel(), createShared()];
  mirror(model, shared);
  expect(shared.frame.value).toBe(3);
  model.set("frame", 9);
  expect(shared.frame.value).toBe(9);
  model.set("height", 500);
  model.set("theme", "dark");
  expect([shared.height.value, shared.theme.value]).toEqual([500, "dark"]);
  model.set("selection", [1, 2]);
  expect([...shared.selection.value]).toEqual([1, 2]);
  shared.frame.value = 11;
  shared.selection.value = new Set([2]);
  vi.advanceTimersByTime(500);
  expect([model.traits.frame, model.traits.selection]).toEqual([11, [2]]);
});

test("Python hears where the playhead is when its picture is here, or after a second", () => {
  vi.useFakeTimers();
  const [model, shared] = [new FakeModel(), createShared()];
  let awaited = true;
  mirror(model, shared, () => awaited);
  shared.frame.value = 7;
  vi.advanceTimersByTime(500);
  expect(model.traits.frame).toBe(3);
  awaited = false;
  vi.advanceTimersByTime(100);
  expect(model.traits.frame).toBe(7);
  awaited = true;
  shared.frame.value = 8;
  vi.advanceTimersByTime(1200);
  expect(model.traits.frame).toBe(8);
});
