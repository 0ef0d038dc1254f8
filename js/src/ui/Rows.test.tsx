// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { Rows, visibleRows } from "./Rows.tsx";

test("only the rows in sight are drawn", () => {
  expect(visibleRows(0, 240, 24, 1000)).toEqual({ first: 0, stop: 14 });
  expect(visibleRows(2400, 240, 24, 1000)).toEqual({ first: 96, stop: 114 });
  expect(visibleRows(9e9, 240, 24, 3)).toEqual({ first: 3, stop: 3 });
});

test("rows that are scrolled to stand where they belong", async () => {
  const host = document.createElement("div");
  document.body.append(host);
  const list = { class: "list", count: 100, row: 20, current: -1, render: (row: number) => row };
  act(() => render(<Rows {...list} />, host));
  const rows = host.firstElementChild as HTMLElement;
  rows.scrollTop = 1000;
  await act(async () => {
    rows.dispatchEvent(new Event("scroll"));
    await new Promise(requestAnimationFrame);
  });
  const inner = rows.firstElementChild as HTMLElement;
  expect(inner.style.height).toBe("2000px");
  expect(inner.style.paddingTop).toBe(`${20 * visibleRows(1000, 240, 20, 100).first}px`);
});
