import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** Rows drawn beyond what is seen, above and below. */
const SPARE = 4;
/** A row that stays the current one for this many milliseconds is brought into sight. */
const REST = 80;
/** Height in css px taken for the list until it has been measured. */
const UNMEASURED = 240;

/** The rows of a long list that are drawn when it is scrolled this far. */
export function visibleRows(
  scroll: number,
  height: number,
  row: number,
  count: number,
): { first: number; stop: number } {
  const stop = Math.min(count, Math.ceil((scroll + height) / row) + SPARE);
  return { first: Math.max(0, Math.min(Math.floor(scroll / row) - SPARE, stop)), stop };
}

type Props = {
  class: string;
  count: number;
  /** Height of a row in css px. */
  row: number;
  /** The row that is brought into sight once it has come to rest, -1 for none. */
  current: number;
  role?: "grid" | "group";
  label?: string;
  render(index: number): ComponentChildren;
};

/** A scrolling list that draws only the rows in sight. */
export function Rows({ class: className, count, row, current, role, label, render }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const sight = useSignal({ scroll: 0, height: UNMEASURED });
  const measure = () => {
    const { scrollTop: scroll = 0, clientHeight = 0 } = host.current ?? {};
    const height = clientHeight || UNMEASURED;
    const known = sight.peek();
    if (scroll !== known.scroll || height !== known.height) {
      sight.value = { scroll, height };
    }
  };
  // In the middle of a change the whole page would be laid out for the answer, and then once more.
  const scrolled = () => requestAnimationFrame(measure);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(measure);
    if (host.current) {
      observer.observe(host.current);
    }
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const list = host.current;
    if (!list || current < 0) {
      return;
    }
    const reveal = () => {
      const top = current * row;
      list.scrollTop = Math.min(top, Math.max(list.scrollTop, top + row - list.clientHeight));
    };
    const timer = setTimeout(reveal, REST);
    return () => clearTimeout(timer);
  }, [current, row]);
  const { first, stop } = visibleRows(sight.value.scroll, sight.value.height, row, count);
  const indices = Array.from({ length: stop - first }, (_, at) => first + at);
  return (
    <div ref={host} class={className} role={role} aria-label={label} onScroll={scrolled}>
      <div style={{ height: `${count * row}px`, paddingTop: `${first * row}px` }}>
        {indices.map(render)}
      </div>
    </div>
  );
}
