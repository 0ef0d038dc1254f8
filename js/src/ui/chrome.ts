import type { App } from "../actions/app.ts";
import type { Layout } from "./layout.ts";
import { useContext } from "./vdom/render.ts";

/** What every component of the chrome works on. */
export type Chrome = { app: App; layout: Layout };

/** The chrome that a component belongs to. */
export function useChrome(): Chrome {
  return useContext<Chrome>();
}

/** The view that a component acts on. */
export function useApp(): App {
  return useChrome().app;
}
