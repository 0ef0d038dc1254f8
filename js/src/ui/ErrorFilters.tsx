import { useSignal } from "@preact/signals";
import type { App } from "../actions/app.ts";
import type { Likeness } from "../store/likeness.ts";
import { type ErrorKind, FAMILIES, type Glyph, KINDS } from "../store/review.ts";
import { PlainButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { Select, Tick } from "./parts.tsx";
import { Mark } from "./Review.tsx";

/** Kinds of errors that there are, under the mark that they share. */
type Family = {
  glyph: Glyph;
  name: string;
  kinds: readonly ErrorKind[];
  count: number;
  /** Whether its errors are shown; mixed when some kinds are left out. */
  on: boolean | "mixed";
};

/** The families that have errors; one of a single kind bears its name. */
function familiesOf({ view, derived }: App): Family[] {
  const counts = new Map<ErrorKind, number>();
  for (const { kind } of derived.review.value?.errors ?? []) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const unchecked = view.unchecked.value;
  return (Object.keys(FAMILIES) as Glyph[]).flatMap((glyph) => {
    const kinds = (Object.keys(KINDS) as ErrorKind[]).filter(
      (kind) => KINDS[kind].glyph === glyph && counts.has(kind),
    );
    const [first, ...others] = kinds;
    if (first === undefined) {
      return [];
    }
    const count = kinds.reduce((sum, kind) => sum + (counts.get(kind) ?? 0), 0);
    const left = kinds.filter((kind) => !unchecked.has(kind)).length;
    const on = left === kinds.length ? true : left > 0 ? "mixed" : false;
    const name = others.length > 0 ? FAMILIES[glyph] : KINDS[first].name;
    return [{ glyph, name, kinds, count, on }];
  });
}

/** Check kinds or leave them out. */
function check({ view }: App, kinds: readonly ErrorKind[], on: boolean): void {
  const unchecked = new Set(view.unchecked.peek());
  for (const kind of kinds) {
    on ? unchecked.delete(kind) : unchecked.add(kind);
  }
  view.unchecked.value = unchecked;
}

/** The errors by families, each checked or left out; one unfolds into its kinds. */
export function ErrorFamilies() {
  return (
    <div class="chip-list">
      {familiesOf(useApp()).map((family) => (
        <FamilyRow key={family.glyph} family={family} />
      ))}
    </div>
  );
}

function FamilyRow({ family }: { family: Family }) {
  const app = useApp();
  const unfolded = useSignal(false);
  const { glyph, name, kinds, count, on } = family;
  const several = kinds.length > 1;
  return (
    <>
      <div class="family">
        <Tick name={name} title={name} on={on} onClick={() => check(app, kinds, on !== true)}>
          <Mark glyph={glyph} />
          <span class="nm sp">{name}</span>
          {!several && <span class="n">{count}</span>}
        </Tick>
        {several && (
          <PlainButton
            class={unfolded.value ? "b s fold" : "b s fold folded"}
            title={`Kinds of ${name.toLowerCase()}`}
            icon="chevron"
            on={unfolded.value}
            onClick={() => {
              unfolded.value = !unfolded.peek();
            }}
          >
            <span class="n">{count}</span>
          </PlainButton>
        )}
      </div>
      {several && unfolded.value && kinds.map((kind) => <KindRow key={kind} kind={kind} />)}
    </>
  );
}

function KindRow({ kind }: { kind: ErrorKind }) {
  const app = useApp();
  const { name } = KINDS[kind];
  const on = !app.view.unchecked.value.has(kind);
  const own = app.derived.review.value?.errors.filter((error) => error.kind === kind);
  return (
    <Tick name={name} class="row kind" on={on} onClick={() => check(app, [kind], !on)}>
      <span class="nm sp">{name}</span>
      <span class="n">{own?.length ?? 0}</span>
    </Tick>
  );
}

/** The families in a row, where it is narrow. */
export function FamilyChips() {
  const app = useApp();
  return familiesOf(app).map(({ glyph, name, kinds, count, on }) => (
    <Tick
      key={glyph}
      name={name}
      title={`${name}: ${count}`}
      class="chip"
      on={on}
      onClick={() => check(app, kinds, on !== true)}
    >
      <Mark glyph={glyph} />
      <span class="n">{count}</span>
    </Tick>
  ));
}

/** Stands for every object: no likeness has an empty text. */
const ALL = "";

function likeOption({ text }: Likeness): [string, string] {
  return [text, text[0]?.toUpperCase() + text.slice(1)];
}

/** Which objects' errors are shown: all, or those that are like something. */
export function ObjectsSelect() {
  const { view, derived } = useApp();
  return (
    <div class="row">
      <Select
        label="Objects with errors"
        value={view.errorLike.value ?? ALL}
        options={[[ALL, "All objects"], ...derived.likely.value.map(likeOption)]}
        onChoose={(text) => {
          view.errorLike.value = text === ALL ? null : text;
        }}
      />
    </div>
  );
}
