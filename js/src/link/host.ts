import type { AnyModel } from "@anywidget/types";
import type { Traits } from "./traits.ts";

/** What JupyterLab and its kin tell of the kernel, where the host is one of them. */
type Manager = { kernel?: { connectionStatus?: unknown; status?: unknown } | null };

/** How the host sees the kernel; null where it does not say. */
export type HostView = "idle" | "busy" | "cut" | null;

/** Ask the host how it stands with the kernel. */
export function hostView(model: AnyModel<Traits>): HostView {
  const manager = (model as { widget_manager?: Manager }).widget_manager;
  const kernel = manager?.kernel;
  if (typeof kernel?.connectionStatus !== "string") {
    return null;
  }
  if (kernel.connectionStatus !== "connected" || kernel.status === "dead") {
    return "cut";
  }
  return kernel.status === "idle" ? "idle" : "busy";
}

/** A model as ipywidgets has it: what anywidget hands out is bound to one, whose `set` returns it. */
type Bound = { comm: { on_msg(receive: Receive): void }; _handle_comm_msg: Receive };
type Receive = (message: unknown) => Promise<unknown>;

/** A message of ipywidgets that says nothing. */
const NOTHING = { content: { data: {} } };

/**
 * Have what the kernel says come through where anywidget has given the model up: it refuses all
 * messages to one that was not initialized within two seconds, as happens on a busy computer. They
 * go to what ipywidgets does with them, which anywidget's refusal stands before.
 */
export async function hearAnyway(model: AnyModel<Traits>): Promise<void> {
  const bound = model.set("height", model.get("height")) as unknown as Bound | undefined;
  if (typeof bound?._handle_comm_msg !== "function") {
    return; // It is another host's.
  }
  try {
    await bound._handle_comm_msg(NOTHING);
  } catch {
    const { _handle_comm_msg: receive } = Object.getPrototypeOf(Object.getPrototypeOf(bound));
    bound.comm.on_msg(receive.bind(bound));
  }
}
