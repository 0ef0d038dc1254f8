import { afterEach, expect, test, vi } from "vitest";
import { authorOf, nameClient } from "./author.ts";

afterEach(() => vi.unstubAllGlobals());

test("a tab keeps its name when it is loaded anew, its acts are numbered anew", () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  const [before, after] = [nameClient(), nameClient()];
  expect(before).not.toBe(after);
  expect(authorOf(before)).toBe(authorOf(after));
});

test("where nothing is kept each page is another one", () => {
  vi.stubGlobal("sessionStorage", undefined);
  expect(authorOf(nameClient())).not.toBe(authorOf(nameClient()));
});
