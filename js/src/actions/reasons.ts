import { startOf, type Track } from "../core/track.ts";
import type { App } from "./app.ts";
import { type ActionId, keyText } from "./keymap.ts";
import { boxStateAt } from "./scope.ts";
import { trackText } from "./text.ts";

/** Why a track cannot be changed, null when it can. */
export function locked(app: App, track: Track): string | null {
  const why = `${trackText(track)} is locked.`;
  return app.view.locked.value.has(track.id) ? why + hint(app, "lock", "unlocks") : null;
}

/** Why a track has no box on a frame, null when it has one. */
export function outside(track: Track, frame: number, app: App): string | null {
  const why = `#${track.id} is outside on frame ${frame}.`;
  return boxStateAt(track, frame) === "outside"
    ? why + hint(app, "outside", "brings it back")
    : null;
}

/** Why nothing can be done before a track begins, null from `margin` frames after its first one. */
export function unborn(track: Track, frame: number, margin = 0): string | null {
  const start = startOf(track);
  return frame < start + margin ? `#${track.id} starts only at ${start}.` : null;
}

/** What its key would do about it; nothing for an action without a key. */
function hint(app: App, id: ActionId, does: string): string {
  const key = keyText(app, id);
  return key === "" ? "" : ` ${key} ${does}.`;
}
