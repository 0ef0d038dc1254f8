import { describe, expect, test } from "vitest";
import { createAnnotation } from "../core/annotation.ts";
import { applyEdit, type Edit } from "../core/edits.ts";
import { boxAt } from "../core/interpolate.ts";
import { labelFromJson } from "../core/json.ts";
import { DocumentStore } from "./document.ts";
import type { Receipt, Waiting } from "./queue.ts";

const NO_HISTORY = { undo: null, redo: null };

const document = createAnnotation({
  video: {
    name: "v",
    width: 100,
    height: 80,
    frame_count: 50,
    fps: 25,
    times: new Float64Array(50),
  },
  labels: [labelFromJson({ name: "car" })],
});

function add(id: number): Edit {
  return {
    kind: "add_track",
    track: { id, label: "car", keyframes: [{ frame: 0, box: [id, 0, 10, 10] }] },
  };
}

function move(track: number, x: number): Edit {
  return { kind: "set_keyframe", track, frame: 0, box: [x, 0, 10, 10] };
}

function opened(): { store: DocumentStore; sent: Waiting[] } {
  const store = new DocumentStore();
  const sent: Waiting[] = [];
  store.onAct = (act) => sent.push(act);
  store.reset(document, 5, NO_HISTORY);
  return { store, sent };
}

/** The kernel has applied an edit: one made elsewhere, or the one that the receipt is for. */
function edited(store: DocumentStore, edit: Edit, revision: number, receipt?: Receipt): void {
  store.receive((annotation) => applyEdit(annotation, edit), revision, NO_HISTORY, receipt);
}

function xOf(store: DocumentStore, id: number): number | undefined {
  const track = store.annotation.value.tracks.get(id);
  return track && boxAt(track, 0)?.x;
}

describe("the document store", () => {
  test("shows an edit at once, sends it, and keeps it until it is acknowledged", () => {
    const { store, sent } = opened();
    store.apply(add(1));
    expect([...store.annotation.value.tracks.keys()]).toEqual([1]);
    expect(sent.map(({ seq, revision }) => [seq, revision])).toEqual([[1, 5]]);
    expect(store.pending.value).toHaveLength(1);
    const shown = store.annotation.value;
    const names = { undo: "add #1", redo: null };
    store.receive(() => document, 6, names, { client: store.client, seq: 1 });
    expect(store.pending.value).toHaveLength(0);
    expect(store.revision.value).toBe(6);
    expect(store.annotation.value).toBe(shown);
    expect(store.history.value.undo).toBe("add #1");
  });

  test("applies what is pending again on top of a foreign edit", () => {
    const { store } = opened();
    edited(store, add(1), 6);
    store.apply(move(1, 30));
    edited(store, add(2), 7);
    expect(xOf(store, 1)).toBe(30);
    expect(xOf(store, 2)).toBe(2);
    edited(store, move(1, 30), 8, { client: store.client, seq: 1 });
    expect(xOf(store, 1)).toBe(30);
  });

  test("tells when a foreign change makes a pending edit impossible", () => {
    const { store } = opened();
    edited(store, add(1), 6);
    store.apply(move(1, 30));
    const lost: string[] = [];
    store.onConflict = (_edit, reason) => lost.push(reason);
    edited(store, { kind: "remove_track", track: 1 }, 7);
    expect(lost).toHaveLength(1);
    expect(lost[0]).toContain("1");
    expect(store.pending.value).toHaveLength(0);
    expect(store.annotation.value.tracks.size).toBe(0);
  });

  test("takes a refused edit back and keeps the later ones", () => {
    const { store } = opened();
    store.apply(add(1));
    store.apply(add(2));
    store.reject({ client: store.client, seq: 1 });
    expect([...store.annotation.value.tracks.keys()]).toEqual([2]);
  });

  test("keeps pending edits on top of a new snapshot", () => {
    const { store } = opened();
    store.apply(add(1));
    store.reset(document, 9, NO_HISTORY);
    expect([...store.annotation.value.tracks.keys()]).toEqual([1]);
    expect(store.pending.value).toHaveLength(1);
  });

  test("lets undo and redo be asked for again before the kernel has answered", () => {
    const { store } = opened();
    store.apply(add(1));
    const { undo } = store.history.value;
    store.step("undo");
    expect(store.history.value).toEqual({ undo, redo: undo });
    store.receive((annotation) => annotation, 6, NO_HISTORY);
    expect(store.history.value).toEqual(NO_HISTORY);
  });

  test("takes back at once what is pending, and does it again", () => {
    const { store, sent } = opened();
    store.apply(add(1));
    store.apply(add(2));
    store.step("undo");
    expect([...store.annotation.value.tracks.keys()]).toEqual([1]);
    store.step("redo");
    expect([...store.annotation.value.tracks.keys()]).toEqual([1, 2]);
    store.step("undo");
    store.step("undo");
    store.step("undo");
    expect(store.annotation.value).toBe(document);
    expect(sent.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test("does not undo another edit in place of one that was refused", () => {
    const { store } = opened();
    store.apply(add(1));
    store.apply(add(2));
    store.step("undo");
    store.reject({ client: store.client, seq: 2 });
    expect(store.pending.value.map(({ seq }) => seq)).toEqual([1]);
    expect([...store.annotation.value.tracks.keys()]).toEqual([1]);
  });

  test("leaves what the kernel has heard to the snapshot", () => {
    const { store } = opened();
    store.apply(add(1));
    store.apply(add(2));
    store.reset(document, 9, NO_HISTORY, { [store.client]: 1 });
    expect([...store.annotation.value.tracks.keys()]).toEqual([2]);
  });

  test("takes over what another page did, under that page's numbers", () => {
    const { store } = opened();
    store.apply(add(1));
    const other = { client: "other", item: 3, seq: 8, revision: 2, act: add(2) };
    store.adopt([other]);
    expect([...store.annotation.value.tracks.keys()]).toEqual([1, 2]);
    edited(store, add(2), 6, { client: "other", seq: 8 });
    expect(store.pending.value.map(({ seq }) => seq)).toEqual([1]);
    expect([...store.annotation.value.tracks.keys()]).toEqual([1, 2]);
  });

  test("sends nothing for an edit that changes nothing", () => {
    const { store, sent } = opened();
    store.apply(add(1));
    store.apply({ kind: "set_label", track: 1, label: "car" });
    expect(sent).toHaveLength(1);
    expect(store.pending.value).toHaveLength(1);
  });

  test("throws, and changes nothing, for an edit that cannot be applied", () => {
    const { store, sent } = opened();
    expect(() => store.apply(move(4, 1))).toThrow("4");
    expect(sent).toHaveLength(0);
    expect(store.annotation.value).toBe(document);
  });
});
