import { judge, takeFix } from "../actions/judge.ts";
import { keyText } from "../actions/keymap.ts";
import { blockedBy, perform, withKey } from "../actions/registry.ts";
import { type ReviewError, RULINGS, type Ruling, type Said } from "../store/review.ts";
import { PlainButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { Heading } from "./parts.tsx";
import { Seg } from "./Seg.tsx";

/** Who is wrong in the error that is looked at, and what can be done when it is the label. */
export function VerdictOn({ error }: { error: ReviewError }) {
  const app = useApp();
  const { said } = error;
  return (
    <section class="bt verdict" aria-label="Verdict">
      <Heading text="Who is wrong?" note={said ? saidBy(said) : ""}>
        {said && (
          <PlainButton
            title="Take the verdict back"
            icon="close"
            onClick={() => judge(app, error, null)}
          />
        )}
      </Heading>
      <div class="row">
        <Rulings said={said} />
      </div>
      <Fixes error={error} />
    </section>
  );
}

/** Who may be wrong, and who was said to be. */
export function Rulings({ said }: { said: Said | null }) {
  const app = useApp();
  const choices = (Object.keys(RULINGS) as Ruling[]).map((ruling) => {
    const { name, short, action } = RULINGS[ruling];
    return { value: ruling, text: short, title: withKey(app, name, action) };
  });
  return (
    <Seg
      label="Verdict"
      choices={choices}
      value={said?.ruling ?? null}
      disabled={blockedBy(app, "unclear") !== null}
      onChoose={(ruling) => perform(app, RULINGS[ruling].action)}
    />
  );
}

/** What can be done when the label is wrong; the first has the key. */
function Fixes({ error }: { error: ReviewError }) {
  const app = useApp();
  const blocked = blockedBy(app, "by-hand");
  return (
    <div class="fixes" role="group" aria-label="Fixes of the label">
      {app.derived.fixes.value?.map((fix, index) => (
        <button
          key={fix.text}
          type="button"
          class="b"
          title={blocked ?? fix.text}
          disabled={blocked !== null}
          onClick={() => takeFix(app, error, fix)}
        >
          <span class="nm sp">{fix.text}</span>
          {index === 0 && <span class="key">{keyText(app, "accept")}</span>}
        </button>
      ))}
      <button
        type="button"
        class="b"
        title={blocked ?? "Mend the label by hand, the prediction beneath it"}
        disabled={blocked !== null}
        onClick={() => perform(app, "by-hand")}
      >
        <span class="nm sp">Mend by hand</span>
        <span class="key">{keyText(app, "by-hand")}</span>
      </button>
    </div>
  );
}

function saidBy({ author, time }: Said): string {
  const when = new Date(1000 * time);
  const isToday = when.toDateString() === new Date().toDateString();
  const clock = when.toTimeString().slice(0, 5);
  return `${author}, ${isToday ? clock : when.toLocaleDateString()}`;
}
