/**
 * Labels of any kind, in everything that shows them.
 *
 * @module
 */
import {
  compile,
  derivative,
  diagnose,
  display,
  draw,
  explain,
  formula,
  gradcheck,
  GradcheckError,
  Module,
  scope,
  steps,
  Value,
} from "../../mod.ts";
import { assert, assertEquals, assertMatch, assertThrows } from "../support/assert.ts";

/** What a terminal obeys, and characters that turn the direction of a line. */
// deno-lint-ignore no-control-regex -- these must be nowhere
const obeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066\u2067]/;

/** Everything that shows something about a graph of such a label: its texts and its pictures. */
async function shown(label: string): Promise<[name: string, text: string][]> {
  const x = new Value(2, { label }), w = new Value(3, { label });
  const y = scope(label, () => x.mul(w).tanh());
  y.label = label;
  const broken = new Value(-1, { label });
  class Model extends Module {
    parameters(): Value[] {
      return [x, w, broken];
    }
  }
  const program = compile(y, { inputs: [x], parameters: [w] });
  const check = gradcheck(() => x.mul(w.data), [x, w], { throws: false });
  const failure = assertThrows(() => gradcheck((x) => x.mul(x.data), [x]), GradcheckError).message;
  const all = {
    value: y,
    draw: draw(y),
    formula: formula(y),
    derivative: derivative(y, x),
    explain: explain(x, y),
    steps: steps(y),
    gradcheck: check,
    diagnosis: diagnose(broken.log().add(y), new Model()),
    program,
  };
  const texts: [string, string][] = [["gradcheck's error", failure]];
  for (const [name, thing] of Object.entries(all)) {
    texts.push([`${name} as text`, String(thing)], [`${name} inspected`, Deno.inspect(thing)]);
    for (const [type, content] of Object.entries(await thing[display]())) {
      texts.push([`${name} as ${type}`, String(content)]);
    }
  }
  return texts;
}

Deno.test("no escape code of a label reaches a terminal or a page, wherever it is shown", async () => {
  for (const label of ["\u001b[31mred\u0007", "\u009b2J", "a\u0000b\u202ec"]) {
    for (const [name, text] of await shown(label)) {
      assert(!obeyed.test(text), `${name}: ${JSON.stringify(text.slice(0, 300))}`);
    }
  }
});

Deno.test("a label from right to left stands apart in every sentence", async () => {
  for (const label of ["שלום", "\u200fx"]) {
    for (const [name, text] of await shown(label)) {
      const isSentence =
        /^(?:explain|steps|diagnosis|gradcheck).* (?:text|inspected|text\/plain|error)$/;
      if (!isSentence.test(name)) continue;
      // In TeX, a name stands apart by its braces.
      const bare = text.replaceAll(/\u2068[^\u2068\u2069]*\u2069|\\text\{[^{}]*\}/g, "");
      assert(!bare.includes(label), `${name}: ${text.slice(0, 300)}`);
    }
  }
});

Deno.test("a long label is shortened in every sentence and picture", async () => {
  const label = "a_very_long_name_of_a_weight_".repeat(40);
  for (const [name, text] of await shown(label)) {
    // A formula has names in full.
    if (!name.startsWith("formula") && !name.startsWith("derivative")) {
      assert(!text.includes(label.slice(0, 60)), `${name}: ${text.slice(0, 300)}`);
    }
  }
});

Deno.test("a label that is none of these is shown as it is", async () => {
  const texts = new Map(await shown("θ"));
  assertMatch(texts.get("explain as text")!, /from θ to θ|θ/);
  assertEquals(texts.get("draw inspected"), "computation graph of θ = 0.99999");
});
