import type { AnyModel, AnyWidget } from "@anywidget/types";
import { effect, untracked } from "@preact/signals-core";
import { FrameCache } from "./frames/cache.ts";
import { Demand } from "./frames/demand.ts";
import { FrameLoader } from "./frames/loader.ts";
import { Pace } from "./frames/pace.ts";
import { Player } from "./frames/player.ts";
import { RegionLoader } from "./frames/region.ts";
import { followPeek } from "./frames/thumbnail.ts";
import { hearAnyway } from "./link/host.ts";
import { Link, type Pictures } from "./link/link.ts";
import type { Traits } from "./link/traits.ts";
import { mountStage } from "./stage/stage.ts";
import { followBlink } from "./store/blink.ts";
import { DocumentStore } from "./store/document.ts";
import { follow } from "./store/follow.ts";
import { openShelf } from "./store/keep.ts";
import { followItem } from "./store/leave.ts";
import { keyOf } from "./store/review.ts";
import { followScope } from "./store/scope.ts";
import { createStore } from "./store/store.ts";
import { keepUnsaved, type Unsaved } from "./store/unsaved.ts";
import { guardUnsent } from "./store/unsent.ts";
import { createShared, failFrame, type Shared } from "./store/view.ts";
import type { Cancel } from "./timeline/pointer.ts";
import { mountTimeline } from "./timeline/timeline.ts";
import { KeyEdit } from "./tools/keys.ts";
import { mountTools, type Tools } from "./tools/tools.ts";
import { renderApp } from "./ui/App.tsx";
import { stagger, TIMELINE } from "./ui/stagger.ts";
import { standIn } from "./ui/still.ts";
import { styles } from "./ui/styles/index.ts";

/** What all views of one widget have in common. */
type Core = {
  document: DocumentStore;
  shared: Shared;
  cache: FrameCache;
  demand: Demand;
  /** What brings parts of frames, by the name of its view. */
  regions: Map<string, RegionLoader>;
  link: Link;
  unsaved: Unsaved;
};

/** Holds the picture that a page opens with until a view does. */
const OPENING = {};

/** The bundle's only export: anywidget asks it for one widget and its views. */
export default function boxreel(): AnyWidget<Traits> {
  let core: Core;
  return {
    initialize({ model, signal }) {
      core = createCore(model, signal);
      hearAnyway(model).catch((error) => core.link.report(error));
    },
    render({ model, el, signal }) {
      const stop = new AbortController();
      signal.addEventListener("abort", () => stop.abort());
      // The host has just been busy with the output: the view has a refresh of its own.
      const request = requestAnimationFrame(() => {
        try {
          renderView(el, core, stop.signal);
          standIn(el, model.get("still"), core.shared.connected, stop.signal);
        } catch (error) {
          core.link.report(error);
          el.textContent = `The annotator could not start: ${error}. Your annotations are safe in Python.`;
          throw error;
        }
      });
      stop.signal.addEventListener("abort", () => cancelAnimationFrame(request));
      return () => stop.abort();
    },
  };
}

function createCore(model: AnyModel<Traits>, signal: AbortSignal): Core {
  const document = new DocumentStore();
  const shared = createShared();
  const cache = new FrameCache();
  const regions: Core["regions"] = new Map();
  const pictures: Pictures = {
    frame: (width, frame, jpeg) => {
      if (cache.arrived === 0) {
        // What the page opens with is decoded before there is a view for it.
        cache.hold(OPENING, { width, frames: [frame] });
      }
      cache.put(width, frame, jpeg);
    },
    region: (client, frame, [x, y, w, h], jpeg) => {
      const taken = regions.get(client)?.take(frame, { x, y, w, h }, new Uint8Array(jpeg));
      taken?.catch((reason) => link.report(reason));
    },
    isAwaited: () => demand.isAwaited,
  };
  const link = new Link(model, document, shared, pictures, signal);
  cache.onError = (frame, reason) => {
    failFrame(shared, frame, `Frame ${frame} cannot be shown: ${reason}`);
  };
  signal.addEventListener("abort", () => cache.close());
  const shelf = openShelf(globalThis.indexedDB);
  const unsaved = keepUnsaved(document, shared, shelf, performance.timeOrigin, signal);
  const demand = new Demand(cache, (width, wanted, around) =>
    link.send({
      kind: "frames",
      client: `${link.client}-${width}`,
      item: shared.item.peek(),
      width,
      wanted,
      around,
    }),
  );
  let item = shared.item.peek();
  follow(signal, () => {
    if (item !== shared.item.value) {
      item = shared.item.value;
      cache.clear();
      demand.clear();
    }
  });
  follow(signal, () => {
    if (shared.snapshots.value > 1) {
      demand.again();
    }
  });
  return { document, shared, cache, demand, regions, link, unsaved };
}

function renderView(el: HTMLElement, core: Core, signal: AbortSignal): void {
  const { document: labels, shared, cache, demand, regions, link, unsaved } = core;
  const host = document.createElement("div");
  el.replaceChildren(host);
  const tree = host.attachShadow({ mode: "open" });
  const style = document.createElement("style");
  style.textContent = styles;
  const root = document.createElement("div");
  tree.append(style, root);

  const store = createStore(labels, shared);
  const { view, derived } = store;
  const pace = new Pace(() => cache.arrived);
  const loader = new FrameLoader(view, derived, cache, demand, pace);
  guardUnsent(globalThis, labels, signal);
  followBlink(view, signal);
  followScope(view, (range) => link.match({ view: range }), signal);
  const client = `${link.client}-${Math.random().toString(36).slice(2)}`;
  const region = new RegionLoader(view, derived, loader.width, (frame, rect) => {
    const sides = rect && ([rect.x, rect.y, rect.w, rect.h] as const);
    link.send({ kind: "region", client, item: shared.item.peek(), frame, rect: sides });
  });
  regions.set(client, region);
  const player = new Player(
    view,
    () => derived.video.value,
    pace,
    (frame) => loader.isReady(frame) || shared.frameErrors.peek().has(frame),
  );
  const keyEdit = new KeyEdit(store);
  let tools: Tools = { cancel: () => false };
  const cancels: Cancel[] = [];
  const cancel = () => tools.cancel() || cancels.some((each) => each());
  followItem(view, cancel, signal);
  const step = stagger(view.painted, view.connected, signal);
  const hosts = renderApp(
    root,
    {
      ...store,
      root,
      undo: () => labels.step("undo"),
      redo: () => labels.step("redo"),
      askSteps: () => link.steps(),
      travel: (by) => link.travel(by),
      save: () => link.send({ kind: "save", item: shared.item.peek() }),
      reconnect: () => link.hello(),
      unsaved,
      track: (id, frame, stop) => link.track(id, frame, stop),
      stopTracking: () => link.stopTracking(),
      openItem: (to) =>
        link.send({ kind: "open", item: shared.item.peek(), frame: shared.frame.peek(), to }),
      markItem: (item, mark) => link.send({ kind: "mark", item, mark }),
      match: (change) => link.match(change),
      judge: (error, ruling) =>
        link.send({ kind: "verdict", item: shared.item.peek(), error: keyOf(error), ruling }),
      verify: ({ start, stop }, verified) =>
        link.send({ kind: "verify", item: shared.item.peek(), start, stop, verified }),
      cancel,
      keyEdit,
    },
    step,
    signal,
  );
  followPeek(view, derived, loader.width, cache, demand, signal);
  follow(signal, () => {
    const error = derived.error.value;
    if (error !== null) {
      link.fixes(keyOf(error));
    }
  });
  mountStage(
    hosts.stage,
    store,
    { picture: loader.picture, region: region.region, coarse: region.coarse },
    signal,
  );
  tools = mountTools(hosts.stage, store, keyEdit, signal);
  let parts: ReturnType<typeof mountTimeline> = [];
  const stop = effect(() => {
    const at = step.value - TIMELINE;
    untracked(() => {
      if (at === 0) {
        cache.release(OPENING);
        parts = mountTimeline(hosts, store, signal);
      }
      const mount = parts[at];
      if (mount) {
        cancels.push(mount());
      }
    });
  });
  signal.addEventListener("abort", () => {
    stop();
    cache.release(OPENING);
    player.close();
    loader.close();
    region.close();
    regions.delete(client);
    host.remove();
  });
}
