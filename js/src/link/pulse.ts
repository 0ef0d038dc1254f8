import type { AnyModel } from "@anywidget/types";
import type { DocumentStore } from "../store/document.ts";
import type { LineState, Shared } from "../store/view.ts";
import { type HostView, hostView } from "./host.ts";
import type { FromKernel, ToKernel } from "./messages.ts";
import type { Traits } from "./traits.ts";

/** Between two looks at how it stands, in milliseconds. */
const BEAT = 1000;
/**
 * A kernel that is called idle and has not answered for so long does not know this widget; or the
 * question was lost on the way. It is asked again, each time after twice as long.
 */
const PATIENCE = 5000;
/** Where the host says nothing, so much silence means that the kernel cannot be reached. */
const SILENCE = 20_000;
/** So long from one look to the next: the computer slept. Browsers let a page out of sight look once a minute. */
const SLEPT = 70_000;

/** What can be said to the kernel, and since when the whole document is asked of it. */
type Voice = {
  client: string;
  readonly asked: number | null;
  send(message: ToKernel): void;
  hello(): void;
};

/** What a model tells beyond what anywidget promises. */
type Events = Record<"on" | "off", (name: string, listener: () => void) => void>;

/**
 * Watches whether the kernel is there. It is asked only while an answer is waited for, or when there
 * is a reason to doubt: a ping now and then would keep idle kernels from being shut down.
 */
export class Pulse {
  readonly #model: AnyModel<Traits>;
  readonly #document: DocumentStore;
  readonly #shared: Shared;
  readonly #voice: Voice;
  #heard = performance.now();
  /** When the kernel said last more than that it hears. */
  #told = performance.now();
  #beat = performance.now();
  #host: HostView = null;
  /** What was pending when the kernel was asked whether it hears, null while it is not. */
  #asked: { since: number; pending: ReadonlySet<unknown> } | null = null;
  #patience = PATIENCE;
  /** So long may the whole document be in coming while nothing else comes. */
  #grace = PATIENCE;

  constructor(
    model: AnyModel<Traits>,
    document: DocumentStore,
    shared: Shared,
    voice: Voice,
    signal: AbortSignal,
  ) {
    this.#model = model;
    this.#document = document;
    this.#shared = shared;
    this.#voice = voice;
    const timer = setInterval(() => this.#look(), BEAT);
    signal.addEventListener("abort", () => clearInterval(timer));
    const doubt = () => this.#ask();
    globalThis.addEventListener?.("online", doubt, { signal });
    // JupyterLab: the kernel was restarted, and nobody there knows this model.
    const gone = () => this.#set("gone");
    const events = model as unknown as Events;
    events.on("comm_live_update", gone);
    signal.addEventListener("abort", () => events.off("comm_live_update", gone));
  }

  /** A message has come. */
  hear(message: FromKernel): void {
    const { line } = this.#shared;
    this.#heard = performance.now();
    this.#patience = PATIENCE;
    const lost =
      message.kind === "pong" &&
      message.client === this.#voice.client &&
      (this.#voice.asked === null ? this.#isUnheard() : this.#isUnanswered(this.#voice.asked));
    if (message.kind === "snapshot") {
      this.#grace = PATIENCE;
    }
    if (message.kind !== "pong") {
      this.#told = this.#heard;
    }
    if (message.kind === "pong" || line.peek() !== "live") {
      this.#asked = null;
    }
    if (line.peek() !== "live" || lost) {
      this.#set("live");
      if (message.kind !== "snapshot") {
        this.#grace *= 2;
        this.#voice.hello();
      }
    }
  }

  /** Whether an act was on its way when the kernel was asked whether it hears, and still is. */
  #isUnheard(): boolean {
    return this.#document.pending.peek().some((act) => this.#asked?.pending.has(act));
  }

  /** Whether the question for the whole document is lost, or what answers it. */
  #isUnanswered(since: number): boolean {
    return performance.now() - Math.max(since, this.#told) > this.#grace;
  }

  /** A message could not be sent. */
  fail(): void {
    this.#set("cut");
  }

  #look(): void {
    const now = performance.now();
    const slept = now - this.#beat > SLEPT;
    this.#beat = now;
    const [before, host] = [this.#host, hostView(this.#model)];
    this.#host = host;
    const { line } = this.#shared;
    const pending = this.#document.pending.peek();
    if (host === "cut") {
      this.#set("cut");
    } else if (host !== null && line.peek() === "cut") {
      this.#set("live");
      this.#asked = null;
      this.#voice.hello();
    } else if (pending.length > 0 || this.#voice.asked !== null || line.peek() === "cut") {
      this.#ask();
    } else if (slept || (host === "idle" && before !== "idle")) {
      this.#ask();
    }
    this.#judge(now, host);
  }

  /** Ask whether the kernel hears, unless it is being asked. */
  #ask(): void {
    if (this.#asked === null) {
      const pending = new Set(this.#document.pending.peek());
      this.#asked = { since: performance.now(), pending };
      this.#ping();
    }
  }

  #ping(): void {
    this.#voice.send({ kind: "ping", client: this.#voice.client });
  }

  #judge(now: number, host: HostView): void {
    if (this.#asked === null) {
      return;
    }
    const silent = now - Math.max(this.#asked.since, this.#heard);
    if (host === "idle" && silent > this.#patience) {
      this.#set("gone");
      this.#patience *= 2;
      this.#asked = null;
    } else if (host === "busy" && silent > this.#patience) {
      // The question may have been lost, and with it the host's word that the kernel is idle again.
      this.#patience *= 2;
      this.#ping();
    } else if (host === null && silent > SILENCE) {
      this.#set("cut");
      // Nobody will say when it is back: what is asked for now and then is answered then.
      this.#asked = null;
    }
  }

  #set(state: LineState): void {
    this.#shared.line.value = state;
  }
}
