import { expect, describe as group, test } from "vitest";
import { type Annotation, nextId } from "./annotation.ts";
import { applyEdit, describe, type Edit } from "./edits.ts";
import { EditError } from "./errors.ts";
import { type KeyframeJson, type TrackJson, trackToJson } from "./json.ts";
import { annotationOf, label } from "./testing.ts";

const box = [0, 0, 10, 10] as const;
const far = [100, 0, 10, 10] as const;

function car(id: number, ...keyframes: KeyframeJson[]): TrackJson {
  return { id, label: "car", keyframes };
}

/** A car that moves by 10 a frame from 0 to 10, then stands. */
const moving = car(1, { frame: 0, box }, { frame: 10, box: far });

function after(annotation: Annotation, ...edits: Edit[]): TrackJson[] {
  return [...edits.reduce(applyEdit, annotation).tracks.values()].map(trackToJson);
}

function keyframesAfter(given: TrackJson, edit: Edit): readonly KeyframeJson[] | undefined {
  return after(annotationOf(given), edit)[0]?.keyframes;
}

group("set_keyframe", () => {
  const edit = { kind: "set_keyframe", track: 1, frame: 5, box: far } as const;

  test("inserts, replaces and puts before the first", () => {
    expect(keyframesAfter(moving, edit)?.[1]).toEqual({ frame: 5, box: far });
    expect(keyframesAfter(moving, { ...edit, frame: 10, box })?.[1]).toEqual({ frame: 10, box });
    const late = car(1, { frame: 8, box, occluded: true, hold: true });
    expect(keyframesAfter(late, edit)?.[0]).toEqual({ frame: 5, box: far, occluded: true });
  });

  test("keeps the state in force, but brings an absent object back", () => {
    const held = car(1, { frame: 0, box, occluded: true, hold: true }, { frame: 10, box });
    const state = { occluded: true, hold: true };
    expect(keyframesAfter(held, edit)?.[1]).toEqual({ frame: 5, box: far, ...state });
    const gone = car(1, { frame: 0, box }, { frame: 4, box, outside: true });
    expect(keyframesAfter(gone, edit)?.[2]).toEqual({ frame: 5, box: far });
  });

  test("takes what it is told", () => {
    const said = {
      occluded: true,
      hold: true,
      outside: true,
      source: "model",
      score: 0.5,
    } as const;
    expect(keyframesAfter(moving, { ...edit, ...said })?.[1]).toEqual({
      frame: 5,
      box: far,
      ...said,
    });
  });
});

group("remove_keyframe", () => {
  test("of the first moves the start to the next present one", () => {
    const edit = { kind: "remove_keyframe", track: 1, frame: 0 } as const;
    const gap = car(1, { frame: 0, box }, { frame: 5, box, outside: true }, { frame: 9, box });
    expect(keyframesAfter(gap, edit)).toEqual([{ frame: 9, box }]);
  });
});

group("set_outside", () => {
  test("from here on inserts one keyframe and changes no box before", () => {
    expect(keyframesAfter(moving, { kind: "set_outside", track: 1, start: 5 })).toEqual([
      { frame: 0, box },
      { frame: 5, box: [50, 0, 10, 10], outside: true },
      { frame: 10, box: far, outside: true },
    ]);
  });

  test("on a range comes back at its stop", () => {
    expect(keyframesAfter(moving, { kind: "set_outside", track: 1, start: 5, stop: 7 })).toEqual([
      { frame: 0, box },
      { frame: 5, box: [50, 0, 10, 10], outside: true },
      { frame: 7, box: [70, 0, 10, 10] },
      { frame: 10, box: far },
    ]);
  });

  test("over the first keyframe moves the start", () => {
    const edit = { kind: "set_outside", track: 1, start: 0, stop: 4 } as const;
    expect(keyframesAfter(moving, edit)).toEqual([
      { frame: 4, box: [40, 0, 10, 10] },
      { frame: 10, box: far },
    ]);
  });

  test("outside false before the first keyframe extends its box back", () => {
    const late = car(1, { frame: 8, box });
    const edit = { kind: "set_outside", track: 1, start: 3, outside: false } as const;
    expect(keyframesAfter(late, { ...edit, stop: 8 })).toEqual([
      { frame: 3, box },
      { frame: 8, box },
    ]);
    expect(keyframesAfter(late, { ...edit, stop: 5 })).toEqual([
      { frame: 3, box },
      { frame: 5, box, outside: true },
      { frame: 8, box },
    ]);
  });

  test("what is so already stays the same annotation", () => {
    const annotation = annotationOf(moving);
    const edit = { kind: "set_outside", track: 1, start: 5, outside: false } as const;
    expect(applyEdit(annotation, edit)).toBe(annotation);
  });
});

group("set_occluded and set_hold", () => {
  test("a range of occlusion", () => {
    expect(keyframesAfter(moving, { kind: "set_occluded", track: 1, start: 5, stop: 10 })).toEqual([
      { frame: 0, box },
      { frame: 5, box: [50, 0, 10, 10], occluded: true },
      { frame: 10, box: far },
    ]);
  });

  test("hold from one keyframe to the next inserts none", () => {
    const edit = { kind: "set_hold", track: 1, start: 0, stop: 10 } as const;
    expect(keyframesAfter(moving, edit)).toEqual([
      { frame: 0, box, hold: true },
      { frame: 10, box: far },
    ]);
  });
});

group("split, merge and swap", () => {
  test("split ends the earlier and begins the later with the box between", () => {
    const middle = [50, 0, 10, 10] as const;
    const later = [
      { frame: 5, box: middle },
      { frame: 10, box: far },
    ];
    const annotation = annotationOf(moving);
    expect(after(annotation, { kind: "split_track", track: 1, frame: 5 })).toEqual([
      car(1, { frame: 0, box }, { frame: 5, box: middle, outside: true }),
      car(2, ...later),
    ]);
    const named = { kind: "split_track", track: 1, frame: 5, new_track: 9 } as const;
    expect(after(annotation, named)[1]).toEqual(car(9, ...later));
  });

  test("split shares attributes out by frame", () => {
    const annotation = annotationOf({
      ...moving,
      attributes: {
        color: [[0, "red"]],
        pose: [
          [0, "a"],
          [5, "b"],
          [8, "c"],
        ],
      },
    });
    const split = after(annotation, { kind: "split_track", track: 1, frame: 6 });
    expect(split.map(({ attributes }) => attributes)).toEqual([
      {
        color: [[0, "red"]],
        pose: [
          [0, "a"],
          [5, "b"],
        ],
      },
      {
        color: [[0, "red"]],
        pose: [
          [5, "b"],
          [8, "c"],
        ],
      },
    ]);
  });

  test("merge holds the earlier box up to the later track, whichever is named first", () => {
    const [a, b] = [car(1, { frame: 0, box }), car(2, { frame: 10, box: far })];
    const merged = [
      { frame: 0, box, hold: true },
      { frame: 10, box: far },
    ];
    const annotation = annotationOf(a, b);
    expect(after(annotation, { kind: "merge_tracks", track: 1, other: 2 })).toEqual([
      car(1, ...merged),
    ]);
    expect(after(annotation, { kind: "merge_tracks", track: 2, other: 1 })).toEqual([
      car(2, ...merged),
    ]);
  });

  test("merge renames the track in events, removal takes it out", () => {
    const event = { id: 1, label: "meeting", start: 0, stop: 5, attributes: new Map() };
    const annotation = {
      ...annotationOf(car(1, { frame: 0, box }), car(2, { frame: 10, box })),
      events: [{ ...event, tracks: [2] }],
    };
    const merged = applyEdit(annotation, { kind: "merge_tracks", track: 1, other: 2 });
    expect(merged.events).toEqual([{ ...event, tracks: [1] }]);
    const removed = applyEdit(annotation, { kind: "remove_track", track: 2 });
    expect(removed.events).toEqual([{ ...event, tracks: [] }]);
  });

  test("swap exchanges what follows and pins what was", () => {
    const other = car(2, { frame: 0, box: [0, 50, 10, 10] });
    const swap = { kind: "swap_tracks", track: 1, other: 2, frame: 5 } as const;
    expect(after(annotationOf(moving, other), swap)).toEqual([
      car(
        1,
        { frame: 0, box },
        { frame: 4, box: [40, 0, 10, 10] },
        { frame: 5, box: [0, 50, 10, 10] },
      ),
      car(
        2,
        { frame: 0, box: [0, 50, 10, 10], hold: true },
        { frame: 5, box: [50, 0, 10, 10] },
        { frame: 10, box: far },
      ),
    ]);
  });
});

group("shift and trim", () => {
  test("shift moves keyframes and attribute steps, but not what holds from the beginning", () => {
    const given = {
      ...moving,
      attributes: {
        pose: [
          [0, "a"],
          [5, "b"],
        ],
      },
    } as const;
    expect(after(annotationOf(given), { kind: "shift_track", track: 1, by: 3 })).toEqual([
      {
        ...car(1, { frame: 3, box }, { frame: 13, box: far }),
        attributes: {
          pose: [
            [0, "a"],
            [8, "b"],
          ],
        },
      },
    ]);
  });

  test("trim inserts boundary keyframes", () => {
    const edit = { kind: "trim_track", track: 1, start: 2, stop: 6 } as const;
    expect(keyframesAfter(moving, edit)).toEqual([
      { frame: 2, box: [20, 0, 10, 10] },
      { frame: 6, box: [60, 0, 10, 10], outside: true },
    ]);
  });
});

group("labels and attributes", () => {
  const pose = {
    name: "pose",
    type: "choice",
    choices: ["a", "b"],
    default: null,
    per: "frame",
  } as const;
  const make = { ...pose, name: "make", type: "text", choices: [], per: "track" } as const;
  const annotation = {
    ...annotationOf(moving),
    labels: [label("car", [pose, make]), label("person")],
  };
  const set = { kind: "set_attribute", track: 1, name: "pose" } as const;

  function attributesAfter(...edits: Edit[]) {
    return after(annotation, ...edits)[0]?.attributes;
  }

  test("a range gets a value, then what was before comes back", () => {
    const whole = { ...set, value: "a" };
    expect(attributesAfter(whole)).toEqual({ pose: [[0, "a"]] });
    const part = { ...set, value: "b", start: 5, stop: 8 };
    const steps = [
      [0, "a"],
      [5, "b"],
      [8, "a"],
    ];
    expect(attributesAfter(whole, part)).toEqual({ pose: steps });
    expect(attributesAfter(whole, part, { ...part, value: "a" })).toEqual({ pose: [[0, "a"]] });
    expect(attributesAfter(part)).toEqual({
      pose: [
        [5, "b"],
        [8, null],
      ],
    });
    expect(attributesAfter(part, { ...set, value: null })).toBeUndefined();
  });

  test("an attribute of the track has one value", () => {
    const whole = { ...set, name: "make", value: "bus" };
    expect(attributesAfter(whole)).toEqual({ make: [[0, "bus"]] });
    expect(() => applyEdit(annotation, { ...whole, start: 3 })).toThrow("fixed for the track");
  });

  test("a new label can be given", () => {
    const [track] = after(
      annotation,
      { kind: "add_label", label: { name: "bus" } },
      { kind: "set_label", track: 1, label: "bus" },
    );
    expect(track?.label).toBe("bus");
  });

  test.each<[Edit, string]>([
    [{ ...set, value: "c" }, '"c"'],
    [{ ...set, name: "age", value: 3 }, '"age"'],
    [{ ...set, name: "make", value: 3 }, "3"],
    [{ kind: "set_label", track: 1, label: "bus" }, '"bus"'],
    [{ kind: "add_label", label: { name: "car" } }, '"car"'],
  ])("%j is refused, naming %s", (edit, named) => {
    expect(() => applyEdit(annotation, edit)).toThrow(named);
  });
});

group("an edit that does not suit is refused, naming what is wrong", () => {
  const annotation = annotationOf(moving, car(2, { frame: 5, box }));

  test.each<[Edit, string]>([
    [{ kind: "remove_track", track: 7 }, "#7"],
    [{ kind: "add_track", track: moving }, "#1"],
    [{ kind: "add_track", track: { ...moving, id: 3, label: "bus" } }, '"bus"'],
    [{ kind: "add_track", track: car(3, { frame: 40, box }) }, "40"],
    [{ kind: "set_keyframe", track: 1, frame: 40, box }, "40"],
    [{ kind: "set_keyframe", track: 1, frame: 1.5, box }, "1.5"],
    [{ kind: "set_keyframe", track: 1, frame: 1, box: [0, 0, 0, 10] }, "positive"],
    [{ kind: "set_keyframe", track: 2, frame: 1, box, outside: true }, "absent at 1"],
    [{ kind: "set_hold", track: 1, start: 40 }, "40"],
    [{ kind: "batch", edits: [] }, "at least one"],
    [{ kind: "remove_keyframe", track: 1, frame: 3 }, "no keyframe at 3"],
    [{ kind: "remove_keyframe", track: 2, frame: 5 }, "remove the track"],
    [{ kind: "set_outside", track: 2, start: 0 }, "remove the track"],
    [{ kind: "set_outside", track: 1, start: 5, stop: 5 }, "[5, 5)"],
    [{ kind: "set_outside", track: 1, start: 5, stop: 41 }, "[5, 41)"],
    [{ kind: "set_occluded", track: 2, start: 0, stop: 5 }, "starts at 5"],
    [{ kind: "set_hold", track: 2, start: 0, stop: 5 }, "starts at 5"],
    [{ kind: "split_track", track: 2, frame: 5 }, "split at 5"],
    [{ kind: "split_track", track: 1, frame: 5, new_track: 2 }, "#2"],
    [{ kind: "merge_tracks", track: 1, other: 2 }, "overlap"],
    [{ kind: "merge_tracks", track: 1, other: 1 }, "itself"],
    [{ kind: "swap_tracks", track: 1, other: 1, frame: 3 }, "itself"],
    [{ kind: "shift_track", track: 1, by: 30 }, "by 30"],
    [{ kind: "shift_track", track: 1, by: -1 }, "by -1"],
    [{ kind: "trim_track", track: 2, start: 0, stop: 5 }, "remove the track"],
    [{ kind: "batch", edits: [{ kind: "remove_track", track: 7 }] }, "#7"],
  ])("%j: %s", (edit, named) => {
    expect(() => applyEdit(annotation, edit)).toThrow(EditError);
    expect(() => applyEdit(annotation, edit)).toThrow(named);
  });
});

test("a step that is shifted to the beginning takes the place of the one there", () => {
  const given = {
    ...car(1, { frame: 9, box }),
    attributes: {
      pose: [
        [0, "a"],
        [5, "b"],
      ],
    },
  } as const;
  const [track] = after(annotationOf(given), { kind: "shift_track", track: 1, by: -5 });
  expect(track?.attributes).toEqual({ pose: [[0, "b"]] });
});

test("a batch is its edits in order", () => {
  const edits: Edit[] = [
    { kind: "split_track", track: 1, frame: 5 },
    { kind: "set_label", track: 2, label: "person" },
  ];
  const annotation = annotationOf(moving);
  expect(after(annotation, { kind: "batch", edits })).toEqual(after(annotation, ...edits));
});

test("tracks stay in the order of their ids", () => {
  const annotation = annotationOf(car(5, { frame: 0, box }));
  const added = applyEdit(annotation, { kind: "add_track", track: moving });
  expect([...added.tracks.keys()]).toEqual([1, 5]);
});

test("ids follow the largest", () => {
  expect(nextId(annotationOf())).toBe(1);
  expect(nextId(annotationOf(car(7, { frame: 0, box })))).toBe(8);
});

test("an edit says what it does", () => {
  expect(describe({ kind: "set_keyframe", track: 2, frame: 132, box })).toBe("box of #2 at 132");
});
