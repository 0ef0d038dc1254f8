import { nextGroup, nextId } from "../core/annotation.ts";
import type { Edit } from "../core/edits.ts";
import { trackToJson } from "../core/json.ts";
import { startOf, type Track } from "../core/track.ts";
import { type Action, type App, act, announce, did, type Reason, tell, viewOnly } from "./app.ts";
import { ofTrack } from "./change.ts";
import { selectedTracks } from "./deed.ts";
import { enterField } from "./focus.ts";
import { commitAll, namesOf } from "./many.ts";
import { locked } from "./reasons.ts";
import { subject } from "./track.ts";

/** What can be done to two tracks, the other of which a person may pick by a click. */
export type PairAct = "merge" | "swap";

/** Which object is which: one made of two, two made of one, ids, groups. */
export const IDENTITY = {
  merge: pairing("merge", "Merge", mergeAll),
  swap: pairing("swap", "Swap", swapTwo),
  "change-id": act(
    (app) => `Change the ID of ${subject(app)}`,
    (app) => {
      app.view.panel.value = true;
      setTimeout(() => enterField(app.root, "ID"));
    },
    { blocked: free },
  ),
  group: act((app) => `Group ${subject(app)}`, group, { blocked: free }),
  ungroup: act((app) => `Take ${subject(app)} out of its group`, ungroup, {
    blocked: (app) =>
      free(app) ??
      ofTrack(({ id, group }) => (group === null ? `#${id} is in no group.` : null))(app),
  }),
  duplicate: act((app) => `Duplicate ${subject(app)}`, duplicate, { blocked: free }),
  "select-all": act("Select all tracks", (app) => {
    const { selection } = app.view;
    const ids = app.derived.lanes.peek().map(({ id }) => id);
    selection.value = new Set(ids.filter(app.derived.shown.peek()));
    announce(app, `${selection.peek().size} tracks selected`);
  }),
} satisfies Record<string, Action>;

/** Give the selected track another id. */
export function changeId(app: App, id: number): void {
  const [track] = selectedTracks(app);
  if (track && app.commit({ kind: "set_track_id", track: track.id, id })) {
    app.view.selection.value = new Set([id]);
    did(app, `#${track.id} ${track.label} is now #${id}.`);
  }
}

/** Do what was begun with one track to it and the track that was selected meanwhile. */
export function settlePick(app: App): void {
  const { pick, selection } = app.view;
  const begun = pick.peek();
  const [other] = selection.peek();
  if (begun !== null && other !== undefined && other !== begun.track) {
    selection.value = new Set([begun.track, other]);
    pick.value = null;
    PAIRS[begun.act](app, selectedTracks(app));
  }
}

/** Let a click that selects another track settle what was begun with one; a click elsewhere does not. */
export function attachPick(app: App, signal: AbortSignal): void {
  const { selection } = app.view;
  let before = selection.peek();
  const press = () => {
    before = selection.peek();
  };
  const click = () => {
    if (selection.peek() !== before) {
      settlePick(app);
    }
  };
  app.root.addEventListener("pointerdown", press, { signal, capture: true });
  app.root.addEventListener("click", click, { signal });
}

const PAIRS: Readonly<Record<PairAct, (app: App, tracks: readonly Track[]) => void>> = {
  merge: mergeAll,
  swap: swapTwo,
};

/** Why the selected tracks cannot be changed: one of them is locked. */
function free(app: App): string | null {
  const tracks = selectedTracks(app);
  const reason = tracks.map((track) => locked(app, track)).find((text) => text !== null);
  return viewOnly(app) ?? (tracks.length === 0 ? "Select a track first." : (reason ?? null));
}

/** With one track selected the other one is still to be picked. */
function pairing(
  name: PairAct,
  word: string,
  run: (app: App, tracks: readonly Track[]) => void,
): Action {
  const blocked: Reason = (app) =>
    free(app) ??
    (app.derived.lanes.value.length < 2 ? "There is no other track." : null) ??
    (name === "swap" && app.view.selection.value.size > 2 ? "Select two tracks to swap." : null);
  return {
    title: (app) => {
      const alone = app.view.selection.value.size > 1 ? "" : " and another";
      return `${word} ${subject(app)}${alone}${name === "swap" ? " from here on" : ""}`;
    },
    pressed: (app) => app.view.pick.value?.act === name,
    blocked,
    run: (app) => {
      const { pick } = app.view;
      const tracks = selectedTracks(app);
      const begun = pick.peek();
      if (begun?.act === name && begun.track !== tracks[0]?.id) {
        settlePick(app);
      } else if (tracks.length > 1) {
        run(app, tracks);
      } else if (begun !== null) {
        pick.value = null;
        announce(app, "Cancelled");
      } else if (tracks[0]) {
        pick.value = { act: name, track: tracks[0].id };
        tell(app, `${word} #${tracks[0].id}: click the other track. Esc cancels.`);
      }
    },
  };
}

/** Tracks that follow each other become the one that starts first; what lies between is absence. */
function mergeAll(app: App, tracks: readonly Track[]): void {
  const [first, ...others] = [...tracks].sort((a, b) => startOf(a) - startOf(b));
  if (first === undefined) {
    return;
  }
  const edits = others.map(
    ({ id: other }): Edit => ({ kind: "merge_tracks", track: first.id, other }),
  );
  if (commitAll(app, edits)) {
    app.view.selection.value = new Set([first.id]);
    did(app, `${namesOf(others)} went into #${first.id}; what lies between is absence.`);
  }
}

function swapTwo(app: App, [one, other]: readonly Track[]): void {
  const frame = app.view.frame.peek();
  if (one && other) {
    const edit = { kind: "swap_tracks", track: one.id, other: other.id, frame } as const;
    if (app.commit(edit)) {
      did(app, `#${one.id} and #${other.id} are swapped from frame ${frame} on.`);
    }
  }
}

/** Into the group of the first that has one, else into a new one. */
function group(app: App): void {
  const tracks = selectedTracks(app);
  const annotation = app.document.annotation.peek();
  const number = tracks.find((track) => track.group !== null)?.group ?? nextGroup(annotation);
  if (app.commit({ kind: "set_group", tracks: tracks.map(({ id }) => id), group: number })) {
    did(app, `${namesOf(tracks)}: group ${number}.`);
  }
}

function ungroup(app: App): void {
  const tracks = selectedTracks(app);
  if (app.commit({ kind: "set_group", tracks: tracks.map(({ id }) => id) })) {
    did(app, `${namesOf(tracks)}: in no group.`);
  }
}

function duplicate(app: App): void {
  const tracks = selectedTracks(app);
  const first = nextId(app.document.annotation.peek());
  const copies = tracks.map((track, index) => ({ ...trackToJson(track), id: first + index }));
  if (
    commitAll(
      app,
      copies.map((track): Edit => ({ kind: "add_track", track })),
    )
  ) {
    app.view.selection.value = new Set(copies.map(({ id }) => id));
    did(app, `${namesOf(tracks)} duplicated: ${copies.map(({ id }) => `#${id}`).join(", ")}.`);
  }
}
