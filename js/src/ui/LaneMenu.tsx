import type { ActionId } from "../actions/keymap.ts";
import { useApp } from "./chrome.ts";
import { MenuList } from "./Menu.tsx";

const ITEMS: readonly ActionId[] = [
  "keyframe",
  "occluded",
  "outside",
  "motion",
  "start-here",
  "end-here",
  "split",
  "delete-frame",
  "delete-rest",
  "delete-track",
];

/** What can be done where the lanes were clicked with the right button. */
export function LaneMenu() {
  const { view, root } = useApp();
  const at = view.laneMenu.value;
  if (at === null) {
    return null;
  }
  const close = () => {
    view.laneMenu.value = null;
    root.focus({ preventScroll: true });
  };
  const style = { "--x": `${at.x}px`, "--y": `${at.y}px` };
  return (
    <MenuList title="Lane" items={ITEMS} class="menu lane-menu" style={style} onDone={close} />
  );
}
