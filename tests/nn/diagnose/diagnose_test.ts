import fc from "fast-check";
import { assert, assertEquals, assertMatch, assertThrows } from "../../support/assert.ts";
import {
  diagnose,
  type Diagnosis,
  display,
  Layer,
  MLP,
  Module,
  Neuron,
  RandomGenerator,
  sum,
  Value,
} from "../../../mod.ts";
import { contents, strangers, untyped } from "../../support/helpers.ts";

/** A model of nothing but the given parameters. */
class Parameters extends Module {
  constructor(readonly list: Value[]) {
    super();
  }
  parameters(): Value[] {
    return this.list;
  }
}

const seeded = (seed = 1) => ({ generator: new RandomGenerator(seed) });
const value = (data: number, label = "") => new Value(data, { label });
const texts = ({ findings }: Diagnosis) => findings.map(({ text }) => text);
const kinds = ({ findings }: Diagnosis) => findings.map(({ kind }) => kind);

/** What is found for a function of one parameter w0 after a backward pass. */
function found(w: number, f: (w: Value) => Value): string[] {
  const w0 = value(w, "w0");
  const loss = f(w0);
  loss.backward();
  return texts(diagnose(loss, new Parameters([w0])));
}

const xs = [[2, 3], [-1, .5], [.3, -2]];
const ys = [1, -1, .5];

/** A small network with its loss, before the backward pass. */
function example(seed = 1) {
  const model = new MLP(2, [3, 1], seeded(seed));
  const loss = sum(xs.map((x, i) => model.forward(x).sub(ys[i]).pow(2)));
  return { model, loss };
}

const overflows = "the result is larger than any number that a computer holds, about 1.8e+308";

const bad: [name: string, w: number, f: (w: Value) => Value, sentence: string][] = [
  ["log below 0", -2, (w) => w.log(), "log(w0) (NaN): log of -2 is not a number."],
  ["log at 0", 0, (w) => w.log(), "log(w0) (-Infinity): log of 0 has no finite value."],
  ["sqrt below 0", -2, (w) => w.sqrt(), "√w0 (NaN): sqrt of -2 is not a number."],
  ["division by zero", 0, (w) => new Value(3).div(w), "3 / w0 (Infinity): 3 / 0 divides by zero."],
  ["0 / 0", 0, (w) => w.div(w), "w0 / w0 (NaN): 0 / 0 divides by zero."],
  [
    "a negative power of 0",
    0,
    (w) => w.pow(-1),
    "w0⁻¹ (Infinity): 0 to the power -1 divides by zero.",
  ],
  [
    "a root of a negative number",
    -2,
    (w) => w.pow(.5),
    "w0^0.5 (NaN): -2 to the power 0.5 is not a number.",
  ],
  ["exp", 800, (w) => w.exp(), `e^w0 (Infinity): exp(800) overflows, ${overflows}.`],
  [
    "a product",
    1e200,
    (w) => w.mul(w),
    `w0 · w0 (Infinity): 1e+200 * 1e+200 overflows, ${overflows}.`,
  ],
  [
    "a power",
    10,
    (w) => w.pow(400),
    `w0⁴⁰⁰ (Infinity): 10 to the power 400 overflows, ${overflows}.`,
  ],
  [
    "a sum",
    1e308,
    (w) => sum([w, w, w, w, w]),
    `w0 + w0 + w0 + w0 + w0 (Infinity): sum(1e+308, 1e+308, 1e+308, …) overflows, ${overflows}.`,
  ],
];

for (const [name, w, f, sentence] of bad) {
  Deno.test(`the first value that is not finite is named with its reason: ${name}`, () => {
    // What follows it is not finite either, and is not told.
    const [first] = found(w, (w0) => f(w0).mul(2).add(1));
    assertEquals(first, `The first value that is not finite is ${sentence}`);
  });
}

Deno.test("a value that is not finite is called by its label, and the label stays as it is", () => {
  const w0 = value(-2, "w0");
  const logits = w0.log();
  logits.label = "logits";
  const diagnosis = diagnose(logits.add(1), new Parameters([w0]));
  assertEquals(
    texts(diagnosis)[0],
    "The first value that is not finite is logits (NaN): log of -2 is not a number.",
  );
  assertEquals(diagnosis.findings[0].nodes, [logits]);
});

Deno.test("a value that is not finite inside a network is found in its neuron", () => {
  const { model } = example();
  model.layers[0].neurons[2].w[1].data = 1e308;
  const loss = model.forward([1, 10]);
  assertEquals(
    texts(diagnose(loss, model))[0],
    `The first value that is not finite is the dot of layers[0].neurons[2] (Infinity): ` +
      `dot(${
        [
          Number(model.layers[0].neurons[2].w[0].data.toPrecision(5)),
          "1e+308",
          1,
          10,
        ].join(", ")
      }) overflows, ${overflows}.`,
  );
});

Deno.test("a parameter that is not finite itself is told so, and a given number, too", () => {
  assertEquals(
    found(NaN, (w) => w.mul(2))[0],
    "The first value that is not finite is w0 (NaN): the parameter itself is no finite number; " +
      "an update was too large, or had such a gradient.",
  );
  assertEquals(
    found(1, (w) => w.mul(Infinity))[0],
    "The first value that is not finite is the number Infinity (Infinity): it was given so, not " +
      "computed.",
  );
});

Deno.test("a derivative that is infinite where the value is finite is found", () => {
  assertEquals(found(0, (w) => w.sqrt().mul(2)), [
    "The first gradient that is not finite arises at √w0: sqrt(0) is 0, but its derivative is " +
    "infinite there.",
  ]);
});

/** A network of one layer of four units, of which the first two have the given bias. */
function stuck(activation: "tanh" | "sigmoid" | "relu", bias: number): string[] {
  const model = new MLP(2, [4, 1], { activation, outputActivation: "linear", ...seeded(3) });
  model.layers[0].neurons.forEach(({ b, w }, i) => {
    for (const p of w) p.data = .1;
    b.data = i < 2 ? bias : .5;
  });
  const loss = sum(xs.map((x, i) => model.forward(x).sub(ys[i]).pow(2)));
  loss.backward();
  return texts(diagnose(loss, model));
}

Deno.test("saturated tanh units are counted by layer and named", () => {
  const sentence =
    "2 of 4 tanh units of layers[0] are saturated (neurons[0], neurons[1]): the output is beyond " +
    "±0.99 in every use (3 uses), where the slope is almost 0, so the weights before it hardly " +
    "learn.";
  assertEquals(stuck("tanh", 5), [sentence]);
  assertEquals(stuck("tanh", -5), [sentence]);
});

Deno.test("saturated sigmoid units are counted by layer and named", () => {
  const sentence =
    "2 of 4 sigmoid units of layers[0] are saturated (neurons[0], neurons[1]): the output is " +
    "below 0.01 or above 0.99 in every use (3 uses), where the slope is almost 0, so the weights " +
    "before it hardly learn.";
  assertEquals(stuck("sigmoid", 9), [sentence]);
  assertEquals(stuck("sigmoid", -9), [sentence]);
});

Deno.test("dead relu units are counted by layer and named", () => {
  assertEquals(stuck("relu", -5), [
    "2 of 4 relu units of layers[0] are dead (neurons[0], neurons[1]): the input is 0 or less in " +
    "every use (3 uses), so the output is 0 and no gradient comes through.",
  ]);
});

Deno.test("a unit that is saturated or off in some of its uses only is not told", () => {
  for (const [activation, extreme] of [["tanh", 9], ["sigmoid", 9], ["relu", -9]] as const) {
    const neuron = new Neuron(1, { activation, ...seeded() });
    neuron.w[0].data = 1;
    neuron.b.data = 0;
    const both = neuron.forward([extreme]).add(neuron.forward([1]));
    both.backward();
    assertEquals(kinds(diagnose(both, neuron)), []);
    neuron.zeroGrad();
    const one = neuron.forward([extreme]);
    one.backward();
    assertEquals(kinds(diagnose(one, neuron)), [activation === "relu" ? "dead" : "saturated"]);
  }
});

Deno.test("a unit of a layer or a neuron alone is told without the names around it", () => {
  const layer = new Layer(1, 2, { activation: "relu", ...seeded() });
  layer.neurons.forEach(({ w, b }, i) => [w[0].data, b.data] = [1, i - .5]);
  const [, second] = layer.forward([0]);
  const loss = layer.neurons[0].forward([0]).add(second);
  loss.backward();
  assertMatch(texts(diagnose(loss, layer))[0], /^1 of 2 relu units is dead \(neurons\[0\]\): /);
  const neuron = new Neuron(1, { activation: "relu" });
  [neuron.w[0].data, neuron.b.data] = [1, -2];
  const y = neuron.forward([1]);
  y.backward();
  assertMatch(texts(diagnose(y, neuron))[0], /^The relu unit is dead \(relu\(w0 · 1 \+ b\)\): /);
});

Deno.test("an activation in the loss is no unit of the model", () => {
  const model = new MLP(1, [1], { activation: "linear", ...seeded() });
  [model.layers[0].neurons[0].w[0].data, model.layers[0].neurons[0].b.data] = [1, 9];
  // A hinge at rest, and a probability near 1: both mean that the answer is right.
  for (const f of [(y: Value) => y.neg().add(1).relu(), (y: Value) => y.sigmoid()]) {
    const loss = f(model.forward([1]));
    model.zeroGrad();
    loss.backward();
    assertEquals(texts(diagnose(loss, model)), []);
  }
});

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

Deno.test("a forgotten zeroGrad() is told by the factor, of one parameter and of many", () => {
  const w0 = value(2, "w0");
  const loss = w0.pow(3);
  loss.backward();
  loss.backward();
  assertEquals(texts(diagnose(loss, new Parameters([w0]))), [
    "The gradient of w0 is 2 times what this loss gives: zeroGrad() was forgotten, or " +
    "backward() was called more than once.",
  ]);
  const { model, loss: other } = example();
  for (let i = 0; i < 3; i++) other.backward();
  assertEquals(texts(diagnose(other, model)), [
    "The gradient of w0 of layers[0].neurons[0] is 3 times what this loss gives, and those of " +
    "12 other parameters are, too: zeroGrad() was forgotten, or backward() was called more than " +
    "once.",
  ]);
});

Deno.test("gradients of an earlier loss are told by both numbers", () => {
  const [w0, w1] = [value(2, "w0"), value(1, "w1")];
  w0.pow(2).backward();
  const loss = w0.mul(3).add(w1);
  loss.backward();
  const model = new Parameters([w0, w1]);
  assertEquals(texts(diagnose(loss, model)), [
    "The gradient of w0 is 7, but this loss gives 3: zeroGrad() was forgotten, or the gradients " +
    "are those of another loss.",
  ]);
  const left = value(1, "left");
  left.grad = 4;
  w0.grad = 3;
  assertEquals(
    texts(diagnose(loss, new Parameters([w0, w1, left])))[1],
    "The gradient of left is 4, but this loss gives 0: zeroGrad() was forgotten, or the gradients " +
      "are those of another loss.",
  );
  w0.grad = 7;
  w1.grad = 9;
  assertEquals(texts(diagnose(loss, model)), [
    "The gradient of w0 is 7, but this loss gives 3, and that of another parameter is wrong, " +
    "too: zeroGrad() was forgotten, or the gradients are those of another loss.",
  ]);
});

Deno.test("a forgotten backward() is told", () => {
  const { model, loss } = example();
  assertEquals(texts(diagnose(loss, model)), [
    "All gradients are 0, also that of w0 of layers[0].neurons[0], on which this loss depends: " +
    "backward() has not been called.",
  ]);
});

Deno.test("a loss whose gradients are all 0 does not ask for a backward pass", () => {
  assertEquals(found(3, (w) => w.mul(0)), []);
});

Deno.test("data that changed after the loss was computed is named", () => {
  const w0 = value(2, "w0");
  const loss = w0.pow(2);
  loss.backward();
  w0.data = 1;
  assertEquals(texts(diagnose(loss, new Parameters([w0]))), [
    "The data of w0 changed after the loss was computed: compute the loss again.",
  ]);
});

Deno.test("of the weights of a neuron, the one that changed is found by its uses", () => {
  const { model, loss } = example();
  loss.backward();
  for (const [i, p] of model.layers[0].neurons[1].parameters().entries()) {
    const before = p.data;
    p.data -= .01;
    assertEquals(texts(diagnose(loss, model)), [
      `The data of ${["w0", "w1", "b"][i]} of layers[0].neurons[1] changed after the loss was ` +
      `computed: compute the loss again.`,
    ]);
    p.data = before;
  }
  assertEquals(kinds(diagnose(loss, model)), []);
});

Deno.test("after an update, all parameters are told to have changed", () => {
  const { model, loss } = example();
  loss.backward();
  for (const p of model.parameters()) p.data -= .1 * p.grad;
  assertEquals(texts(diagnose(loss, model)), [
    "The data of w0 of layers[0].neurons[0] or 12 others changed after the loss was computed: " +
    "compute the loss again.",
  ]);
});

Deno.test("a result that was overwritten is named, not what it was computed from", () => {
  const w0 = value(2, "w0");
  const h = w0.tanh();
  h.label = "h";
  const loss = h.mul(3).add(h.pow(2));
  loss.backward();
  h.data = .5;
  assertEquals(texts(diagnose(loss, new Parameters([w0]))), [
    "The data of h changed after the loss was computed: compute the loss again.",
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

Deno.test("a diagnosis shows its findings as a list, escaped, with a picture of the place", async () => {
  const w0 = value(-2, "<w0>");
  const loss = w0.log();
  const bundle = await diagnose(loss, new Parameters([w0]))[display]();
  assertEquals(Object.keys(bundle), ["text/html", "text/plain"]);
  const html = String(bundle["text/html"]);
  assertMatch(html, /^<ul>\n<li>The first value that is not finite is log\(&#60;w0&#62;\)/);
  const pictures = [...html.matchAll(/<img [^>]*base64,([^"]+)"><\/li>/g)].map(([, code]) =>
    atob(code)
  );
  assertEquals(pictures.length, 2, "one for each finding");
  assertMatch(pictures[0], /^<svg[^]*data NaN[^]*<\/svg>$/);
  assertMatch(pictures[1], /data -2/);
  assertMatch(String(bundle["text/plain"]), /^- The first value.*\n- All gradients are 0/);
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
