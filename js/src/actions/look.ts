import type { TagPart } from "../store/view.ts";
import { type Action, act, announce, toggle, toggled } from "./app.ts";

/** How picture and boxes are shown: none of it changes the labels. */
export const LOOK = {
  tags: toggle("Box tags", (view) => view.tags),
  "tag-id": tagPart("id"),
  "tag-label": tagPart("label"),
  "tag-score": tagPart("score"),
  "tag-attributes": tagPart("attributes"),
  "tag-size": tagPart("size"),
  ghosts: toggle("Keyframe ghosts", (view) => view.ghosts),
  trails: toggle("Trails", (view) => view.trails),
  hairlines: toggle("Hair lines at the pointer", (view) => view.hairlines),
  "colour-by-track": {
    ...act("Colour by track", (app) => {
      const { colourBy } = app.view;
      colourBy.value = colourBy.peek() === "track" ? "label" : "track";
      announce(app, `Colour by ${colourBy.peek()}`);
    }),
    pressed: (app) => app.view.colourBy.value === "track",
  },
  bypass: toggle("Bypass picture settings", (view) => view.bypass),
} satisfies Record<string, Action>;

function tagPart(part: TagPart): Action {
  return {
    ...act(`Tags say the ${part}`, ({ view }) => {
      view.tagParts.value = toggled(view.tagParts.peek(), part);
      view.tags.value = true;
    }),
    pressed: (app) => app.view.tagParts.value.has(part),
  };
}
