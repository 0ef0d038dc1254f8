import { follow } from "./follow.ts";
import type { View } from "./view.ts";

/** For how many milliseconds each side is shown. */
const SIDE = 500;

/** Show labels and predictions in turns while that is asked for, and both afterwards. */
export function followBlink({ blink, layers }: View, signal: AbortSignal): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const turn = () => {
    layers.value = layers.peek() === "labels" ? "predictions" : "labels";
  };
  follow(signal, () => {
    if (blink.value) {
      timer ??= setInterval(turn, SIDE);
    } else if (timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
      layers.value = "both";
    }
  });
  signal.addEventListener("abort", () => clearInterval(timer));
}
