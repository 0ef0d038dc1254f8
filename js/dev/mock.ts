/** The whole front end on a made-up document, without Python: for looking at it with `npm run dev:page`. `?dark`, `?width=640`, `?tracks=1000`. */
import { effect, signal } from "@preact/signals-core";
import { createAnnotation } from "../src/core/annotation.ts";
import { type TrackJson, trackFromJson } from "../src/core/json.ts";
import type { Picture } from "../src/frames/loader.ts";
import { mountStage } from "../src/stage/stage.ts";
import { DocumentStore } from "../src/store/document.ts";
import { createStore } from "../src/store/store.ts";
import { createShared } from "../src/store/view.ts";
import { mountTimeline } from "../src/timeline/timeline.ts";
import { KeyEdit } from "../src/tools/keys.ts";
import { mountTools, type Tools } from "../src/tools/tools.ts";
import { renderApp } from "../src/ui/App.tsx";
import { STEPS } from "../src/ui/stagger.ts";
import { styles } from "../src/ui/styles/index.ts";
import { LABELS, manyTracks, TRACKS } from "./tracks.ts";

const query = new URLSearchParams(location.search);
const [width, height, frames] = [1280, 720, 480];

const host = document.querySelector<HTMLElement>("#widget") ?? document.body;
host.style.width = `${query.get("width") ?? 1120}px`;
document.body.dataset.jpThemeLight = String(!query.has("dark"));
const tree = host.attachShadow({ mode: "open" });
const style = document.createElement("style");
style.textContent = styles;
const root = document.createElement("div");
tree.append(style, root);

const labels = new DocumentStore();
const shared = createShared();
const store = createStore(labels, shared);
const stop = new AbortController();
const keyEdit = new KeyEdit(store);
let tools: Tools = { cancel: () => false };
const nothing = () => {};
const app = {
  ...store,
  root,
  undo: nothing,
  redo: nothing,
  askSteps: () => {
    const past = [
      "#2 pedestrian",
      "box of #2 at 84",
      "#2 occluded on 190 to 213",
      "box of #2 at 132",
    ];
    shared.steps.value = { revision: 0, past, future: ["label of #1: bus", "box of #1 at 150"] };
  },
  travel: nothing,
  reconnect: () => {},
  unsaved: { apply() {}, discard() {} },
  save: nothing,
  track: nothing,
  stopTracking: nothing,
  openItem: nothing,
  markItem: nothing,
  judge: () => {},
  verify: () => {},
  match: nothing,
  cancel: () => tools.cancel(),
  keyEdit,
};
const hosts = renderApp(root, app, signal(STEPS), stop.signal);
const picture = signal<Picture | null>(null);
mountStage(
  hosts.stage,
  store,
  { picture, region: signal(null), coarse: signal(false) },
  stop.signal,
);
tools = mountTools(hosts.stage, store, keyEdit, stop.signal);
mountTimeline(hosts, store, stop.signal);

const json: TrackJson[] = query.has("tracks") ? manyTracks(Number(query.get("tracks"))) : TRACKS;
labels.reset(
  createAnnotation({
    video: {
      name: "crossing_014.mp4",
      width,
      height,
      frame_count: frames,
      fps: 25,
      times: Float64Array.from({ length: frames }, (_, frame) => frame / 25),
    },
    labels: LABELS,
    tracks: new Map(json.map((track) => [track.id, trackFromJson(track)])),
  }),
  0,
  { undo: "box of #2 at 132", redo: null },
);
shared.connected.value = true;
shared.save.value = { state: "saved", text: "Saved to annotations, 12:04:31", path: null };
shared.frame.value = 148;
shared.selection.value = new Set([2]);
shared.locked.value = new Set([4]);
shared.hidden.value = new Set([5]);
shared.label.value = "pedestrian";
store.view.window.value = { start: 60, stop: 261 };
Object.assign(globalThis, { store });

/** A picture that says which frame it is. */
effect(() => {
  const frame = store.view.frame.value;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) {
    return;
  }
  context.fillStyle = "#9aa5a8";
  context.fillRect(0, 0, width, height);
  context.fillStyle = "#6f7476";
  context.fillRect(0, 430, width, 290);
  context.fillStyle = "#5d6a70";
  context.font = "64px sans-serif";
  context.fillText(String(frame), 40, 90);
  picture.value = { frame, image: canvas };
});
