import type { Keyframes } from "../core/keyframes.ts";

/** View a message's buffer as 64-bit floats, copying only where it is not aligned. */
export function float64(view: DataView): Float64Array {
  return new Float64Array(aligned(view, 8), offset(view, 8), view.byteLength / 8);
}

/** View a message's buffer as 32-bit integers, copying only where it is not aligned. */
export function int32(view: DataView): Int32Array {
  return new Int32Array(aligned(view, 4), offset(view, 4), view.byteLength / 4);
}

/** View a message's buffer as bytes. */
export function bytes(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** The seven keyframe columns of a message, in the order in which the kernel sends them. */
export function keyframeColumns(buffers: readonly DataView[]): Keyframes {
  const [frames, boxes, outside, occluded, hold, sources, scores] = buffers;
  if (!frames || !boxes || !outside || !occluded || !hold || !sources || !scores) {
    throw new Error(`A message about tracks has ${buffers.length} buffers instead of 7.`);
  }
  return {
    frames: int32(frames),
    boxes: float64(boxes),
    outside: bytes(outside),
    occluded: bytes(occluded),
    hold: bytes(hold),
    sources: bytes(sources),
    scores: float64(scores),
  };
}

function aligned(view: DataView, size: number): ArrayBufferLike {
  return view.byteOffset % size === 0
    ? view.buffer
    : view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
}

function offset(view: DataView, size: number): number {
  return view.byteOffset % size === 0 ? view.byteOffset : 0;
}
