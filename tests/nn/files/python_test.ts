/**
 * Holds the files to Python: ONNX Runtime runs them, the package safetensors
 * reads them, and a file from there is read here.
 */
import { join } from "node:path";
import { assert, assertEquals } from "../../support/assert.ts";
import {
  fromSafetensors,
  MLP,
  RandomGenerator,
  toONNX,
  toSafetensors,
  type Value,
} from "../../../mod.ts";
import { activations } from "../../../nn/activation.ts";
import { hasBias } from "../../../nn/neuron.ts";
import { runPython } from "../../python/run.ts";
import { withFolder } from "../../support/files.ts";
import { needs } from "../../support/permissions.ts";

interface Run {
  answers: number[][];
  x: [type: string, shape: (string | number)[]];
  y: [type: string, shape: (string | number)[]];
}

interface Results {
  models: Record<string, {
    float64: Run;
    float32: Run;
    tensors: Record<string, { dtype: string; values: unknown }>;
  }>;
  written: { sizes: number[]; x: number[][]; y: number[][] };
}

const generator = new RandomGenerator(5);
const models: Record<string, MLP> = {
  tutorial: new MLP(3, [4, 4, 1], { generator }),
  single: new MLP(1, [1], { generator, activation: "sigmoid" }),
  mixed: new MLP(2, [6, 5, 6, 6, 6, 3], {
    generator,
    activation: ["relu", "tanh", "sigmoid", "softplus", "linear", "softplus"],
    residual: true,
    dropout: .5,
  }).eval(),
  digits: new MLP(64, [32, 10], {
    generator,
    init: "kaimingUniform",
    activation: "relu",
    outputActivation: "linear",
  }),
};
models.unbiased = new MLP(3, [5, 2], { generator, bias: false });
for (const activation of activations) {
  models[`${activation}_residual`] = new MLP(4, [4, 4, 4], {
    generator,
    activation,
    residual: true,
  });
}
// Far from 0, where a careless sigmoid or softplus overflows or loses all digits.
for (const activation of ["sigmoid", "softplus"] as const) {
  const model = new MLP(1, [2], { activation });
  const [gentle, steep] = model.layers[0].neurons;
  for (const p of model.parameters()) p.data = .5;
  gentle.w[0].data = 3;
  steep.w[0].data = 100;
  models[`${activation}_far`] = model;
}

// Halves, which singles hold as well.
const inputs = Object.fromEntries(
  Object.entries(models).map(([name, { layers: [{ nin }] }]) => [
    name,
    Array.from(
      { length: 9 },
      (_, i) => Array.from({ length: nin }, () => nin === 1 ? 2.5 * i - 10 : halves()),
    ),
  ]),
);

function halves(): number {
  return generator.integer(13) / 2 - 3;
}

function forward(model: MLP, xs: readonly (readonly number[])[]): number[][] {
  return xs.map((x) => [model.forward(x)].flat().map(({ data }: Value) => data));
}

/**
 * The largest difference, as a part of the number; of what is below `smallest` as a part of that,
 * because ONNX Runtime may take it as 0.
 */
function largestError(
  ours: readonly number[][],
  theirs: readonly number[][],
  smallest = 1e-300,
): number {
  assertEquals(theirs.map(({ length }) => length), ours.map(({ length }) => length));
  const [a, b] = [ours.flat(), theirs.flat()];
  return Math.max(...a.map((x, i) => Math.abs(x - b[i]) / Math.max(smallest, Math.abs(x))));
}

const written = new MLP(3, [4, 4, 4, 4, 4, 4, 2], { generator });
let results: Results;
const python = needs("read", "write", "run", "env");

Deno.test("Python runs and reads what was written, and writes a file itself", python, async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "inputs.json"), JSON.stringify(inputs));
    for (const [name, model] of Object.entries(models)) {
      const path = join(folder, name);
      await Deno.writeFile(`${path}.safetensors`, toSafetensors(model));
      for (const dtype of ["float64", "float32"] as const) {
        await Deno.writeFile(`${path}.${dtype}.onnx`, toONNX(model, { dtype }));
      }
    }
    results = await runPython("models.py", [folder]) as Results;
    fromSafetensors(await Deno.readFile(join(folder, "python.safetensors")), written);
  });
});

for (const [name, model] of Object.entries(models)) {
  Deno.test(`ONNX Runtime computes what forward() gives: ${name}`, python, () => {
    const { float64, float32 } = results.models[name];
    const expected = forward(model, inputs[name]);
    const [nin, nout] = [inputs[name][0].length, expected[0].length];
    assert(largestError(expected, float64.answers) < 1e-12, `float64: ${float64.answers}`);
    const error = largestError(expected, float32.answers, 1e-37);
    assert(error < 1e-4, `float32: ${error}, ${float32.answers}`);
    const most = name === "sigmoid_far" ? 1 : Infinity;
    assert(float32.answers.flat().every((y) => y <= most), `float32: ${float32.answers}`);
    assertEquals(float64.x, ["tensor(double)", ["batch", nin]]);
    assertEquals(float64.y, ["tensor(double)", ["batch", nout]]);
    assertEquals(float32.x, ["tensor(float)", ["batch", nin]]);
    assertEquals(float32.y, ["tensor(float)", ["batch", nout]]);
  });

  Deno.test(`Python reads the parameters to the last bit: ${name}`, python, () => {
    const expected = model.layers.flatMap(({ neurons }, i) => [
      [`layers.${i}.weight`, neurons.map(({ w }) => w.map(({ data }) => data))],
      ...hasBias(neurons[0]) ? [[`layers.${i}.bias`, neurons.map(({ b }) => b.data)]] : [],
    ]);
    const tensors = Object.entries(results.models[name].tensors);
    const read = tensors.map(([tensor, { values }]) => [tensor, values]);
    assertEquals(Object.fromEntries(read), Object.fromEntries(expected));
    assert(tensors.every(([, { dtype }]) => dtype === "float64"));
  });
}

Deno.test(
  "the numbers that ONNX Runtime is asked for reach from tiny ones to large ones",
  python,
  () => {
    for (const name of ["sigmoid_far", "softplus_far"]) {
      const ours = forward(models[name], inputs[name]).flat().filter((y) => y > 0);
      assert(Math.min(...ours) < 1e-200 && ours.some((y) => y > 1e-20 && y < 1e-5));
      assert(results.models[name].float32.answers.flat().some((y) => y > 0 && y < 1e-7));
    }
  },
);

Deno.test(
  "a network that Python wrote, named as in nn.Sequential, is the same here",
  python,
  () => {
    const { sizes, x, y } = results.written;
    assertEquals([written.layers[0].nin, ...written.layers.map(({ nout }) => nout)], sizes);
    assert(largestError(forward(written, x), y) < 1e-12);
  },
);
