/** Tells children of one parent apart while they move. */
export type Key = string | number;

/** What an element or a component is given. */
export type Props = Readonly<Record<string, unknown>>;

/** Draws from its props and from the signals it reads; it is called again when one of them changes. */
// biome-ignore lint/suspicious/noExplicitAny: each component has props of its own, checked where it is used.
export type Component = (props: any) => Child;

/** An element or a component as it should be. */
export type VNode = {
  readonly type: string | Component;
  readonly props: Props;
  readonly key: Key | undefined;
};

/** What can stand inside an element; a list is keyed. */
export type Child = VNode | string | number | boolean | null | undefined | readonly Child[];

/** Where an element that was made is put. */
export type Ref<E> = { current: E | null };

/** What JSX is turned into. */
export function h(type: string | Component, given: Props | null, ...children: Child[]): VNode {
  const { key, ...props } = given ?? {};
  return {
    type,
    props: children.length > 0 ? { ...props, children } : props,
    key: key as Key | undefined,
  };
}

/** Children without an element around them. */
export function Fragment({ children }: { children?: Child }): Child {
  return children;
}

type On<E, T> = (event: T & { readonly currentTarget: E }) => void;

type Handlers<E> = {
  onClick?: On<E, MouseEvent>;
  onKeyDown?: On<E, KeyboardEvent>;
  onInput?: On<E, Event>;
  onChange?: On<E, Event>;
  onFocus?: On<E, FocusEvent>;
  onBlur?: On<E, FocusEvent>;
  onFocusIn?: On<E, FocusEvent>;
  onFocusOut?: On<E, FocusEvent>;
  onScroll?: On<E, Event>;
  onWheel?: On<E, WheelEvent>;
};

type Attributes<E> = Handlers<E> & {
  key?: Key;
  ref?: Ref<E>;
  class?: string | undefined;
  /** By the names that CSS has for them: "padding-top". */
  style?: Readonly<Record<Lowercase<string>, string>> | undefined;
  title?: string | undefined;
  role?: string | undefined;
  disabled?: boolean | undefined;
  children?: Child;
  [attribute: string]: unknown;
};

type Elements = {
  [Tag in keyof HTMLElementTagNameMap]: Attributes<HTMLElementTagNameMap[Tag]>;
} & {
  svg: Attributes<SVGElement>;
  path: Attributes<SVGElement>;
};

export declare namespace h {
  /** What TypeScript checks JSX against. */
  namespace JSX {
    type Element = VNode;
    type ElementType = string | Component;
    interface ElementChildrenAttribute {
      children: unknown;
    }
    interface IntrinsicAttributes {
      key?: Key;
    }
    interface IntrinsicElements extends Elements {}
  }
}
