import type { AnyModel } from "@anywidget/types";
import { beforeEach, expect, test, vi } from "vitest";
import { Sender } from "./nudge.ts";
import { FakeModel } from "./testing.ts";
import type { Traits } from "./traits.ts";

let model: FakeModel;
let sender: Sender;

beforeEach(() => {
  vi.useFakeTimers();
  model = new FakeModel();
  sender = new Sender(model as unknown as AnyModel<Traits>);
});

const ask = () => sender.send({ kind: "ping", client: "a" });
const kernelIs = (execution_state: string, status = model.status) =>
  status?.({ content: { execution_state } });
const kinds = () => model.sent.map(({ kind }) => kind);

test("a message that travels alone is followed by a nudge, once the kernel is at work on it", () => {
  ask();
  const status = model.status;
  expect(kinds()).toEqual(["ping"]);
  kernelIs("busy", status);
  kernelIs("idle", status);
  expect(kinds()).toEqual(["ping", "nudge"]);
});

test("a nudge is not nudged, nor repeated", () => {
  ask();
  const status = model.status;
  vi.advanceTimersByTime(50);
  kernelIs("busy", status);
  vi.advanceTimersByTime(50);
  kernelIs("busy");
  kernelIs("busy", status);
  expect(kinds()).toEqual(["ping", "nudge"]);
});

test("what the page says by itself is nudge enough", () => {
  ask();
  const status = model.status;
  ask();
  kernelIs("busy", status);
  expect(kinds()).toEqual(["ping", "ping"]);
});

test("messages that follow each other closely are not nudged, later ones are again", () => {
  ask();
  vi.advanceTimersByTime(20);
  ask();
  expect(model.status).toBeNull();
  vi.advanceTimersByTime(21);
  ask();
  kernelIs("busy");
  expect(kinds()).toEqual(["ping", "ping", "ping", "nudge"]);
});
