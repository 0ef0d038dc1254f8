import type { App } from "../actions/app.ts";
import { errorText, errorTitle } from "../actions/review.ts";
import { trackText } from "../actions/text.ts";
import { KINDS, type ReviewError } from "../store/review.ts";
import { useApp, useChrome } from "./chrome.ts";
import { Icon } from "./icons.tsx";
import { Menu } from "./Menu.tsx";
import { inTrackColour } from "./parts.tsx";
import { Mark } from "./Review.tsx";
import { MotionSeg, StateSeg } from "./States.tsx";
import { noTracks, placeText } from "./text.ts";
import { Rulings } from "./Verdict.tsx";

/** Under the stage where it is narrow: the selected track, or error, and what is done to it most. */
export function SelectionStrip() {
  const { app, layout } = useChrome();
  const { view, derived } = app;
  const track = derived.selected.value;
  if (!layout.compact.value) {
    return null;
  }
  if (derived.review.value !== null) {
    return <ErrorStrip error={derived.error.value} />;
  }
  if (track === null) {
    return <div class="strip mut">{nothing(app)}</div>;
  }
  return (
    <div class="strip" style={inTrackColour(app, track)}>
      <span class="sw" />
      <span class="nm">{trackText(track)}</span>
      <Place />
      <span class="sp" />
      {!view.panel.value && (
        <>
          <StateSeg />
          <MotionSeg bare />
        </>
      )}
      <Menu
        up
        class="b s"
        title={`More on #${track.id}`}
        items={["start-here", "end-here", "split", "delete-frame", "delete-rest", "delete-track"]}
      >
        <Icon name="more" />
      </Menu>
    </div>
  );
}

function ErrorStrip({ error }: { error: ReviewError | null }) {
  const { view } = useApp();
  if (error === null) {
    return <div class="strip mut">No error is looked at</div>;
  }
  return (
    <div class="strip">
      <Mark glyph={KINDS[error.kind].glyph} />
      <span class="nm">{errorTitle(error)}</span>
      <span class="mut cut">{errorText(error)}</span>
      <span class="sp" />
      {!view.panel.value && <Rulings said={error.said} />}
    </div>
  );
}

function nothing(app: App): string {
  return app.derived.lanes.value.length > 0 ? "Nothing selected" : noTracks(app);
}

function Place() {
  const { view, derived } = useApp();
  const track = derived.selected.value;
  const more = view.selection.value.size - 1;
  return (
    track && (
      <span class="mut cut">
        {more > 0 ? `and ${more} more` : placeText(track, view.frame.value)}
      </span>
    )
  );
}
