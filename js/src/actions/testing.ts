import { createAnnotation } from "../core/annotation.ts";
import { labelFromJson, type TrackJson, trackFromJson } from "../core/json.ts";
import type { Track } from "../core/track.ts";
import { DocumentStore } from "../store/document.ts";
import type { Review, ReviewError } from "../store/review.ts";
import { createStore } from "../store/store.ts";
import { createShared } from "../store/view.ts";
import { KeyEdit } from "../tools/keys.ts";
import type { App } from "./app.ts";

/** What the kernel was asked for, in order. */
export type Calls = string[];

/** A view on a small document, without a kernel. */
export function createApp(tracks: readonly TrackJson[], root = {} as HTMLElement) {
  const document = new DocumentStore();
  const store = createStore(document, createShared());
  const calls: Calls = [];
  const call = (name: string) => () => {
    calls.push(name);
  };
  const app: App = {
    ...store,
    root,
    undo: call("undo"),
    redo: call("redo"),
    askSteps: call("steps"),
    travel: (by) => calls.push(`travel ${by}`),
    save: call("save"),
    reconnect: call("reconnect"),
    unsaved: { apply: call("apply unsaved"), discard: call("discard unsaved") },
    openItem: (index) => calls.push(`open ${index}`),
    markItem: (index, mark) => calls.push(`mark ${index} ${mark}`),
    track: (id, frame, stop) => calls.push(`track ${id} ${frame} ${stop}`),
    stopTracking: call("stop tracking"),
    match: (change) => calls.push(`match ${JSON.stringify(change)}`),
    judge: ({ kind, start }, ruling) => calls.push(`judge ${kind} ${start} ${ruling}`),
    verify: ({ start, stop }, verified) => calls.push(`verify ${start} ${stop} ${verified}`),
    cancel: () => app.keyEdit.revert(),
    keyEdit: new KeyEdit(store),
  };
  document.reset(
    createAnnotation({
      video: {
        name: "clip.mp4",
        width: 640,
        height: 480,
        frame_count: 100,
        fps: 25,
        times: Float64Array.from({ length: 100 }, (_, frame) => frame / 25),
      },
      labels: ["car", "person"].map((name) => labelFromJson({ name })),
      tracks: new Map(tracks.map((track) => [track.id, trackFromJson(track)])),
    }),
    0,
    { undo: null, redo: null },
  );
  app.view.connected.value = true;
  const track = (id: number): Track => {
    const found = document.annotation.peek().tracks.get(id);
    if (found === undefined) {
      throw new Error(`There is no track #${id}.`);
    }
    return found;
  };
  return { app, store, calls, track };
}

/** A car from frame 10 on, with keyframes at 10, 30 and 50, occluded from 30 to 50. */
export const CAR: TrackJson = {
  id: 1,
  label: "car",
  keyframes: [
    { frame: 10, box: [0, 0, 10, 10] },
    { frame: 30, box: [20, 0, 10, 10], occluded: true },
    { frame: 50, box: [40, 0, 10, 10] },
  ],
};

/** A person from frame 0 to 39. */
export const PERSON: TrackJson = {
  id: 2,
  label: "person",
  keyframes: [
    { frame: 0, box: [100, 100, 20, 40] },
    { frame: 40, box: [140, 100, 20, 40], outside: true },
  ],
};

const NUMBERS = { IDF1: 0.5, MOTA: 0.5, HOTA: 0.5, IoU: 0.8 };

/** A comparison that has found nothing. */
export function emptyReview(): Review {
  return {
    ...{ revision: 0, errors: [], pairs: [], numbers: NUMBERS, first: NUMBERS },
    ...{ fixes: 0, verified: [], frames: null, models: [{ name: "v1", numbers: NUMBERS }] },
    setting: { model: "v1", iou: 0.5, score: 0, scope: "clip", view: [0, 100] },
  };
}

/** An error on frame 0 of #1, or as told. */
export function reviewError(part: Partial<ReviewError> = {}): ReviewError {
  return {
    ...{ kind: "miss", start: 0, stop: 1, label: "car", truth: 1, prediction: null },
    ...{ was: null, iou: null, severity: 1, differs: false, said: null },
    ...part,
  };
}
