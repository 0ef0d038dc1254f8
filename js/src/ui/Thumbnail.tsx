import { useLayoutEffect, useRef } from "preact/hooks";
import { sizeOf } from "../frames/decode.ts";
import { useApp } from "./chrome.ts";
import { clockText } from "./text.ts";

/** A small picture of the frame that the pointer rests on, over ruler or overview. */
export function Thumbnail() {
  const { view, derived } = useApp();
  const canvas = useRef<HTMLCanvasElement>(null);
  const peek = view.peek.value;
  const image = view.thumbnail.value;
  useLayoutEffect(() => {
    if (canvas.current && image) {
      Object.assign(canvas.current, sizeOf(image));
      canvas.current.getContext("2d")?.drawImage(image, 0, 0);
    }
  }, [image]);
  if (peek === null || image === null) {
    return null;
  }
  return (
    <div class="thumb" aria-hidden="true" style={{ "--x": `${peek.x}px` }}>
      <canvas ref={canvas} />
      <span class="mono">
        {peek.frame} · {clockText(derived.video.value.times[peek.frame] ?? 0)}
      </span>
    </div>
  );
}
