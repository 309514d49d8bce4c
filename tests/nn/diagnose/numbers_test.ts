import { assertEquals } from "../../support/assert.ts";
import { diagnose, sum, Value } from "../../../mod.ts";
import { example, found, Parameters, texts, value } from "../../support/diagnoses.ts";

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
  ["exp", 800, (w) => w.exp(), `exp(w0) (Infinity): exp(800) overflows, ${overflows}.`],
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
