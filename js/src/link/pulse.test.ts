import type { AnyModel } from "@anywidget/types";
import { beforeEach, expect, test, vi } from "vitest";
import { createAnnotation } from "../core/annotation.ts";
import { label } from "../core/testing.ts";
import { DocumentStore } from "../store/document.ts";
import { createShared, type Shared } from "../store/view.ts";
import type { FromKernel, ToKernel } from "./messages.ts";
import { Pulse } from "./pulse.ts";
import type { Traits } from "./traits.ts";

const NAMES = { undo: null, redo: null };
const empty = createAnnotation({
  video: { name: "v", width: 9, height: 9, frame_count: 9, fps: 25, times: new Float64Array(9) },
  labels: [label("car")],
});

let kernel: { connectionStatus: string; status: string } | null;
let events: Map<string, () => void>;
let said: string[];
let store: DocumentStore;
let shared: Shared;
let pulse: Pulse;
let asked: number | null;

beforeEach(() => {
  vi.useFakeTimers();
  kernel = { connectionStatus: "connected", status: "idle" };
  events = new Map();
  said = [];
  store = new DocumentStore();
  store.reset(empty, 0, NAMES);
  shared = createShared();
  asked = null;
  const manager = {
    get kernel() {
      return kernel;
    },
  };
  const on = (name: string, act: () => void) => events.set(name, act);
  const model = { widget_manager: manager, on, off() {} } as unknown as AnyModel<Traits>;
  const voice = {
    client: "me",
    get asked() {
      return asked;
    },
    send: ({ kind }: ToKernel) => said.push(kind),
    hello: () => {
      said.push("hello");
      asked = performance.now();
    },
  };
  pulse = new Pulse(model, store, shared, voice, new AbortController().signal);
});

const edit = () => store.apply({ kind: "add_label", label: { name: "bus" } });
const pong = () => pulse.hear({ kind: "pong", client: "me" });

test("nothing is asked while nothing is waited for", () => {
  vi.advanceTimersByTime(2000);
  pong();
  said.length = 0;
  vi.advanceTimersByTime(600_000);
  expect([said, shared.line.value]).toEqual([[], "live"]);
});

test("a page out of sight, which may look once a minute, lets an idle kernel be", () => {
  vi.advanceTimersByTime(2000);
  pong();
  said.length = 0;
  const loaded = performance.now();
  const now = vi.spyOn(performance, "now");
  const look = (later: number) => {
    now.mockReturnValue(loaded + later);
    vi.advanceTimersByTime(1000);
  };
  look(60_000);
  expect(said).toEqual([]);
  look(7_260_000);
  expect(said).toEqual(["ping"]);
  now.mockRestore();
});

test("a connection that is cut is told, and all is asked anew when it is back", () => {
  vi.advanceTimersByTime(2000);
  pong();
  if (kernel) {
    kernel.connectionStatus = "connecting";
  }
  vi.advanceTimersByTime(1000);
  expect(shared.line.value).toBe("cut");
  if (kernel) {
    kernel.connectionStatus = "connected";
  }
  vi.advanceTimersByTime(1000);
  expect([shared.line.value, said.at(-1)]).toEqual(["live", "hello"]);
});

test("an idle kernel that does not answer does not know this widget", () => {
  edit();
  vi.advanceTimersByTime(4000);
  expect(shared.line.value).toBe("live");
  vi.advanceTimersByTime(4000);
  expect(shared.line.value).toBe("gone");
  pulse.hear({ kind: "pong", client: "me" });
  expect([shared.line.value, said.at(-1)]).toEqual(["live", "hello"]);
});

test("a question that was lost on the way is asked again, less and less often", () => {
  edit();
  vi.advanceTimersByTime(60_000);
  expect([shared.line.value, said]).toEqual(["gone", ["ping", "ping", "ping", "ping"]]);
  pong();
  expect([shared.line.value, said.at(-1)]).toEqual(["live", "hello"]);
});

test("a busy kernel is waited for, and asked less and less often", () => {
  if (kernel) {
    kernel.status = "busy";
  }
  edit();
  vi.advanceTimersByTime(120_000);
  expect(shared.line.value).toBe("live");
  expect(said).toEqual(Array(6).fill("ping"));
});

test("what was lost with the word that the kernel is idle again is told it again", () => {
  if (kernel) {
    kernel.status = "busy";
  }
  edit();
  vi.advanceTimersByTime(10_000);
  said.length = 0;
  pong();
  expect([shared.line.value, said]).toEqual(["live", ["hello"]]);
});

test("a kernel that hears but never got an edit is told it again", () => {
  edit();
  vi.advanceTimersByTime(1000);
  expect(said).toEqual(["ping"]);
  pong();
  expect(said).toEqual(["ping", "hello"]);
});

test("a document that never came is asked for again, less and less often", () => {
  asked = performance.now();
  for (let second = 0; second < 60; second++) {
    vi.advanceTimersByTime(1000);
    pong();
  }
  expect(said.filter((kind) => kind === "hello")).toHaveLength(3);
  asked = null;
  pulse.hear({ kind: "snapshot" } as FromKernel);
  said.length = 0;
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual([]);
});

test("a document that is on its way in pieces is waited for", () => {
  asked = performance.now();
  for (let second = 0; second < 60; second++) {
    vi.advanceTimersByTime(1000);
    pulse.hear({ kind: "tracks", number: 1, tracks: [] });
    pong();
  }
  expect(said).not.toContain("hello");
});

test("where the host says nothing, silence tells, and the kernel is asked now and then", () => {
  kernel = null;
  edit();
  vi.advanceTimersByTime(25_000);
  expect(shared.line.value).toBe("cut");
  vi.advanceTimersByTime(30_000);
  expect(said.filter((kind) => kind === "ping").length).toBeGreaterThan(1);
  pong();
  expect([shared.line.value, said.at(-1)]).toEqual(["live", "hello"]);
});

test("a restarted kernel is told at once where the host knows of it", () => {
  events.get("comm_live_update")?.();
  expect(shared.line.value).toBe("gone");
});
