import fc from "fast-check";
import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { diagnose, display, MLP, type Module, RandomGenerator, sum, Value } from "../../../mod.ts";
import { contents, strangers, untyped } from "../../support/helpers.ts";
import { example, kinds, Parameters, texts, value } from "../../support/diagnoses.ts";

Deno.test("parameters that the loss does not depend on are named", () => {
  const [w0, w1, w2, w3, w4] = [0, 1, 2, 3, 4].map((i) => value(i + 1, `w${i}`));
  const loss = w0.mul(3);
  loss.backward();
  const of = (...ps: Value[]) => texts(diagnose(loss, new Parameters(ps)));
  assertEquals(of(w0, w1), [
    "The loss does not depend on w1, so nothing is learned there.",
  ]);
  assertEquals(of(w0, w1, w2, w3), [
    "The loss does not depend on w1, w2 and w3, so nothing is learned there.",
  ]);
  assertEquals(of(w0, w1, w2, w3, w4), [
    "The loss does not depend on w1 and 3 others, so nothing is learned there.",
  ]);
});

Deno.test("a loss that depends on no parameter at all is told", () => {
  const { model } = example();
  const loss = new Value(model.forward([1, 2]).data).pow(2);
  loss.backward();
  assertEquals(texts(diagnose(loss, model)), [
    "The loss depends on no parameter of the model, not even on w0 of layers[0].neurons[0]: it " +
    "was computed from something else, or from plain numbers (data) instead of Values.",
  ]);
});

Deno.test("several findings come in the order in which to look at them", () => {
  const [w0, w1] = [value(-2, "w0"), value(1, "w1")];
  const loss = w0.log();
  const model = new Parameters([w0, w1]);
  assertEquals(kinds(diagnose(loss, model)), ["not finite", "unreached", "gradient"]);
  const stale = w0.mul(2);
  w0.data = 3;
  assertEquals(kinds(diagnose(stale, model)), ["unreached", "gradient", "stale"]);
});

Deno.test("where nothing is wrong, the diagnosis says what it checked", async () => {
  const { model, loss } = example();
  loss.backward();
  const diagnosis = diagnose(loss, model);
  const checked =
    "Checked: all 68 numbers are finite; none of the 4 tanh units is stuck; the loss " +
    "depends on all 13 parameters; their gradients are those of this loss; no data changed since " +
    "it was computed.";
  assertEquals(diagnosis.toString(), `All is well. ${checked}`);
  assertEquals(Deno.inspect(diagnosis), `All is well. ${checked}`);
  assertEquals(await diagnosis[display](), {
    "text/html": `<p><b>All is well.</b> ${checked}</p>`,
    "text/plain": `All is well. ${checked}`,
  });
});

Deno.test("a diagnosis changes nothing", () => {
  const { model, loss } = example();
  loss.backward();
  loss.backward();
  model.layers[1].neurons[0].b.data = 50;
  const before = contents(loss);
  assert(kinds(diagnose(loss, model)).length > 0);
  assertEquals(contents(loss), before);
});

Deno.test("diagnose() refuses what is no Value and no Module, and names it", () => {
  const { model, loss } = example();
  for (const [thing, name] of strangers) {
    assertThrows(
      () => diagnose(untyped<Value>(thing), model),
      TypeError,
      `diagnose: loss must be a Value, got ${name}`,
    );
    assertThrows(
      () => diagnose(loss, untyped<Module>(thing)),
      TypeError,
      `diagnose: model must be a Module, got ${name}`,
    );
  }
});

const activations = ["linear", "tanh", "sigmoid", "relu", "softplus"] as const;

const losses: Record<string, (answer: Value, y: number) => Value> = {
  squares: (answer, y) => answer.sub(y).pow(2),
  hinge: (answer, y) => answer.mul(-y).add(1).relu(),
  logistic: (answer, y) => answer.mul(-y).softplus(),
  absolute: (answer, y) => answer.sub(y).abs(),
};

Deno.test("50 healthy networks raise no alarm, except for units that are stuck by chance", () => {
  let quiet = 0;
  fc.assert(
    fc.property(
      fc.nat(),
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
      fc.constantFrom(...activations),
      fc.constantFrom(...activations),
      fc.constantFrom(...Object.keys(losses)),
      fc.integer({ min: 1, max: 5 }),
      (seed, hidden, activation, outputActivation, name, samples) => {
        const generator = new RandomGenerator(seed);
        const model = new MLP(3, [...hidden, 1], { activation, outputActivation, generator });
        // Gradients of another loss are there first, and are forgotten.
        (model.forward([1, 2, 3]) as Value).backward();
        const loss = sum(Array.from({ length: samples }, () => {
          const x = Array.from({ length: 3 }, () => generator.uniform(-3, 3));
          return losses[name](model.forward(x) as Value, generator.uniform() < .5 ? 1 : -1);
        }));
        model.zeroGrad();
        loss.backward();
        const diagnosis = diagnose(loss, model);
        if (diagnosis.findings.length === 0) quiet++;
        const alarms = texts(diagnosis).filter((text) =>
          !/units?\b.* (saturated|dead) \(/.test(text)
        );
        assertEquals(alarms, []);
      },
    ),
    { numRuns: 50, seed: 1 },
  );
  assert(quiet >= 20, `only ${quiet} without any finding`);
});
