import { follow } from "./follow.ts";
import type { View } from "./view.ts";

/** For so many milliseconds the frames in sight must stay the same. */
const REST = 150;

/** Tell the frames in sight once they have come to rest, while the numbers are of these. */
export function followScope(
  { setting, window }: View,
  tell: (range: readonly [number, number]) => void,
  signal: AbortSignal,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  follow(signal, () => {
    const now = setting.value;
    const range = [Math.floor(window.value.start), Math.ceil(window.value.stop)] as const;
    const isTold = now?.view.every((edge, at) => edge === range[at]);
    clearTimeout(timer);
    if (now?.scope === "view" && !isTold) {
      timer = setTimeout(() => tell(range), REST);
    }
  });
  signal.addEventListener("abort", () => clearTimeout(timer));
}
