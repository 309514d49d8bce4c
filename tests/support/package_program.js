/**
 * What a program of somebody else does with the library, printed the same by Deno, Node and Bun.
 *
 * @module
 */
import {
  accuracy,
  Adam,
  Chart,
  compile,
  crossEntropy,
  display,
  explain,
  fit,
  load,
  loadDigits,
  MLP,
  RandomGenerator,
  save,
  SGD,
  steps,
  Value,
} from "chainrule";
import { topologicalOrder } from "chainrule/extend";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const x = new Value(2, { label: "x" });
const y = x.mul(3);
console.log(y, topologicalOrder(y).length);
y.backward();

const chart = new Chart({
  data: { values: [{ a: 1 }, { a: 3 }] },
  mark: "point",
  encoding: { x: { field: "a", type: "quantitative", title: "a word" } },
}, "two points");
for (const shown of [y, explain(x, y), steps(y), chart, new MLP(2, [1])]) {
  const bundle = await shown[display]();
  console.log(bundle["text/plain"], bundle["image/svg+xml"]);
}

const { train, test } = (await loadDigits()).split(0.2);
const model = new MLP(64, [16, 10], {
  activation: "relu",
  outputActivation: "linear",
  generator: new RandomGenerator(1),
});
for (const threads of [1, 2]) {
  const optimizer = new Adam(model.parameters(), { lr: 0.003 });
  // Its text says so if a thread had no work.
  console.log(
    `${fit(model, train, { loss: crossEntropy, optimizer, epochs: 5, batchSize: 32, threads })}`,
  );
}
console.log("learnt:", accuracy(model, test) > 0.9);

const folder = await mkdtemp(join(tmpdir(), "chainrule-"));
for (const name of ["model.json", "model.safetensors", "model.onnx"]) {
  await save(model, join(folder, name));
}
const numbers = (model) => model.parameters().map(({ data }) => data).join();
const copy = await load(join(folder, "model.json"));
const other = await load(join(folder, "model.safetensors"), copy);
console.log("the same:", numbers(copy) === numbers(model), numbers(other) === numbers(model));

const square = x.pow(2);
const program = compile(square, { inputs: [], parameters: [x], outputs: [square] });
await writeFile(join(folder, "package.json"), '{ "type": "module" }');
await save(program, join(folder, "square.js"), { optimizer: new SGD([x], { lr: 0.25 }) });
const standalone = await import(pathToFileURL(join(folder, "square.js")).href);
const { predict, step } = await standalone.load();
console.log(`standalone: ${predict([[]])}, ${step([[]])}, ${predict([[]])}`);
await load(join(folder, "none.json")).catch(({ code }) => console.log(code));
await rm(folder, { recursive: true });
