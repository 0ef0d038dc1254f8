import { beforeEach, expect, test, vi } from "vitest";
import { createAnnotation } from "../core/annotation.ts";
import { label } from "../core/testing.ts";
import { DocumentStore } from "./document.ts";
import type { Kept, Shelf } from "./keep.ts";
import type { Waiting } from "./queue.ts";
import { keepUnsaved } from "./unsaved.ts";
import { createShared } from "./view.ts";

const NAMES = { undo: null, redo: null };
const PAGE = 5;
const empty = createAnnotation({
  video: { name: "v", width: 9, height: 9, frame_count: 9, fps: 25, times: new Float64Array(9) },
  labels: [label("car")],
});

let kept: Kept[];

const shelf: Shelf = {
  all: async (document) => kept.filter((one) => one.document === document),
  put: async (one) => {
    kept = [...kept.filter(({ client }) => client !== one.client), one];
  },
  remove: async (document, client) => {
    kept = kept.filter((one) => one.document !== document || one.client !== client);
  },
};

beforeEach(() => {
  vi.useFakeTimers();
  kept = [];
});

function left(seq: number, name: string, page: number): Kept {
  const act = { kind: "add_label", label: { name } } as const;
  const acts: Waiting[] = [{ client: "old", item: 0, seq, revision: 2, act }];
  return { document: "d", client: "old", page, acts };
}

async function opened(heard = {}) {
  const [document, shared, abort] = [new DocumentStore(), createShared(), new AbortController()];
  const sent: Waiting[] = [];
  document.onAct = (act) => sent.push(act);
  const unsaved = keepUnsaved(document, shared, shelf, PAGE, abort.signal);
  document.reset(empty, 7, NAMES, heard);
  shared.heard.value = heard;
  shared.document.value = "d";
  await vi.advanceTimersByTimeAsync(1500);
  const labels = () => document.annotation.value.labels.map(({ name }) => name);
  return { document, shared, unsaved, sent, labels };
}

test("what the kernel has not confirmed is kept until it has", async () => {
  const { document } = await opened();
  document.apply({ kind: "add_label", label: { name: "bus" } });
  expect(kept).toMatchObject([{ document: "d", client: document.client, page: PAGE }]);
  expect(kept[0]?.acts).toHaveLength(1);
  document.hear(0, { [document.client]: 1 });
  expect(kept).toEqual([]);
});

test("what another page has left is offered, and done under its own numbers", async () => {
  kept = [left(3, "bus", 1)];
  const { shared, unsaved, sent, labels } = await opened();
  expect([shared.unsaved.value.length, sent.length]).toEqual([1, 0]);
  unsaved.apply();
  expect(labels()).toEqual(["car", "bus"]);
  expect(sent.map(({ client, seq, revision }) => [client, seq, revision])).toEqual([["old", 3, 7]]);
  expect(shared.unsaved.value).toEqual([]);
  expect(kept).toHaveLength(1);
});

test("what is discarded is forgotten", async () => {
  kept = [left(3, "bus", 1)];
  const { shared, unsaved, sent } = await opened();
  unsaved.discard();
  expect([shared.unsaved.value, kept, sent]).toEqual([[], [], []]);
});

test("what the kernel has heard is not offered", async () => {
  kept = [left(3, "bus", 1)];
  const { shared } = await opened({ old: 3 });
  expect(shared.unsaved.value).toEqual([]);
});

test("what an earlier widget of this page has left is sent again at once", async () => {
  kept = [left(3, "bus", PAGE)];
  const { shared, sent, labels } = await opened();
  expect(labels()).toEqual(["car", "bus"]);
  expect(sent).toHaveLength(1);
  expect(shared.unsaved.value).toEqual([]);
  expect(shared.notice.value?.text).toContain("sent again");
});

test("nothing is put on labels that may only be looked at", async () => {
  kept = [left(3, "bus", 1)];
  const { shared, unsaved, sent } = await opened();
  shared.readOnly.value = true;
  unsaved.apply();
  expect([shared.unsaved.value.length, sent.length]).toEqual([1, 0]);
});

test("what the page itself is just saying is not offered to it", async () => {
  const { document, shared } = await opened();
  const late: Kept = { ...left(1, "bus", PAGE), client: document.client };
  kept = [{ ...late, acts: late.acts.map((act) => ({ ...act, client: document.client })) }];
  shared.document.value = "other";
  shared.document.value = "d";
  await vi.advanceTimersByTimeAsync(1500);
  expect(shared.unsaved.value).toEqual([]);
  expect(document.pending.value).toEqual([]);
});
