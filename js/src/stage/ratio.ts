/** Run when the window comes to a screen whose pixels are of another size: nothing else changes with it. */
export function onPixelRatio(run: () => void, signal: AbortSignal): void {
  const watch = () => {
    const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener("change", changed, { once: true, signal });
  };
  const changed = () => {
    run();
    watch();
  };
  watch();
}
