import type { ReadonlySignal } from "@preact/signals-core";
import { render } from "preact";
import type { App } from "../actions/app.ts";
import { attachPick } from "../actions/identity.ts";
import { attachKeyboard } from "../actions/keyboard.ts";
import { ContextMenu } from "./ContextMenu.tsx";
import { ChromeContext, From } from "./chrome.ts";
import { Help } from "./Help.tsx";
import { History } from "./History.tsx";
import { LabelEditor } from "./LabelEditor.tsx";
import { LabelPicker } from "./LabelPicker.tsx";
import { Labels } from "./Labels.tsx";
import { followSize } from "./layout.ts";
import { followUndoable, LiveRegion } from "./Notice.tsx";
import { Palette } from "./Palette.tsx";
import { paceChrome, Told } from "./pace.ts";
import { prepareRoot } from "./root.ts";
import { SelectionStrip } from "./SelectionStrip.tsx";
import { Splitter } from "./Splitter.tsx";
import { Stage } from "./Stage.tsx";
import { StatusBar } from "./StatusBar.tsx";
import { STEPS } from "./stagger.ts";
import { Timeline } from "./Timeline.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { TracksPanel } from "./TracksPanel.tsx";
import { Transport } from "./Transport.tsx";
import { followTheme } from "./theme.ts";

/** The elements that stage and timeline fill with their canvases. */
export type Hosts = {
  stage: HTMLElement;
  overview: HTMLElement;
  ruler: HTMLElement;
  lanes: HTMLElement;
};

/**
 * Draw the chrome into the root of a view and let it act; the hosts are there at once and stay the
 * same for its life, what is around them comes step by step.
 */
export function renderApp(
  root: HTMLElement,
  app: App,
  step: ReadonlySignal<number>,
  signal: AbortSignal,
): Hosts {
  prepareRoot(app, step, signal);
  followTheme(root, app.view, signal);
  const layout = followSize(root, app.view, signal);
  attachKeyboard(app, signal);
  attachPick(app, signal);
  paceChrome(app.view, signal);
  followUndoable(app, signal);
  render(
    <ChromeContext.Provider value={{ app, layout, step }}>
      <From step={1}>
        <Toolbar />
      </From>
      <From step={2}>
        <Labels />
      </From>
      <Stage />
      <From step={3}>
        <SelectionStrip />
        <Transport />
        <Splitter />
      </From>
      <Timeline />
      <From step={12}>
        <TracksPanel />
      </From>
      <From step={13}>
        <StatusBar />
      </From>
      <From step={STEPS}>
        <Help />
        <History />
        <LabelEditor />
        <LabelPicker />
        <Palette />
        <ContextMenu />
        <LiveRegion />
        <Told />
      </From>
    </ChromeContext.Provider>,
    root,
  );
  signal.addEventListener("abort", () => render(null, root));
  return {
    stage: hostOf(root, ".stage-host"),
    overview: hostOf(root, ".ovt"),
    ruler: hostOf(root, ".rlt"),
    lanes: hostOf(root, ".lanes"),
  };
}

function hostOf(root: HTMLElement, selector: string): HTMLElement {
  const host = root.querySelector<HTMLElement>(selector);
  if (host === null) {
    throw new Error(`The chrome has no ${selector}.`);
  }
  return host;
}
