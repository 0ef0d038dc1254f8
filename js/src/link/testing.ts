import type { ToKernel } from "./messages.ts";

type Listener = (...args: unknown[]) => void;

/** Stands in for the anywidget model: keeps what is sent, plays what the kernel says. */
export class FakeModel {
  readonly sent: ToKernel[] = [];
  /** What Jupyter would call when the kernel is at work on the message sent last. */
  status: ((message: { content: { execution_state: string } }) => void) | null = null;
  readonly traits: Record<string, unknown> = {
    frame: 3,
    selection: [],
    height: 680,
    theme: "auto",
  };
  readonly listeners = new Map<string, Set<Listener>>();

  get(name: string) {
    return this.traits[name];
  }

  set(name: string, value: unknown) {
    this.traits[name] = value;
    this.emit(`change:${name}`);
  }

  save_changes() {}

  send(message: ToKernel, callbacks?: { iopub: { status: FakeModel["status"] } }) {
    this.sent.push(message);
    this.status = callbacks?.iopub.status ?? null;
  }

  on(name: string, listener: Listener) {
    this.listeners.set(name, (this.listeners.get(name) ?? new Set()).add(listener));
  }

  off(name: string, listener: Listener) {
    this.listeners.get(name)?.delete(listener);
  }

  emit(name: string, ...args: unknown[]) {
    for (const listener of this.listeners.get(name) ?? []) {
      listener(...args);
    }
  }
}
