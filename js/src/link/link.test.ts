import type { AnyModel } from "@anywidget/types";
import { effect } from "@preact/signals-core";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { boxAt } from "../core/interpolate.ts";
import { DocumentStore } from "../store/document.ts";
import { createShared, leaveVideo, type Shared, viewOnlyText } from "../store/view.ts";
import { Link, type Pictures } from "./link.ts";
import { type FromKernel, PROTOCOL, type Snapshot } from "./messages.ts";
import { FakeModel } from "./testing.ts";
import type { Traits } from "./traits.ts";

const history = { "": { undo: null, redo: null } };
const python = { item: 0, client: null, seq: null };
let model: FakeModel;
let store: DocumentStore;
let shared: Shared;
let link: Link;
let frames: [number, number, number][];
let regions: unknown[];
let abort: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  model = new FakeModel();
  store = new DocumentStore();
  shared = createShared();
  frames = [];
  abort = new AbortController();
  regions = [];
  const pictures: Pictures = {
    frame: (width, frame, jpeg) => frames.push([width, frame, jpeg[0] ?? -1]),
    region: (...region) => regions.push(region),
    isAwaited: () => false,
  };
  link = new Link(model as unknown as AnyModel<Traits>, store, shared, pictures, abort.signal);
});

function hear(message: FromKernel, buffers: DataView[] = []): void {
  model.emit("msg:custom", message, buffers);
}

/** A buffer that starts at an odd offset, as those of a real message may. */
function view(data: ArrayBufferView, shift = 0): DataView {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const padded = new Uint8Array(bytes.length + shift);
  padded.set(bytes, shift);
  return new DataView(padded.buffer, shift);
}

function columns(shift = 0): DataView[] {
  return [
    view(Int32Array.of(0, 10), shift),
    view(Float64Array.of(1, 2, 3, 4, 0, 11, 2, 3, 4, 0), shift),
    ...Array.from({ length: 4 }, () => view(Uint8Array.of(0, 0), shift)),
    view(Float64Array.of(Number.NaN, Number.NaN), shift),
  ];
}

function snapshot(shift = 0, item = 0, ahead: Snapshot["ahead"] = null, heard = {}): void {
  hear(
    {
      kind: "snapshot",
      protocol: PROTOCOL,
      revision: 4,
      client: null,
      video: {
        name: "v",
        width: 64,
        height: 48,
        frame_count: 2,
        fps: 25,
        time_base: [1, 25],
        warnings: [],
      },
      parts: {
        labels: [{ name: "car" }],
        label_version: 3,
        declared: [],
        attributes: { weather: "rain" },
        notes: [[1, "a crash"]],
        events: [],
        next_id: 7,
      },
      tracks: [{ id: 1, label: "car", count: 2 }],
      ahead,
      history,
      save: { state: "off", text: "", path: null },
      read_only: false,
      frame: 0,
      item,
      items: [
        { name: "v", mark: null },
        { name: "w", mark: "done" },
      ],
      heard,
      document: "d",
    },
    [view(Float64Array.of(0, 1), shift), view(Int32Array.of(1, 1), shift), ...columns(shift)],
  );
}

describe("the line to the kernel", () => {
  test("nothing is edited any more once another kernel does", () => {
    const text = "a.json is edited by ann";
    hear({ kind: "save", state: "off", text: "Not saved to a file", path: null });
    expect(shared.readOnly.value).toBe(false);
    hear({ kind: "save", state: "off", text, path: "a.json" });
    expect(viewOnlyText(shared)).toContain(text);
  });

  test("says hello first", () => {
    expect(model.sent).toEqual([{ kind: "hello", protocol: PROTOCOL, client: link.client }]);
  });

  test.each([0, 4, 3])("opens a snapshot whose buffers start at offset %i", (shift) => {
    snapshot(shift);
    const track = store.annotation.value.tracks.get(1);
    expect(track && boxAt(track, 5)).toEqual({ x: 6, y: 2, w: 3, h: 4, rotation: 0 });
    expect([...store.annotation.value.video.times]).toEqual([0, 0.04]);
    expect(store.annotation.value.notes.get(1)).toBe("a crash");
    expect(store.annotation.value.attributes.get("weather")).toBe("rain");
    expect([store.annotation.value.next_id, store.annotation.value.label_version]).toEqual([7, 3]);
    expect(shared.connected.value).toBe(true);
    expect(store.revision.value).toBe(4);
  });

  test("puts a long document together from what came ahead of its snapshot", () => {
    const meta = (id: number) => ({ id, label: "car", count: 2 });
    hear({ kind: "tracks", number: 7, tracks: [meta(1)] }, columns());
    hear({ kind: "tracks", number: 7, tracks: [meta(2)] }, columns(3));
    expect(shared.connected.value).toBe(false);
    snapshot(0, 0, { number: 7, count: 2, removed: [2] });
    expect([...store.annotation.value.tracks.keys()]).toEqual([1]);
    expect(shared.connected.value).toBe(true);
  });

  test("waits for its own snapshot when it came after the first pieces of another page's", () => {
    hear({ kind: "tracks", number: 7, tracks: [{ id: 2, label: "car", count: 2 }] }, columns());
    snapshot(0, 0, { number: 7, count: 2, removed: [] });
    expect(shared.connected.value).toBe(false);
    snapshot();
    expect(shared.connected.value).toBe(true);
  });

  test("sends an edit with its revision and takes its own echo as the acknowledgement", () => {
    snapshot();
    const edit = { kind: "remove_track", track: 1 } as const;
    store.apply(edit);
    expect(model.sent.at(-1)).toEqual({
      kind: "edit",
      client: link.client,
      item: 0,
      seq: 1,
      after: 0,
      revision: 4,
      edit,
    });
    hear({ kind: "edited", item: 0, revision: 5, client: link.client, seq: 1, edit, history });
    expect(store.pending.value).toEqual([]);
    expect(store.revision.value).toBe(5);
  });

  test("starts anew on another video, and keeps what is pending of the one before", () => {
    snapshot();
    store.apply({ kind: "remove_track", track: 1 });
    shared.locked.value = new Set([1]);
    shared.frame.value = 1;
    const seen: number[][] = [];
    effect(() => void seen.push([shared.locked.value.size, shared.item.peek()]));
    snapshot(0, 1);
    expect(seen).toContainEqual([0, 0]); // What is under way in it can still be kept there.
    expect(store.pending.value).toHaveLength(1);
    expect(store.annotation.value.tracks.size).toBe(1);
    expect([shared.item.value, shared.frame.value, shared.locked.value.size]).toEqual([1, 0, 0]);
    store.step("undo");
    const { client } = link;
    expect(model.sent.at(-1)).toEqual({ kind: "undo", client, item: 1, seq: 2, after: 0 });
    hear({ kind: "heard", item: 0, client, seq: 1, heard: 1 });
    expect(store.pending.value.map(({ seq }) => seq)).toEqual([2]);
  });

  test("keeps how the videos are marked", () => {
    snapshot();
    expect(shared.items.value[1]).toEqual({ name: "w", mark: "done" });
    hear({ kind: "items", items: [{ name: "v", mark: "discarded" }] });
    expect(shared.items.value).toEqual([{ name: "v", mark: "discarded" }]);
  });

  test("has a track followed, and tells how far it is", () => {
    snapshot();
    link.track(1, 3, null);
    const asked = { kind: "track", client: link.client, item: 0, track: 1, frame: 3, stop: null };
    expect(model.sent.at(-1)).toEqual(asked);
    const progress = { track: 1, frame: 7, start: 3, stop: 20 };
    hear({ kind: "tracking", progress });
    expect(shared.tracking.value).toEqual(progress);
    link.stopTracking();
    expect(model.sent.at(-1)).toEqual({ kind: "stop_tracking", item: 0 });
    hear({ kind: "tracking", progress: null });
    expect(shared.tracking.value).toBeNull();
    hear({ kind: "tracking", progress });
    snapshot(); // The line was cut, and with it the word that it has ended.
    expect(shared.tracking.value).toBeNull();
  });

  test("keeps what is to be looked at", () => {
    snapshot();
    const spans = [[3, 5, 1, "low"]] as const;
    const boxes = Float64Array.of(1, 2, 3, 4, 0, 5, 6, 7, 8, 90);
    hear({ kind: "marks", name: "n", spans }, [view(Int32Array.of(3, 3)), view(boxes)]);
    expect(shared.marks.value.spans).toEqual([{ start: 3, stop: 5, track: 1, text: "low" }]);
    expect(shared.marks.value.boxes.get(3)?.map(({ x }) => x)).toEqual([1, 5]);
  });

  test("asks for all anew where a change is missing, once, and sends what is pending again", () => {
    snapshot();
    const edit = { kind: "remove_track", track: 1 } as const;
    store.apply({ kind: "add_label", label: { name: "bus" } });
    model.sent.length = 0;
    hear({ kind: "edited", item: 0, revision: 7, client: "b", seq: 1, edit, history });
    hear({ kind: "edited", item: 0, revision: 8, client: "b", seq: 2, edit, history });
    expect(model.sent.map(({ kind }) => kind)).toEqual(["hello"]);
    expect(store.annotation.value.tracks.size).toBe(1);
    snapshot();
    expect(model.sent.map(({ kind }) => kind)).toEqual(["hello", "edit"]);
  });

  test("does not apply again what the kernel has heard already", () => {
    snapshot();
    store.apply({ kind: "remove_track", track: 1 });
    link.hello();
    model.sent.length = 0;
    snapshot(0, 0, null, { [link.client]: 1 });
    expect([store.pending.value.length, model.sent.length]).toEqual([0, 0]);
  });

  test("sends again what came too early, and nothing for what it knows to be done", () => {
    snapshot();
    store.apply({ kind: "remove_track", track: 1 });
    model.sent.length = 0;
    hear({ kind: "heard", item: 0, client: link.client, seq: 9, heard: 9 });
    expect(model.sent).toEqual([]);
    hear({ kind: "heard", item: 0, client: link.client, seq: 1, heard: 0 });
    expect(model.sent.map(({ kind }) => kind)).toEqual(["hello"]);
  });

  test("an old change is not applied again", () => {
    snapshot();
    const edit = { kind: "remove_track", track: 1 } as const;
    hear({ kind: "edited", item: 0, revision: 4, client: "b", seq: 1, edit, history });
    expect(store.annotation.value.tracks.size).toBe(1);
  });

  test("applies the edits of others", () => {
    snapshot();
    const edit = { kind: "remove_track", track: 1 } as const;
    hear({ kind: "edited", item: 0, revision: 5, client: "other", seq: 1, edit, history });
    expect(store.annotation.value.tracks.size).toBe(0);
  });

  test("replaces the tracks that an undo or Python changed", () => {
    snapshot();
    const tracks = [{ id: 2, label: "car", count: 2, group: 3, note: "a taxi" }];
    const parts = { notes: [], next_id: 3 };
    hear(
      { kind: "changed", ...python, revision: 5, tracks, removed: [1], parts, history },
      columns(),
    );
    expect([...store.annotation.value.tracks.keys()]).toEqual([2]);
    expect(store.annotation.value.tracks.get(2)).toMatchObject({ group: 3, note: "a taxi" });
    expect(store.annotation.value.notes.size).toBe(0);
    expect(store.annotation.value.next_id).toBe(3);
    expect(store.annotation.value.attributes.get("weather")).toBe("rain");
  });

  test("leaves what happened before its snapshot to the snapshot", () => {
    const edit = { kind: "remove_track", track: 1 } as const;
    hear({ kind: "edited", item: 0, revision: 4, client: null, seq: null, edit, history });
    hear(
      { kind: "changed", ...python, revision: 4, tracks: [], removed: [1], parts: {}, history },
      columns(),
    );
    expect(shared.notice.value).toBeNull();
    snapshot();
    expect([...store.annotation.value.tracks.keys()]).toEqual([1]);
  });

  test("takes a refused edit back, says why, and asks for the document", () => {
    snapshot();
    store.apply({ kind: "remove_track", track: 1 });
    const reason = "track 1 is needed";
    hear({ kind: "rejected", item: 0, client: link.client, seq: 1, revision: 4, reason });
    expect(store.annotation.value.tracks.size).toBe(1);
    expect(shared.notice.value).toEqual({ level: "error", text: reason });
    expect(model.sent.at(-1)?.kind).toBe("hello");
  });

  test("tells a person what their own undo would do, others what Python did", () => {
    snapshot();
    const names = (undo: string) => ({ undo, redo: null });
    const mine = link.client.split(".")[0] ?? "";
    const edit = { kind: "remove_track" as const, track: 1 };
    const all = { "": names("of Python"), ann: names("of Ann") };
    hear({ kind: "edited", ...python, revision: 5, edit, history: all });
    expect(store.history.value).toEqual(names("of Python"));
    const label = { kind: "add_label" as const, label: { name: "tram" } };
    const history = { ...all, [mine]: names("my own") };
    hear({ kind: "edited", ...python, revision: 6, edit: label, history });
    expect(store.history.value).toEqual(names("my own"));
  });

  test("hands over frames", () => {
    hear({ kind: "frames", width: 320, frames: [7, 8] }, [
      view(Uint8Array.of(1)),
      view(Uint8Array.of(2)),
    ]);
    expect(frames).toEqual([
      [320, 7, 1],
      [320, 8, 2],
    ]);
  });

  test("hands over the part of a frame to the view that asked", () => {
    hear({ kind: "region", client: "one", frame: 7, rect: [1, 2, 3, 4] }, [view(Uint8Array.of(9))]);
    expect(regions).toEqual([["one", 7, [1, 2, 3, 4], Uint8Array.of(9)]]);
  });

  test("keeps the reason of each frame that cannot be shown", () => {
    hear({ kind: "frame_error", frame: 7, text: "seven" });
    hear({ kind: "frame_error", frame: 8, text: "eight" });
    expect(shared.frameErrors.value.get(7)).toBe("seven");
    expect(shared.frameErrors.value.get(8)).toBe("eight");
  });

  test("shows what else is found to be wrong with the video", () => {
    snapshot();
    hear({ kind: "warnings", warnings: ["frame 24 is damaged"] });
    expect(shared.warnings.value).toEqual(["frame 24 is damaged"]);
  });

  test("reports what goes wrong in the browser to the person and to Python", () => {
    snapshot();
    hear(
      { kind: "changed", ...python, revision: 5, tracks: [], removed: [], parts: {}, history },
      [],
    );
    expect(shared.notice.value?.level).toBe("error");
    expect(model.sent.at(-1)).toMatchObject({ kind: "error", client: link.client });
  });

  test("lets go of the model at the end", () => {
    abort.abort();
    model.sent.length = 0;
    vi.advanceTimersByTime(60_000);
    expect(model.sent).toEqual([]);
    expect([...model.listeners.values()].every((set) => set.size === 0)).toBe(true);
  });
});

test("the frames that the kernel has made are kept as spans, and forgotten with the video", () => {
  const spans = [
    [0, 4],
    [9, 12],
  ];
  model.emit("msg:custom", { kind: "ready", width: 640, spans }, []);
  expect(shared.stored.peek()).toEqual({
    width: 640,
    spans: [
      { start: 0, stop: 4 },
      { start: 9, stop: 12 },
    ],
  });
  leaveVideo(shared);
  expect(shared.stored.peek().spans).toEqual([]);
});

test("an answer to what was asked before leaves a slider where it was moved to since", () => {
  const setting = { model: "v1", iou: 0.5, score: 0, scope: "clip", view: [0, 9] } as const;
  const numbers = { IDF1: 1, MOTA: 1, HOTA: 1, IoU: 1 };
  const answer = (iou: number, asked: [string, number] | null) =>
    hear(
      {
        kind: "compared",
        ...{ revision: 0, setting: { ...setting, iou }, asked, models: [], frames: null },
        ...{ errors: [], differs: [], said: [], verified: [], fixes: 0 },
        ...{ numbers, first: numbers },
      },
      [view(new Int32Array())],
    );
  answer(0.5, null);
  link.match({ iou: 0.6 });
  link.match({ iou: 0.7 });
  answer(0.6, [link.client, 1]);
  expect(shared.review.peek()?.setting.iou).toBe(0.6);
  expect(shared.setting.peek()?.iou).toBe(0.7);
  answer(0.7, [link.client, 2]);
  expect(shared.setting.peek()?.iou).toBe(0.7);
  answer(0.4, null);
  expect(shared.setting.peek()?.iou).toBe(0.4);
});
