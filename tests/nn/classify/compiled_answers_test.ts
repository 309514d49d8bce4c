import { assert, assertAlmostEquals, assertEquals } from "../../support/assert.ts";
import {
  accuracy,
  type Activation,
  crossEntropy,
  decisionBoundary,
  fit,
  Layer,
  MLP,
  type MLPOptions,
  type Model,
  type Operand,
  predict,
  predictionGrid,
  RandomGenerator,
  SGD,
  type Value,
} from "../../../mod.ts";
import { compiledAnswers } from "../../../nn/classify/compiled_answers.ts";
import { outputsOf } from "../../../nn/model.ts";
import { inMode } from "../../../nn/module.ts";

const rowsOf = (n: number, width: number, generator = new RandomGenerator(n)) =>
  Array.from({ length: n }, () => Array.from({ length: width }, () => generator.normal()));

/** A network, large enough that a program pays for 200 rows. */
const large = (outputs: number, options: MLPOptions = {}) =>
  new MLP(20, [60, outputs], { generator: new RandomGenerator(3), ...options });

const eager = (model: Model, rows: readonly number[][]) =>
  inMode(model, false, () => rows.map((row) => outputsOf(model.forward(row))));

/** How many modules of WebAssembly some work makes. */
function modules(work: () => void): number {
  const { Module } = WebAssembly;
  let count = 0;
  WebAssembly.Module = class extends Module {
    constructor(bytes: BufferSource) {
      super(bytes);
      count++;
    }
  };
  try {
    work();
  } finally {
    WebAssembly.Module = Module;
  }
  return count;
}

const activations: readonly Activation[] = ["linear", "tanh", "sigmoid", "relu", "gelu"];
for (const activation of activations) {
  Deno.test(`many answers of networks with ${activation} are those of forward(), but for rounding`, () => {
    for (const outputs of [1, 2, 5]) {
      const model = large(outputs, { activation, dropout: activation === "tanh" ? .5 : 0 });
      const rows = rowsOf(200, 20), asked = compiledAnswers("ask", model, rows);
      assert(asked !== null, "a program must pay");
      assertEquals(asked.isSigmoid, activation === "sigmoid" && outputs === 1);
      for (const [i, row] of eager(model, rows).entries()) {
        assertEquals(asked.outputs[i].length, outputs);
        row.forEach((x, k) => assertAlmostEquals(asked.outputs[i][k], x, 1e-12));
      }
    }
  });
}

Deno.test("a layer by itself, and more rows than fit into the memory at once, are answered too", () => {
  const layer = new Layer(20, 60, { generator: new RandomGenerator(5) });
  const rows = rowsOf(2100, 20), asked = compiledAnswers("ask", layer, rows);
  eager(layer, rows).forEach((row, i) =>
    row.forEach((x, k) => assertAlmostEquals(asked!.outputs[i][k], x, 1e-12))
  );
});

Deno.test("few rows, and rows of a small network, are answered by graphs", () => {
  assertEquals(compiledAnswers("ask", large(3), rowsOf(63, 20)), null);
  assertEquals(compiledAnswers("ask", new MLP(3, [4, 1]), rowsOf(1000, 3)), null);
});

Deno.test("a program is made once, also for fewer rows later, and takes the parameters as they are", () => {
  const model = large(3), rows = rowsOf(200, 20);
  assertEquals(modules(() => predict(model, rows)), 1);
  for (const n of [200, 8, 100]) {
    model.parameters().forEach((p, i) => p.data = Math.sin(n + i));
    const some = rows.slice(0, n), before = eager(model, some);
    let asked;
    assertEquals(modules(() => asked = compiledAnswers("ask", model, some)), 0);
    const { outputs } = asked!;
    before.forEach((row, i) => row.forEach((x, k) => assertAlmostEquals(outputs[i][k], x, 1e-11)));
  }
});

Deno.test("a model that was changed gets a program of its own, where that pays", () => {
  const model = large(3), rows = rowsOf(200, 20);
  const changes: ((model: MLP) => void)[] = [
    (model) => Object.assign(model.layers[0].neurons[0], { activation: "relu" }),
    (model) => Object.assign(model.layers[1].neurons[2], { b: model.layers[1].neurons[1].b }),
    (model) => Object.assign(model.layers, [new Layer(20, 60), model.layers[1]]),
  ];
  predict(model, rows);
  for (const change of changes) {
    change(model);
    assertEquals(compiledAnswers("ask", model, rows.slice(0, 20)), null);
    let asked;
    assertEquals(modules(() => asked = compiledAnswers("ask", model, rows)), 1);
    const { outputs } = asked!;
    eager(model, rows).forEach((row, i) =>
      row.forEach((x, k) => assertAlmostEquals(outputs[i][k], x, 1e-12))
    );
  }
});

Deno.test("a model that is not the library's through and through is asked row by row", () => {
  class Own extends MLP {
    override forward(x: readonly Operand[]): Value | Value[] {
      return super.forward(Number(x[0]) > 0 ? x : x.map((xi) => -Number(xi)));
    }
  }
  const rows = rowsOf(200, 20);
  const inside = large(3), outside = large(3);
  Object.assign(inside.layers[0].neurons[5], { forward: () => inside.parameters()[0] });
  Object.assign(outside, { forward: () => outside.parameters().slice(0, 3) });
  for (const model of [new Own(20, [60, 3]), inside, outside]) {
    assertEquals(compiledAnswers("ask", model, rows), null);
  }
  assertEquals(predict(outside, rows).length, 200);
});

Deno.test("where no program can be made, graphs answer", () => {
  const { Module } = WebAssembly;
  const rows = rowsOf(200, 20);
  WebAssembly.Module = class extends Module {
    constructor(bytes: BufferSource) {
      super(bytes);
      throw new EvalError("not in this page");
    }
  };
  try {
    assertEquals(compiledAnswers("ask", large(3), rows), null);
  } finally {
    WebAssembly.Module = Module;
  }
});

Deno.test("answers near a tie or a threshold are those of forward(), to the last bit", () => {
  const rows = rowsOf(200, 20);
  const isExact = (model: MLP, threshold?: number) => {
    const { outputs } = compiledAnswers("ask", model, rows, threshold)!;
    const wanted = eager(model, rows);
    return outputs.filter((row, i) => row.every((x, k) => Object.is(x, wanted[i][k]))).length;
  };
  const tied = large(3, { outputActivation: "linear" });
  const [, last] = tied.layers;
  const rounded = rows.length - isExact(tied);
  assert(rounded > 20, `rounding must show: in ${rounded} of 200 rows`);
  const [first, second, third] = last.neurons.map((neuron) => neuron.parameters());
  first.forEach((p, k) => second[k].data = p.data + 1e-13);
  first.forEach((p, k) => third[k].data = p.data - 1);
  const three = eager(tied, rows).filter(([a, , c]) => c < a).length;
  assert(three > 20 && isExact(tied) >= three, "the second place counts, whichever it is");
  const single = large(1, { outputActivation: "linear" });
  for (const [turn, threshold] of [[0], [.5], [7, 7]]) {
    const parameters = single.layers[1].parameters();
    parameters.forEach((p, k) => p.data = 1e-12 * Math.sin(k));
    parameters[parameters.length - 1].data = turn;
    assertEquals(isExact(single, threshold), 200);
  }
});

Deno.test("predict, accuracy, predictionGrid and decisionBoundary say what graphs say", () => {
  class Eager extends MLP {}
  const generator = () => new RandomGenerator(8);
  const [model, graphs] = [MLP, Eager].map((Class) =>
    new Class(16, [40, 4], { outputActivation: "linear", generator: generator() })
  );
  const x = rowsOf(500, 16);
  const data = { x, y: x.map((row) => row.indexOf(Math.max(...row)) % 4) };
  fit(model, data, {
    loss: crossEntropy,
    optimizer: new SGD(model.parameters(), { lr: .1 }),
    epochs: 20,
    batchSize: 50,
  });
  model.parameters().forEach((p, i) => graphs.parameters()[i].data = p.data);
  assertEquals(modules(() => predict(model, x)), 1);
  assertEquals(predict(model, x), predict(graphs, x));
  assertEquals(accuracy(model, data), accuracy(graphs, data));
  const images = { ...data, imageSize: [4, 4] } as const;
  const [a, b] = [model, graphs].map((one) => predictionGrid(one, images).predictions);
  assertEquals(
    a.map(({ index, answer }) => [index, answer]).sort(),
    b.map(({ index, answer }) => [index, answer]).sort(),
  );
  a.forEach(({ certainty }, i) => assertAlmostEquals(certainty, b[i].certainty, 1e-12));

  const [plane, plain] = [MLP, Eager].map((Class) =>
    new Class(2, [16, 16, 1], { generator: generator() })
  );
  const points = { x: rowsOf(60, 2), y: x.slice(0, 60).map(([first]) => Math.sign(first)) };
  let maps = [decisionBoundary(plain, points)];
  assertEquals(modules(() => maps = [decisionBoundary(plane, points), ...maps]), 1);
  const [got, wanted] = maps;
  assertEquals(got.points.map(({ answer }) => answer), wanted.points.map(({ answer }) => answer));
  const outputs = wanted.outputs.flat(2);
  got.outputs.flat(2).forEach((output, i) => assertAlmostEquals(output, outputs[i], 1e-12));
});
