import type { AnyModel } from "@anywidget/types";
import { batch } from "@preact/signals-core";
import { type Annotation, createAnnotation, withTracks } from "../core/annotation.ts";
import { timesOf } from "../core/clock.ts";
import { tracksFromColumns } from "../core/json.ts";
import { partsFromJson } from "../core/parts.ts";
import { Tracks } from "../core/tracks.ts";
import type { DocumentStore } from "../store/document.ts";
import { failFrame, isElsewhere, leaveVideo, type Shared, say } from "../store/view.ts";
import { Ahead } from "./ahead.ts";
import { bytes, float64, int32, keyframeColumns } from "./buffers.ts";
import { marksOf } from "./marks.ts";
import {
  type Changed,
  type Edited,
  type FromKernel,
  PROTOCOL,
  type RectJson,
  type Snapshot,
  type ToKernel,
} from "./messages.ts";
import { reviewOf } from "./review.ts";
import { mirrorTraits, type Traits } from "./traits.ts";

/** Receives the pictures that arrive. */
export type Pictures = {
  /** A whole frame, whoever asked for it. */
  frame(width: number, frame: number, jpeg: Uint8Array): void;
  /** A part of a frame, for the view that asked. */
  region(client: string, frame: number, rect: RectJson, jpeg: Uint8Array): void;
};

/** The line to the kernel: the only object that knows the anywidget model. */
export class Link {
  readonly client = Math.random().toString(36).slice(2);
  readonly #model: AnyModel<Traits>;
  readonly #document: DocumentStore;
  readonly #shared: Shared;
  readonly #pictures: Pictures;
  readonly #ahead = new Ahead();

  constructor(
    model: AnyModel<Traits>,
    document: DocumentStore,
    shared: Shared,
    pictures: Pictures,
    signal: AbortSignal,
  ) {
    this.#model = model;
    this.#document = document;
    this.#shared = shared;
    this.#pictures = pictures;
    document.onEdit = ({ seq, revision, edit }) =>
      this.send({ kind: "edit", client: this.client, item: this.#item, seq, revision, edit });
    document.onConflict = (_edit, reason) => {
      const text = `An edit was taken back, the labels had changed meanwhile: ${reason}`;
      say(shared, { level: "error", text });
    };
    const receive = (message: FromKernel, buffers: DataView[]) => this.#guard(message, buffers);
    model.on("msg:custom", receive);
    signal.addEventListener("abort", () => model.off("msg:custom", receive));
    mirrorTraits(model, shared, signal);
    this.hello();
  }

  get #item(): number {
    return this.#shared.item.peek();
  }

  /** Send one message to the kernel. */
  send(message: ToKernel): void {
    this.#model.send(message);
  }

  /** Ask the kernel to undo or redo. */
  step(kind: "undo" | "redo"): void {
    this.#document.step(kind);
    this.send({ kind, client: this.client, item: this.#item });
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

  /** Ask the kernel for the whole document. */
  hello(): void {
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
    const { frame_count, fps, time_base, name, width, height } = message.video;
    if (!steps || !counts) {
      throw new Error(`A snapshot has ${buffers.length} buffers instead of 9.`);
    }
    const tracks = this.#ahead.tracksOf(message, columns);
    if (tracks === null) {
      return; // It is another page's: the one that this page asked for comes whole.
    }
    const annotation = createAnnotation({
      video: {
        name,
        width,
        height,
        frame_count,
        fps,
        times: timesOf(float64(steps), int32(counts), time_base),
      },
      ...partsFromJson(message.parts),
      tracks,
    });
    batch(() => this.#show(message, annotation));
  }

  #show(message: Snapshot, annotation: Annotation): void {
    if (message.item === this.#item) {
      this.#document.reset(annotation, message.revision, message.history);
    } else {
      this.#document.open(annotation, message.revision, message.history);
      leaveVideo(this.#shared);
      this.#shared.frame.value = message.frame;
      this.#shared.item.value = message.item;
    }
    this.#shared.items.value = message.items;
    this.#shared.readOnly.value = message.read_only;
    this.#shared.warnings.value = message.video.warnings;
    this.#shared.save.value = message.save;
    this.#shared.connected.value = true;
  }

  #edited({ client, seq, revision, edit, history }: Edited): void {
    if (!this.#shared.connected.peek()) {
      return;
    }
    if (client === this.client && seq !== null) {
      this.#document.acknowledge(seq, revision, history);
    } else {
      this.#document.receiveEdit(edit, revision, history);
    }
  }

  #changed(message: Changed, buffers: DataView[]): void {
    if (!this.#shared.connected.peek()) {
      return;
    }
    const tracks = tracksFromColumns(message.tracks, keyframeColumns(buffers));
    this.#document.receive(
      (annotation) => ({
        ...withTracks(annotation, tracks, message.removed),
        ...partsFromJson(message.parts),
      }),
      message.revision,
      message.history,
    );
  }

  #rejected(message: Extract<FromKernel, { kind: "rejected" }>): void {
    if (message.client !== this.client) {
      return;
    }
    this.#document.reject(message.seq);
    say(this.#shared, { level: "error", text: message.reason });
    this.hello();
  }
}
