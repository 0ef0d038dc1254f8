import type { AnyModel } from "@anywidget/types";
import { expect, test } from "vitest";
import { hearAnyway } from "./host.ts";
import type { Traits } from "./traits.ts";

type Message = { content: { data: { method?: string } } };

/** What ipywidgets has: a model, and the comm that hands it what the kernel says. */
class WidgetModel {
  readonly heard: unknown[] = [];
  deliver: (message: Message) => Promise<unknown> = () => Promise.resolve();
  readonly comm = {
    on_msg: (receive: WidgetModel["deliver"]) => {
      this.deliver = receive;
    },
  };

  async _handle_comm_msg({ content }: Message): Promise<void> {
    if (content.data.method === "custom") {
      this.heard.push(content.data);
    }
  }

  set() {
    return this;
  }
}

/** What anywidget makes of it: nothing is heard before the model is ready. */
class AnyWidgetModel extends WidgetModel {
  constructor(readonly ready: Promise<void>) {
    super();
    this.comm.on_msg(this._handle_comm_msg.bind(this));
  }

  override async _handle_comm_msg(message: Message) {
    await this.ready;
    return super._handle_comm_msg(message);
  }
}

/** What a widget is given. */
function proxy(model: WidgetModel) {
  return { get: () => 680, set: model.set.bind(model) } as unknown as AnyModel<Traits>;
}

const custom = { content: { data: { method: "custom" } } };

test("a model that anywidget has given up hears the kernel all the same", async () => {
  const late = Promise.reject(new Error("[anywidget] Failed to initialize model."));
  const model = new AnyWidgetModel(late);
  await expect(model.deliver(custom)).rejects.toThrow("Failed");
  await hearAnyway(proxy(model));
  await model.deliver(custom);
  expect(model.heard).toEqual([custom.content.data]);
});

test("one that is ready is left as it is", async () => {
  const model = new AnyWidgetModel(Promise.resolve());
  const { deliver } = model;
  await hearAnyway(proxy(model));
  expect(model.deliver).toBe(deliver);
});

test("another host's model is left alone", async () => {
  const model = { get: () => 680, set() {} } as unknown as AnyModel<Traits>;
  await expect(hearAnyway(model)).resolves.toBeUndefined();
});
