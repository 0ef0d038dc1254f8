import { createAnnotation } from "../core/annotation.ts";
import type { Edit } from "../core/edits.ts";
import { type Camera, toScreen } from "../core/geometry.ts";
import { label } from "../core/testing.ts";
import { DocumentStore } from "../store/document.ts";
import { createStore, type Store } from "../store/store.ts";
import { createShared } from "../store/view.ts";
import type { Gesture, Press } from "./gesture.ts";

/** The camera of the test stage. */
export const CAMERA: Camera = { scale: 2, x: 10, y: 20 };

/** A view on an empty video of 200 x 100 pixels and 50 frames, and the edits made in it. */
export function createStage(): { store: Store; edits: Edit[] } {
  const document = new DocumentStore();
  const times = new Float64Array(50);
  document.reset(
    createAnnotation({
      video: { name: "v", width: 200, height: 100, frame_count: 50, fps: 25, times },
      labels: [label("car"), label("bus")],
    }),
    0,
    { undo: null, redo: null },
  );
  const store = createStore(document, createShared());
  store.view.camera.value = CAMERA;
  store.view.stage.value = { width: 420, height: 240 };
  const edits: Edit[] = [];
  document.onAct = ({ act }) => edits.push(act as Edit);
  return { store, edits };
}

/** The pointer at a point of the picture. */
export function at(x: number, y: number, held: Partial<Press> = {}): Press {
  const image = { x, y };
  const point = toScreen(CAMERA, image);
  return { image, point, shift: false, alt: false, ctrl: false, ...held };
}

/** Press, move, let go. */
export function drag(gesture: Gesture, to: Press): void {
  gesture.move(to);
  gesture.finish(to);
}

/** Put a track into the document, from a frame on. */
export function put(
  { store, edits }: { store: Store; edits: Edit[] },
  id: number,
  box: readonly [number, number, number, number],
  frame = 0,
): void {
  store.commit({ kind: "add_track", track: { id, label: "car", keyframes: [{ frame, box }] } });
  edits.length = 0;
}
