/** A decoded picture, to be closed when nobody shows it any more. */
export type Decoded = ImageBitmap | VideoFrame;

/**
 * Decode a JPEG off the page's thread, from the very call: a bitmap of a blob waits for that thread
 * to hand the bytes over. Pages of plain http have only the latter.
 */
export async function decodeJpeg(jpeg: Uint8Array<ArrayBuffer>): Promise<Decoded> {
  if (!("ImageDecoder" in globalThis)) {
    return createImageBitmap(new Blob([jpeg], { type: "image/jpeg" }));
  }
  const decoder = new ImageDecoder({ data: jpeg, type: "image/jpeg" });
  try {
    return (await decoder.decode()).image;
  } finally {
    decoder.close();
  }
}

/** Size of a decoded picture in pixels. */
export function sizeOf(picture: Decoded): { width: number; height: number } {
  return "displayWidth" in picture
    ? { width: picture.displayWidth, height: picture.displayHeight }
    : { width: picture.width, height: picture.height };
}

/** Bytes of memory that a decoded picture takes: colours of a frame are kept at half the resolution. */
export function bytesOf(picture: Decoded): number {
  const { width, height } = sizeOf(picture);
  return width * height * ("format" in picture && picture.format === "I420" ? 1.5 : 4);
}
