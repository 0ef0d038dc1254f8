import { type Decoded, sizeOf } from "./decode.ts";

/**
 * The pixels of the picture on a stage, whatever becomes of the picture. A `VideoFrame` is converted
 * with every painting, on the page's thread, and Chromium keeps what came of the last 250.
 */
export class Surface {
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context = this.#canvas.getContext("2d", { alpha: false });
  #pixels: ImageData | null = null;
  #latest: Decoded | null = null;

  /** Show a picture here, in place of the one before; null where another one came meanwhile, or it was closed. */
  async show(picture: Decoded): Promise<OffscreenCanvas | null> {
    this.#latest = picture;
    const { width, height } = sizeOf(picture);
    const pixels = "copyTo" in picture ? await this.#copy(picture, width, height) : null;
    this.#pixels = pixels;
    if (this.#latest !== picture || sizeOf(picture).width === 0) {
      return null;
    }
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      Object.assign(this.#canvas, { width, height });
    }
    if (pixels !== null) {
      this.#context?.putImageData(pixels, 0, 0);
    } else {
      this.#context?.drawImage(picture, 0, 0);
    }
    return this.#canvas;
  }

  /** The colours of a frame; null in browsers that copy frames only as they are. */
  async #copy(frame: VideoFrame, width: number, height: number): Promise<ImageData | null> {
    const kept = this.#pixels;
    // Two copies at once must not share it: the older may end last.
    this.#pixels = null;
    const fits = kept?.width === width && kept.height === height;
    const pixels = fits ? kept : new ImageData(width, height);
    try {
      const planes = await frame.copyTo(pixels.data, { format: "RGBX" });
      return planes.length === 1 ? pixels : null;
    } catch {
      return null;
    }
  }
}
