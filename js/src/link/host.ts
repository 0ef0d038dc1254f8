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
