import { type ReadonlySignal, useComputed } from "@preact/signals";
import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";
import type { App } from "../actions/app.ts";
import type { Layout } from "./layout.ts";

/** What every component of the chrome works on. */
export type Chrome = { app: App; layout: Layout; step: ReadonlySignal<number> };

/** Gives the chrome to the components inside. */
export const ChromeContext = createContext<Chrome | null>(null);

/** The chrome that a component belongs to. */
export function useChrome(): Chrome {
  const chrome = useContext(ChromeContext);
  if (chrome === null) {
    throw new Error("This component stands outside the chrome.");
  }
  return chrome;
}

/** The view that a component acts on. */
export function useApp(): App {
  return useChrome().app;
}

/** What is drawn from a step on, see `stagger`. */
export function From({ step, children }: { step: number; children: ComponentChildren }) {
  const chrome = useChrome();
  const reached = useComputed(() => chrome.step.value >= step);
  return reached.value && children;
}
