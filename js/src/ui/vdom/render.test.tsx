// @vitest-environment happy-dom
import { batch, signal } from "@preact/signals-core";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type Child, Fragment, h } from "./h.ts";
import { render, useAfter, useContext, useEffect, useOnce, useRef } from "./render.ts";

afterEach(() => document.body.replaceChildren());

/** Draw into a new element of the page. */
function draw(child: Child, context: unknown = null) {
  const host = document.createElement("main");
  document.body.append(host);
  const clear = render(child, host, context);
  return { host, clear };
}

describe("what is drawn", () => {
  test("elements, texts, numbers, lists and nothing for nothing", () => {
    const { host } = draw(
      <p class="a" title="t" style={{ "--c": "red" }}>
        {0} {"text"}
        {null}
        {false}
        {undefined}
        {["x", <b key="b">y</b>]}
        <Fragment key="f">
          <i />z
        </Fragment>
      </p>,
    );
    expect(host.innerHTML).toBe(
      '<p class="a" title="t" style="--c: red;">0 textx<b>y</b><i></i>z</p>',
    );
  });

  test("drawings have their own namespace", () => {
    const { host } = draw(
      <svg viewBox="0 0 1 1" aria-hidden="true">
        <path d="M0 0" />
      </svg>,
    );
    expect(host.querySelector("path")?.namespaceURI).toBe("http://www.w3.org/2000/svg");
    expect(host.querySelector("svg")?.getAttribute("viewBox")).toBe("0 0 1 1");
  });

  test("attributes come and go, aria says false, properties are set", () => {
    const on = signal(true);
    const View = () => (
      <button
        type="button"
        aria-pressed={on.value}
        title={on.value ? "t" : undefined}
        disabled={on.value}
      />
    );
    const { host } = draw(<View />);
    const button = host.querySelector("button");
    expect([button?.getAttribute("aria-pressed"), button?.disabled]).toEqual(["true", true]);
    on.value = false;
    expect(button?.outerHTML).toBe('<button type="button" aria-pressed="false"></button>');
  });

  test("a list box shows its value, also after the person chose another that was refused", () => {
    const value = signal("b");
    const again = signal(0);
    const View = () => (
      <select value={value.value} data-again={again.value}>
        <option value="a" />
        <option value="b" />
      </select>
    );
    const select = draw(<View />).host.querySelector("select");
    expect(select?.value).toBe("b");
    if (select) {
      select.value = "a";
    }
    again.value += 1;
    expect(select?.value).toBe("b");
  });

  test("handlers are the newest ones", () => {
    const calls: number[] = [];
    const count = signal(1);
    const View = () => {
      const now = count.value;
      return <button type="button" onClick={() => calls.push(now)} />;
    };
    const button = draw(<View />).host.querySelector("button");
    button?.click();
    count.value = 2;
    button?.click();
    expect(calls).toEqual([1, 2]);
  });
});

describe("drawing again", () => {
  test("touches only the component that read the signal", () => {
    const inner = signal(1);
    const outerDrawn = vi.fn();
    const Inner = () => <b>{inner.value}</b>;
    const Outer = () => {
      outerDrawn();
      return <Inner />;
    };
    const { host } = draw(<Outer />);
    const element = host.querySelector("b");
    inner.value = 2;
    expect(host.textContent).toBe("2");
    expect(host.querySelector("b")).toBe(element);
    expect(outerDrawn).toHaveBeenCalledOnce();
  });

  test("skips a component whose props are the same", () => {
    const tick = signal(0);
    const drawn = vi.fn();
    const Leaf = ({ text }: { text: string }) => {
      drawn(text);
      return <i>{text}</i>;
    };
    const Parent = () => <Leaf text={tick.value < 2 ? "same" : "other"} />;
    draw(<Parent />);
    tick.value = 1;
    expect(drawn.mock.calls).toEqual([["same"]]);
    tick.value = 2;
    expect(drawn.mock.calls).toEqual([["same"], ["other"]]);
  });

  test("keyed children move with their elements and their state", () => {
    const Row = ({ id }: { id: number }) => {
      const first = useOnce(() => ({ id }));
      return (
        <Fragment key="f">
          <i>{id}</i>
          <b>{first.id}</b>
        </Fragment>
      );
    };
    const ids = fc.uniqueArray(fc.nat(9));
    fc.assert(
      fc.property(ids, ids, (before, after) => {
        const list = signal(before);
        const View = () => (
          <p>
            <em>first</em>
            {list.value.map((id) => (
              <Row key={id} id={id} />
            ))}
            <em>last</em>
          </p>
        );
        const { host, clear } = draw(<View />);
        const elementOf = (id: number) =>
          [...host.querySelectorAll("i")].find((element) => element.textContent === String(id));
        const kept = after.filter((id) => before.includes(id)).map((id) => [id, elementOf(id)]);
        list.value = after;
        const text = after.map((id) => `${id}${id}`).join("");
        expect(host.textContent).toBe(`first${text}last`);
        expect(kept.map(([id]) => [id, elementOf(id as number)])).toEqual(kept);
        clear();
        expect(host.childNodes).toHaveLength(0);
      }),
    );
  });

  test("children that others put into an element stay", () => {
    const tick = signal(0);
    const View = () => <div class="host" data-tick={tick.value} />;
    const host = draw(<View />).host.querySelector(".host");
    const canvas = document.createElement("canvas");
    host?.append(canvas);
    tick.value = 1;
    expect(host?.getAttribute("data-tick")).toBe("1");
    expect(host?.firstChild).toBe(canvas);
  });

  test("a component that throws leaves the others working", () => {
    const broken = signal(false);
    const other = signal(1);
    const Broken = () => {
      if (broken.value) {
        throw new Error("broken");
      }
      return <i>fine</i>;
    };
    const Other = () => {
      const kept = useOnce(() => "kept");
      return (
        <b>
          {kept}
          {other.value}
        </b>
      );
    };
    const { host } = draw([<Broken key="broken" />, <Other key="other" />]);
    expect(() => {
      broken.value = true;
    }).toThrow("broken");
    other.value = 2;
    expect(host.querySelector("b")?.textContent).toBe("kept2");
  });
});

describe("hooks", () => {
  test("what is drawn is in the page when it is looked at", () => {
    const seen: boolean[] = [];
    const Inner = () => {
      const element = useRef<HTMLElement>();
      useAfter(() => seen.push(element.current?.isConnected === true));
      return <i ref={element} />;
    };
    const Outer = () => (
      <p>
        <Inner />
      </p>
    );
    draw(<Outer />);
    expect(seen).toEqual([true]);
  });

  test("effects follow their signals and end with the component", () => {
    const shown = signal(true);
    const source = signal(1);
    const calls: string[] = [];
    const Watch = () => {
      useEffect(() => {
        const now = source.value;
        calls.push(`on ${now}`);
        return () => calls.push(`off ${now}`);
      });
      return null;
    };
    const View = () => (shown.value ? <Watch /> : null);
    draw(<View />);
    source.value = 2;
    batch(() => {
      shown.value = false;
      source.value = 3;
    });
    source.value = 4;
    expect(calls.slice(0, 3)).toEqual(["on 1", "off 1", "on 2"]);
    expect(calls.at(-1)).toMatch(/^off/);
    expect(calls.filter((call) => call === "on 4")).toEqual([]);
  });

  test("the context reaches every component", () => {
    const Deep = () => <i>{useContext<{ name: string }>().name}</i>;
    const Middle = () => <Deep />;
    expect(draw(<Middle />, { name: "here" }).host.textContent).toBe("here");
  });

  test("belong to a component that is being drawn", () => {
    expect(() => useOnce(() => 1)).toThrow("Hooks belong to a component that is being drawn.");
  });
});
