import type { AnyModel } from "@anywidget/types";
import { expect, test, vi } from "vitest";
import { createShared } from "../store/view.ts";
import { FakeModel } from "./testing.ts";
import { mirrorTraits, type Traits } from "./traits.ts";

test("stays where the person is when a line that was cut brings what the kernel had before", () => {
  vi.useFakeTimers();
  const [model, shared] = [new FakeModel(), createShared()];
  mirrorTraits(model as unknown as AnyModel<Traits>, shared, new AbortController().signal);
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
