import type { AnyModel } from "@anywidget/types";
import type { ToKernel } from "./messages.ts";
import type { Traits } from "./traits.ts";

/** After so many milliseconds of silence a message travels alone: what follows a hand comes each 17. */
const ALONE = 20;

/** What Jupyter tells of a message that was sent: the state of the kernel that works on it. */
type Status = { content: { execution_state: string } };

/**
 * Sends messages to the kernel so that nothing holds up what it answers.
 *
 * Servers of Jupyter leave Nagle's algorithm on: an answer waits until the browser's system has
 * acknowledged the "busy" before it, which it does by and by, or with the next that the page says. So
 * the page says something at once when a message that travelled alone has made the kernel busy. Hosts
 * that tell no states are not nudged.
 */
export class Sender {
  readonly #model: AnyModel<Traits>;
  #count = 0;
  #last = Number.NEGATIVE_INFINITY;

  constructor(model: AnyModel<Traits>) {
    this.#model = model;
  }

  /** Send one message; throws where the host cannot. */
  send(message: ToKernel): void {
    const now = performance.now();
    const alone = now - this.#last > ALONE;
    this.#last = now;
    this.#count += 1;
    // A nudge is not nudged: where the kernel takes long to be busy it would never end.
    const nudged = alone && message.kind !== "nudge";
    this.#model.send(message, nudged ? this.#nudged(this.#count) : undefined);
  }

  #nudged(count: number) {
    const status = ({ content }: Status) => {
      if (content.execution_state === "busy" && count === this.#count) {
        this.send({ kind: "nudge" });
      }
    };
    return { iopub: { status } };
  }
}
