import fc from "fast-check";
import { expect, test } from "vitest";
import { createAnnotation } from "../core/annotation.ts";
import { applyEdit } from "../core/edits.ts";
import { eventFromJson, labelFromJson } from "../core/json.ts";
import { rowsOf } from "../store/rows.ts";
import { hitEvent, moveEvent } from "./events.ts";
import { centreX, toX } from "./scale.ts";

const COUNT = 100;
const scale = { window: { start: 0, stop: COUNT }, width: 1000 };
const labels = [labelFromJson({ name: "goal", use: "event" }), labelFromJson({ name: "car" })];
const events = fc
  .array(fc.tuple(fc.nat(COUNT - 1), fc.integer({ min: 1, max: 30 })), { maxLength: 10 })
  .map((spans) =>
    spans.map(([start, length], index) =>
      eventFromJson({
        id: index + 1,
        label: "goal",
        start,
        stop: Math.min(start + length, COUNT),
      }),
    ),
  );

test("every event is on one lane, and no two on a lane overlap", () => {
  fc.assert(
    fc.property(events, (all) => {
      const lanes = rowsOf([], all, labels).map((row) => (row.kind === "events" ? row.events : []));
      expect(
        lanes
          .flat()
          .map(({ id }) => id)
          .sort(),
      ).toEqual(all.map(({ id }) => id).sort());
      for (const lane of lanes) {
        lane.forEach((event, index) => {
          expect(event.stop).toBeLessThanOrEqual(lane[index + 1]?.start ?? COUNT);
        });
      }
    }),
  );
});

test("a label that is for events has a lane before it has any, others do not", () => {
  expect(rowsOf([], [], labels)).toEqual([{ kind: "events", label: "goal", events: [] }]);
});

test("moved or stretched by any distance, an event stays in the clip and a frame long", () => {
  const part = fc.constantFrom("start", "stop", "body");
  fc.assert(
    fc.property(events, part, fc.integer({ min: -150, max: 150 }), (all, which, by) => {
      fc.pre(all.length > 0);
      const [event] = all;
      const video = {
        name: "v",
        width: 64,
        height: 48,
        frame_count: COUNT,
        fps: 25,
        times: new Float64Array(COUNT),
      };
      const annotation = createAnnotation({ video, labels, events: all });
      if (event === undefined) {
        return;
      }
      const { edit } = moveEvent({ event, part: which }, by, COUNT);
      const after = edit === null ? annotation : applyEdit(annotation, edit);
      const moved = after.events.find(({ id }) => id === event.id);
      expect(moved?.start).toBeGreaterThanOrEqual(0);
      expect(moved?.stop).toBeLessThanOrEqual(COUNT);
      const length = (moved?.stop ?? 0) - (moved?.start ?? 0);
      expect(length).toBeGreaterThan(0);
      if (which === "body") {
        expect(length).toBe(event.stop - event.start);
      }
    }),
  );
});

test("its ends are hit at its ends, between events there is nothing", () => {
  const event = eventFromJson({ id: 1, label: "goal", start: 20, stop: 40 });
  const row = { kind: "events" as const, label: "goal", events: [event] };
  expect(hitEvent(scale, row, toX(scale, 20))?.part).toBe("start");
  expect(hitEvent(scale, row, toX(scale, 40))?.part).toBe("stop");
  expect(hitEvent(scale, row, centreX(scale, 30))?.part).toBe("body");
  expect(hitEvent(scale, row, centreX(scale, 60))).toBeNull();
});
