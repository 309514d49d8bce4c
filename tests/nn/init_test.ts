import { defaultGenerator, manualSeed } from "../../engine/random.ts";
import { assert, assertEquals, assertThrows } from "../support/assert.ts";
import { type Activation, type Init, Layer, MLP, Neuron, RandomGenerator } from "../../mod.ts";
import { strangers, untyped } from "../support/helpers.ts";
import torch from "../fixtures/torch_init.json" with { type: "json" };

/** Writes down what it is asked for. */
class Recording extends RandomGenerator {
  readonly calls: { distribution: string; arguments: number[] }[] = [];

  override uniform(low = 0, high = 1): number {
    this.calls.push({ distribution: "uniform", arguments: [low, high] });
    return (low + high) / 2;
  }

  override normal(mean = 0, std = 1): number {
    this.calls.push({ distribution: "normal", arguments: [mean, std] });
    return mean;
  }
}

/** What a layer asks the generator for. */
function asked(nin: number, nout: number, init: Init | undefined, activation?: Activation) {
  const generator = new Recording(0);
  new Layer(nin, nout, { init, activation, generator });
  return generator.calls;
}

for (const init of ["xavierUniform", "xavierNormal", "kaimingUniform", "kaimingNormal"] as const) {
  Deno.test(`${init} draws each weight from the distribution that PyTorch draws it from`, () => {
    const cases = torch.filter((one) => one.init === init);
    assertEquals(cases.length, 35);
    for (const { nin, nout, activation, distribution, arguments: numbers } of cases) {
      const calls = asked(nin, nout, init, activation as Activation);
      assertEquals(calls.length, nin * nout);
      for (const call of [calls[0], calls[calls.length - 1]]) {
        assertEquals(call, { distribution, arguments: numbers }, `${activation} ${nin} ${nout}`);
      }
    }
  });

  Deno.test(`${init} sets biases to 0`, () => {
    const layer = new Layer(2, 3, { init, generator: new RandomGenerator(1) });
    assertEquals(layer.neurons.map(({ b }) => b.data), [0, 0, 0]);
    assertEquals(new Set(layer.neurons.flatMap(({ w }) => w.map(({ data }) => data))).size, 6);
  });
}

Deno.test("the gain of what smooths relu is that of relu, √2", () => {
  for (const init of ["kaimingUniform", "kaimingNormal"] as const) {
    for (const activation of ["elu", "gelu", "silu", "softplus"] as const) {
      assertEquals(asked(8, 2, init, activation), asked(8, 2, init, "relu"));
    }
  }
  assertEquals(asked(8, 2, "kaimingNormal", "softplus")[0].arguments, [
    0,
    Math.SQRT2 / Math.sqrt(8),
  ]);
});

Deno.test("a neuron by itself is a layer of one", () => {
  const generator = new Recording(0);
  new Neuron(5, { init: "xavierNormal", generator });
  assertEquals(generator.calls, asked(5, 1, "xavierNormal"));
  assertEquals(generator.calls[0].arguments, [0, Math.sqrt(2 / 6)]);
});

Deno.test("without init, weights and bias are drawn from [−1, 1), neuron by neuron", () => {
  const one = { distribution: "uniform", arguments: [-1, 1] };
  assertEquals(asked(2, 3, undefined), Array.from({ length: 9 }, () => one));
  assertEquals(asked(2, 3, "uniform", "relu"), asked(2, 3, undefined));
});

Deno.test("without init, a seed gives the parameters that it has always given", () => {
  const model = new MLP(2, [3, 2], { generator: new RandomGenerator(42) });
  const data = model.parameters().map((p) => p.data);
  assertEquals(data.slice(0, 3), [0.1997025130301613, 0.5880194183032412, 0.608494442764761]);
  assertEquals(data[16], -0.4835564301324986);
});

const n = 300;
for (
  const [init, std] of [
    ["uniform", Math.sqrt(1 / 3)],
    ["xavierUniform", Math.sqrt(2 / (2 * n))],
    ["xavierNormal", Math.sqrt(2 / (2 * n))],
    ["kaimingUniform", 5 / 3 / Math.sqrt(n)],
    ["kaimingNormal", 5 / 3 / Math.sqrt(n)],
  ] as const
) {
  Deno.test(`${init} gives weights of mean 0 and its standard deviation`, () => {
    const { neurons } = new Layer(n, n, { init, generator: new RandomGenerator(3) });
    const w = neurons.flatMap((neuron) => neuron.w.map(({ data }) => data));
    const moment = (k: number) => w.reduce((sum, x) => sum + (x / std) ** k, 0) / w.length;
    // Five standard errors; E x⁴ = 3 for the normal distribution and 9/5 for the uniform one.
    const fourth = init.endsWith("Normal") ? 3 : 9 / 5;
    assert(Math.abs(moment(1)) < 5 / n, `mean ${moment(1)}`);
    assert(Math.abs(moment(2) - 1) < 5 * Math.sqrt(fourth - 1) / n, `variance ${moment(2)}`);
    assert(Math.abs(moment(4) - fourth) < .15, `fourth moment ${moment(4)}`);
    const largest = Math.max(...w.map(Math.abs)) / std;
    if (init.endsWith("Normal")) assert(largest > 3.5 && largest < 6, `largest ${largest}`);
    else assert(largest <= Math.sqrt(3) && largest > 1.73, `largest ${largest}`);
  });
}

Deno.test("kaimingNormal keeps the size of numbers through ten relu layers, uniform does not", () => {
  const growth = (init: Init) => {
    const generator = new RandomGenerator(2);
    const sizes = Array.from({ length: 10 }, () => 50);
    const model = new MLP(50, sizes, { init, activation: "relu", generator });
    const x = Array.from({ length: 50 }, () => generator.normal());
    const square = (xs: readonly number[]) => xs.reduce((sum, v) => sum + v * v, 0);
    const answer = model.forward(x);
    assert(Array.isArray(answer));
    return Math.sqrt(square(answer.map(({ data }) => data)) / square(x));
  };
  const kept = growth("kaimingNormal");
  assert(kept > .2 && kept < 5, `kaimingNormal: times ${kept}`);
  assert(growth("uniform") > 1000);
});

Deno.test("networks hand init on to every layer, with the sizes of the layer", () => {
  const generator = new Recording(0);
  new MLP(3, [4, 2], { init: "xavierUniform", generator });
  const bounds = [...new Set(generator.calls.map(({ arguments: [, high] }) => high))];
  assertEquals(bounds, [Math.sqrt(3) * Math.sqrt(2 / 7), Math.sqrt(3) * Math.sqrt(2 / 6)]);
  assertEquals(generator.calls.length, 3 * 4 + 4 * 2);
});

Deno.test("an unknown init is refused, the known ones listed, and nothing drawn", () => {
  manualSeed(8);
  const wrong = [...strangers, ["xavier", 'string "xavier"'], ["toString", 'string "toString"']];
  for (const [thing, name] of wrong) {
    if (thing === undefined) continue;
    const options = { init: untyped<Init>(thing) };
    for (const make of [() => new Neuron(2, options), () => new MLP(2, [2, 1], options)]) {
      assertThrows(
        make,
        RangeError,
        "init must be one of uniform, xavierUniform, xavierNormal, kaimingUniform, " +
          `kaimingNormal, got ${String(name)}`,
      );
    }
  }
  assertEquals(defaultGenerator().uniform(), new RandomGenerator(8).uniform());
});
