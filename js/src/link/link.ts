import type { AnyModel } from "@anywidget/types";
import { batch } from "@preact/signals-core";
import { type Annotation, createAnnotation, withTracks } from "../core/annotation.ts";
import { applyEdit, describe } from "../core/edits.ts";
import { tracksFromColumns } from "../core/json.ts";
import { partsFromJson } from "../core/parts.ts";
import { Tracks } from "../core/tracks.ts";
import { authorOf } from "../store/author.ts";
import type { DocumentStore, HistoryNames } from "../store/document.ts";
import { NO_MARKS } from "../store/marks.ts";
import { isOf } from "../store/queue.ts";
import type { ErrorKey, Setting } from "../store/review.ts";
import { signalOf } from "../store/signals.ts";
import { failFrame, isElsewhere, leaveVideo, type Shared, say } from "../store/view.ts";
import { messageOf, receiptOf } from "./acts.ts";
import { Ahead } from "./ahead.ts";
import { bytes, float64, keyframeColumns } from "./buffers.ts";
import { marksOf } from "./marks.ts";
import {
  type Changed,
  type Compared,
  type Edited,
  type FromKernel,
  type Histories,
  PROTOCOL,
  type RectJson,
  type Snapshot,
  type ToKernel,
} from "./messages.ts";
import { Sender } from "./nudge.ts";
import { Pulse } from "./pulse.ts";
import { reviewOf } from "./review.ts";
import { mirrorTraits, type Traits } from "./traits.ts";
import { videoOf } from "./video.ts";

const NO_STEPS: HistoryNames = { undo: null, redo: null };

/** Receives the pictures that arrive, and knows whether one is to. */
export type Pictures = {
  /** A whole frame, whoever asked for it. */
  frame(width: number, frame: number, jpeg: Uint8Array): void;
  /** A part of a frame, for the view that asked. */
  region(client: string, frame: number, rect: RectJson, jpeg: Uint8Array): void;
  /** Whether a view waits for one. */
  isAwaited(): boolean;
};

/** The line to the kernel: the only object that knows the anywidget model. */
export class Link {
  readonly client: string;
  readonly #sender: Sender;
  readonly #document: DocumentStore;
  readonly #shared: Shared;
  readonly #pictures: Pictures;
  readonly #ahead = new Ahead();
  readonly #pulse: Pulse;
  /** Since when the whole document is asked for, null when it is here. */
  asked: number | null = null;
  /** How many times another way to compare was asked for. */
  #matches = 0;

  constructor(
    model: AnyModel<Traits>,
    document: DocumentStore,
    shared: Shared,
    pictures: Pictures,
    signal: AbortSignal,
  ) {
    this.client = document.client;
    this.#sender = new Sender(model);
    this.#document = document;
    this.#shared = shared;
    this.#pictures = pictures;
    document.onAct = (act) => this.send(messageOf(act, document.pending.peek()));
    document.onConflict = (edit, reason) => {
      const text = `Taken back, the labels have changed meanwhile: ${describe(edit)}. ${reason}`;
      say(shared, { level: "error", text });
    };
    this.#pulse = new Pulse(model, document, shared, this, signal);
    const receive = (message: FromKernel, buffers: DataView[]) => this.#guard(message, buffers);
    model.on("msg:custom", receive);
    signal.addEventListener("abort", () => model.off("msg:custom", receive));
    mirrorTraits(model, shared, () => pictures.isAwaited(), signal);
    this.hello();
  }

  get #item(): number {
    return this.#shared.item.peek();
  }

  /** Send one message to the kernel; what a person did is kept where that fails. */
  send(message: ToKernel): void {
    try {
      this.#sender.send(message);
    } catch {
      this.#pulse.fail();
    }
  }

  /** Send what is pending again: the kernel does it once. */
  resend(): void {
    const pending = this.#document.pending.peek();
    for (const act of pending) {
      this.send(messageOf(act, pending));
    }
  }

  /** Ask the kernel to tell the history. */
  steps(): void {
    this.send({ kind: "steps", client: this.client, item: this.#item });
  }

  /** Ask the kernel to go through the history as it was told. */
  travel(by: number): void {
    const revision = this.#document.revision.peek();
    this.send({ kind: "travel", client: this.client, item: this.#item, revision, by });
  }

  /** Ask the kernel to follow a track from its box on a frame. */
  track(track: number, frame: number, stop: number | null): void {
    this.send({ kind: "track", client: this.client, item: this.#item, track, frame, stop });
  }

  /** Ask the kernel to follow it no further. */
  stopTracking(): void {
    this.send({ kind: "stop_tracking", item: this.#item });
  }

  /** Ask the kernel to compare in another way. */
  match(change: Partial<Setting>): void {
    const { setting } = this.#shared;
    const before = setting.peek();
    if (before !== null) {
      setting.value = { ...before, ...change };
      this.#matches += 1;
      const head = { client: this.client, item: this.#item, seq: this.#matches };
      this.send({ kind: "match", ...head, ...setting.value });
    }
  }

  /** Ask the kernel what can be done about an error. */
  fixes(error: ErrorKey): void {
    this.send({ kind: "fixes", client: this.client, item: this.#item, error });
  }

  /** Ask the kernel for the whole document; what is pending is sent again when it is here. */
  hello(): void {
    this.asked = performance.now();
    this.send({ kind: "hello", protocol: PROTOCOL, client: this.client });
  }

  /** Tell Python, and the person, what went wrong in the browser. */
  report(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    say(this.#shared, { level: "error", text });
    const stack = error instanceof Error && error.stack ? error.stack : text;
    this.send({ kind: "error", client: this.client, text: stack.slice(0, 4000) });
  }

  #guard(message: FromKernel, buffers: DataView[]): void {
    try {
      this.#pulse.hear(message);
      this.#receive(message, buffers);
    } catch (error) {
      this.report(error);
    }
  }

  #receive(message: FromKernel, buffers: DataView[]): void {
    switch (message.kind) {
      case "tracks":
        this.#ahead.add(message, buffers);
        break;
      case "snapshot":
        this.#snapshot(message, buffers);
        break;
      case "edited":
        this.#edited(message);
        break;
      case "changed":
        this.#changed(message, buffers);
        break;
      case "steps":
        this.#shared.steps.value = message;
        break;
      case "rejected":
        this.#rejected(message);
        break;
      case "heard":
        this.#heard(message);
        break;
      case "frames":
        this.#frames(message, buffers);
        break;
      case "ready": {
        const spans = message.spans.map(([start, stop]) => ({ start, stop }));
        this.#shared.stored.value = { width: message.width, spans };
        break;
      }
      case "region": {
        const [jpeg] = buffers;
        if (jpeg) {
          this.#pictures.region(message.client, message.frame, message.rect, bytes(jpeg));
        }
        break;
      }
      case "frame_error":
        failFrame(this.#shared, message.frame, message.text);
        break;
      case "items":
        this.#shared.items.value = message.items;
        break;
      case "marks":
        this.#shared.marks.value = marksOf(message, buffers);
        break;
      case "tracking":
        this.#shared.tracking.value = message.progress;
        break;
      case "predictions":
        this.#shared.predictions.value = Tracks.of(
          tracksFromColumns(message.tracks, keyframeColumns(buffers)),
        );
        break;
      case "compared":
        this.#shared.review.value = reviewOf(message, buffers);
        if (!this.#isOutdated(message)) {
          this.#shared.setting.value = message.setting;
        }
        break;
      case "fixes":
        if (message.client === this.client) {
          this.#shared.offered.value = message;
        }
        break;
      case "signals":
        this.#shared.signals.value = message.names.flatMap((name, at) => {
          const buffer = buffers[at];
          return buffer ? [signalOf(name, float64(buffer))] : [];
        });
        break;
      case "warnings":
        this.#shared.warnings.value = message.warnings;
        break;
      case "save":
        this.#shared.save.value = message;
        this.#shared.readOnly.value ||= isElsewhere(message);
        break;
      case "notice":
        say(this.#shared, message);
        break;
    }
  }

  /** Whether it answers a request of this page that it has changed since. */
  #isOutdated({ asked }: Compared): boolean {
    return asked?.[0] === this.client && asked[1] < this.#matches;
  }

  #frames(message: Extract<FromKernel, { kind: "frames" }>, buffers: DataView[]): void {
    batch(() => {
      for (const [index, frame] of message.frames.entries()) {
        const buffer = buffers[index];
        if (buffer) {
          this.#pictures.frame(message.width, frame, bytes(buffer));
        }
      }
    });
  }

  #snapshot(message: Snapshot, buffers: DataView[]): void {
    if (message.protocol !== PROTOCOL) {
      throw new Error(
        `The kernel speaks version ${message.protocol} of boxreel's messages, this page ` +
          `version ${PROTOCOL}. Restart the kernel and reload the page.`,
      );
    }
    const [steps, counts, ...columns] = buffers;
    if (!steps || !counts) {
      throw new Error(`A snapshot has ${buffers.length} buffers instead of 9.`);
    }
    const tracks = this.#ahead.tracksOf(message, columns);
    if (tracks === null) {
      return; // It is another page's: the one that this page asked for comes whole.
    }
    const annotation = createAnnotation({
      video: videoOf(message.video, steps, counts),
      ...partsFromJson(message.parts),
      tracks,
    });
    if (message.item !== this.#item) {
      leaveVideo(this.#shared); // What is under way there is kept while it is still shown.
    }
    batch(() => this.#show(message, annotation));
    if (this.asked !== null) {
      this.asked = null;
      this.resend();
    }
  }

  #show(message: Snapshot, annotation: Annotation): void {
    const { item, revision, heard } = message;
    const history = this.#namesIn(message);
    if (message.item === this.#item) {
      this.#document.reset(annotation, revision, history, heard);
    } else {
      this.#document.open(item, annotation, revision, history, heard);
      this.#shared.frame.value = message.frame;
      this.#shared.item.value = message.item;
    }
    this.#shared.items.value = message.items;
    this.#shared.readOnly.value = message.read_only;
    this.#shared.warnings.value = message.video.warnings;
    this.#shared.save.value = message.save;
    this.#shared.snapshots.value = this.#shared.snapshots.peek() + 1;
    this.#shared.document.value = message.document;
    this.#shared.heard.value = message.heard;
    this.#shared.connected.value = true;
    // What is still so of these is told next: the word that it is over may have been lost.
    this.#shared.tracking.value = null;
    this.#shared.marks.value = NO_MARKS;
  }

  #edited(message: Edited): void {
    if (this.#follows(message)) {
      const change = (annotation: Annotation) => applyEdit(annotation, message.edit);
      this.#document.receive(change, message.revision, this.#namesIn(message), receiptOf(message));
    }
  }

  #changed(message: Changed, buffers: DataView[]): void {
    if (this.#follows(message)) {
      const tracks = tracksFromColumns(message.tracks, keyframeColumns(buffers));
      const change = (annotation: Annotation) => ({
        ...withTracks(annotation, tracks, message.removed),
        ...partsFromJson(message.parts),
      });
      this.#document.receive(change, message.revision, this.#namesIn(message), receiptOf(message));
    }
  }

  /** What undo and redo would do for the person at this page. */
  #namesIn({ history }: { history: Histories }): HistoryNames {
    return history[authorOf(this.client)] ?? history[""] ?? NO_STEPS;
  }

  /** Whether a change follows on what is shown; where one before it is missing, all is asked for anew. */
  #follows({ item, revision }: Edited | Changed): boolean {
    if (!this.#shared.connected.peek() || item !== this.#item) {
      return false;
    }
    const next = this.#document.revision.peek() + 1;
    if (revision > next) {
      this.#catchUp();
    }
    return revision === next;
  }

  #catchUp(): void {
    if (this.asked === null) {
      this.hello();
    }
  }

  #heard(message: Extract<FromKernel, { kind: "heard" }>): void {
    const { item, client, seq, heard } = message;
    if (!this.#document.pending.peek().some((one) => isOf(one, message))) {
      return;
    }
    if (item === this.#item) {
      this.#catchUp();
    } else {
      this.#document.hear(item, { [client]: heard });
      if (seq > heard) {
        this.resend();
      }
    }
  }

  #rejected(message: Extract<FromKernel, { kind: "rejected" }>): void {
    if (!this.#document.pending.peek().some((one) => isOf(one, receiptOf(message)))) {
      return;
    }
    this.#document.reject(message);
    say(this.#shared, { level: "error", text: message.reason });
    this.#catchUp();
  }
}
