import {
  gradcheck,
  type GradcheckOptions,
  log,
  type Operand,
  relu,
  type Value,
} from "../../../mod.ts";
import { assert, assertEquals } from "../../support/assert.ts";

function causes(
  fn: (...x: Value[]) => Value,
  inputs: readonly Operand[],
  options: GradcheckOptions = {},
): (string | undefined)[] {
  const result = gradcheck(fn, inputs, { ...options, throws: false });
  return result.entries.map(({ cause }) => cause);
}

Deno.test("a function that answers differently each time is called that", () => {
  let calls = 0;
  const [cause] = causes((x) => x.mul(++calls), [1]);
  assert(/^fn gives two answers to one question, \d+ and \d+: does it draw/.test(cause!), cause);
});

Deno.test("a step that leaves the domain is called that, and a place outside of it", () => {
  const outside = "the step leaves the domain: fn is NaN at x0 − 0.000006";
  assertEquals(causes((x) => x.sqrt(), [1e-6]), [outside]);
  assertEquals(causes((x) => x.neg().log(), [-1e-6]), [
    "the step leaves the domain: fn is NaN at x0 + 0.000006",
  ]);
  assertEquals(causes((x) => log(x), [-1]), ["fn is NaN at x0 = -1"]);
});

Deno.test("a kink at the place is told from one within the step, and from a jump", () => {
  const at = "a kink lies at x0 = 0: the slope is 0 to the left of it and 1 to the right";
  assertEquals(causes((x) => relu(x), [0]), [at]);
  assertEquals(causes((x) => x.relu().mul(3).add(x.tanh()), [0]), [
    "a kink lies at x0 = 0: the slope is 1 to the left of it and 4 to the right",
  ]);
  for (const near of [1e-6, -1e-6, 3e-6, 3 / 7 * 6e-6, 5e-6]) {
    const [cause] = causes((x) => x.abs(), [near]);
    assert(
      /^a kink lies within the step, 0.000006 around x0 = .*: with a step of .* they agree$/.test(
        cause!,
      ),
      cause,
    );
  }
  const jump = (x: Value) => x.data > 0 ? x.add(1) : x;
  assertEquals(causes(jump, [0]), ["fn jumps at x0 = 0"]);
});

Deno.test("a step that is too large for a smooth function is called that", () => {
  const [cause] = causes((x) => x.exp(), [1], { step: .1 });
  assertEquals(cause, "fn bends too much for the step 0.1: with a step of 0.00156 they agree");
});

Deno.test("a gradient that does not arrive is called that, and another wrong one is left open", () => {
  assertEquals(causes((x, y) => y.mul(x.data), [2, 3]), [
    "no gradient arrives at x0: was a Value's data taken on the way?",
    undefined,
  ]);
  assertEquals(causes((x) => x.mul(x.data), [3]), [undefined]);
});

Deno.test("causes stand below the verdict, each once, and data are as before", () => {
  let calls = 0;
  const result = gradcheck((x, y) => x.mul(y).mul(++calls > 3 ? 2 : 1), [1, 1], { throws: false });
  assertEquals(result.ok, false);
  const kinks = gradcheck(
    (...xs) => xs.map((x) => x.relu()).reduce((a, b) => a.add(b)),
    [0, 1, 0],
    {
      throws: false,
    },
  );
  const [verdict, first, second, header] = `${kinks}`.split("\n");
  assertEquals(verdict, "gradcheck: 2 of 3 derivatives disagree by more than 0.000001");
  assert(first.startsWith("a kink lies at x0 = 0") && second.startsWith("a kink lies at x2 = 0"));
  assert(header.startsWith("input"));
});
