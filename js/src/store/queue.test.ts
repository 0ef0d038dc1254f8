import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAnnotation } from "../core/annotation.ts";
import { applyEdit, type Edit } from "../core/edits.ts";
import { label, readVectors } from "../core/testing.ts";
import { DocumentStore } from "./document.ts";
import { afterOf, type Heard, isOf, unheard, type Waiting, without } from "./queue.ts";

type Row = readonly [client: string, item: number, seq: number, kind: string];
type Vector = {
  name: string;
  given: readonly Row[];
  when: { item?: number; heard?: Heard; without?: readonly [string, number] };
  then: unknown;
};

describe("the rules of the queue", () => {
  test.each(readVectors<Vector>("queue"))("$name", ({ given, when, then }) => {
    let queue = given.map(
      ([client, item, seq, kind]) =>
        ({ client, item, seq, revision: 0, act: { kind } }) as unknown as Waiting,
    );
    if (when.heard) {
      queue = unheard(queue, when.item ?? 0, when.heard);
    }
    if (when.without) {
      const [client, seq] = when.without;
      queue = without(queue, { client, seq });
    }
    expect(queue.map((one) => [one.client, one.item, one.seq, afterOf(queue, one)])).toEqual(then);
  });
});

const NAMES = { undo: null, redo: null };
const EMPTY = createAnnotation({
  video: { name: "v", width: 9, height: 9, frame_count: 9, fps: 25, times: new Float64Array(9) },
  labels: [label("car")],
});

/** A kernel as `boxreel/widget/link.py` has it, without steps: it does each act once and in its order. */
class Kernel {
  annotation = EMPTY;
  revision = 0;
  heard: Record<string, number> = {};
  readonly done: number[] = [];

  take(store: DocumentStore, one: Waiting, after: number): void {
    const known = this.heard[one.client] ?? 0;
    if (one.seq > known && after <= known) {
      this.annotation = applyEdit(this.annotation, one.act as Edit);
      this.revision += 1;
      this.heard = { [one.client]: one.seq };
      this.done.push(one.seq);
    }
    if (store.revision.value === this.revision - 1) {
      const change = () => this.annotation;
      store.receive(change, this.revision, NAMES, one);
    }
  }
}

test("whatever is lost and whatever comes twice, each act is done once and in its order", () => {
  const step = fc.constantFrom("act", "arrive", "lose", "twice", "reconnect");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const [store, kernel] = [new DocumentStore(), new Kernel()];
      const line: [Waiting, number][] = [];
      const send = (one: Waiting) => line.push([one, afterOf(store.pending.value, one)]);
      const reconnect = () => {
        store.reset(kernel.annotation, kernel.revision, NAMES, kernel.heard);
        store.pending.value.forEach(send);
      };
      const arrive = ([one, after]: [Waiting, number]) => kernel.take(store, one, after);
      store.onAct = send;
      reconnect();
      let made = 0;
      for (const each of steps) {
        const [next] = line;
        if (each === "act") {
          made += 1;
          store.apply({ kind: "add_label", label: { name: `label ${made}` } });
        } else if (each === "reconnect") {
          reconnect();
        } else if (next !== undefined) {
          line.splice(0, each === "twice" ? 0 : 1);
          each === "lose" || arrive(next);
        }
      }
      reconnect();
      line.forEach(arrive);
      expect(store.pending.value).toEqual([]);
      expect(kernel.done).toEqual(Array.from({ length: made }, (_, index) => index + 1));
      expect(store.annotation.value.labels).toEqual(kernel.annotation.labels);
    }),
  );
});

test("what is dropped takes nothing of another page along", () => {
  const rows = fc.array(
    fc.tuple(fc.constantFrom("a", "b"), fc.constantFrom("edit", "undo", "redo")),
  );
  fc.assert(
    fc.property(rows, fc.nat(), (acts, place) => {
      const queue = acts.map(
        ([client, kind], seq) =>
          ({ client, item: 0, seq, revision: 0, act: { kind } }) as unknown as Waiting,
      );
      const dropped = queue[place % Math.max(1, queue.length)];
      fc.pre(dropped !== undefined);
      const rest = without(queue, dropped as Waiting);
      expect(rest.some((one) => isOf(one, dropped as Waiting))).toBe(false);
      const others = ({ client }: Waiting) => client !== dropped?.client;
      expect(rest.filter(others)).toEqual(queue.filter(others));
    }),
  );
});
