// @vitest-environment happy-dom
import { expect, test } from "vitest";
import type { Scope } from "../store/view.ts";
import { reach, SCOPES } from "./reach.ts";
import { CAR, createApp, PERSON } from "./testing.ts";

test("a change covers what its scope says", () => {
  const { app, track } = createApp([CAR]);
  app.view.frame.value = 20;
  const covered = SCOPES.map(([scope]) => {
    app.view.scope.value = scope;
    return [scope, reach(app, track(1), 42)];
  });
  expect(Object.fromEntries(covered)).toEqual({
    change: { start: 20, stop: 42 },
    keyframe: { start: 20, stop: 30 },
    frame: { start: 20, stop: 21 },
    rest: { start: 20 },
    track: { start: 10 },
  });
});

test("to the end is said by no stop", () => {
  const { app, track } = createApp([CAR, PERSON]);
  app.view.frame.value = 99;
  for (const scope of ["change", "keyframe", "frame", "rest"] satisfies Scope[]) {
    app.view.scope.value = scope;
    expect(reach(app, track(1), null)).toEqual({ start: 99 });
  }
  app.view.scope.value = "track";
  expect(reach(app, track(2), null)).toEqual({ start: 0, stop: 40 });
});

test("a selected range wins", () => {
  const { app, track } = createApp([CAR]);
  app.view.scope.value = "rest";
  app.view.range.value = { start: 30, stop: 35 };
  expect(reach(app, track(1), 50)).toEqual({ start: 30, stop: 35 });
});
