// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { KeyEdit } from "./keys.ts";
import { CAMERA, createStage, put } from "./testing.ts";
import { mountTools } from "./tools.ts";

test("the palm beside a pen neither moves nor drops the box", () => {
  const stage = createStage();
  put(stage, 1, [10, 10, 40, 40]);
  const host = document.createElement("div");
  host.setPointerCapture = () => {};
  const { signal } = new AbortController();
  mountTools(host, stage.store, new KeyEdit(stage.store), signal);
  const at = (type: string, pointerId: number, x: number, y: number) => {
    const [clientX, clientY] = [CAMERA.x + x * CAMERA.scale, CAMERA.y + y * CAMERA.scale];
    const pointerType = pointerId === 1 ? "pen" : "touch";
    host.dispatchEvent(new PointerEvent(type, { pointerId, pointerType, clientX, clientY }));
  };
  at("pointerdown", 1, 30, 30);
  at("pointermove", 1, 35, 28);
  at("pointerdown", 2, 90, 90);
  at("pointermove", 2, 95, 90);
  at("pointerup", 2, 95, 90);
  at("pointerup", 1, 35, 28);
  expect(stage.edits).toEqual([{ kind: "set_keyframe", track: 1, frame: 0, box: [15, 8, 40, 40] }]);
});
