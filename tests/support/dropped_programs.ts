/**
 * Compiles a thousand programs one after the other, keeps ten of them, and says how many V8 has
 * collected; and the same of ten networks that have answered by a program, of which one is kept.
 * Run it with `--v8-flags=--expose-gc`.
 *
 * @module
 */
import { compile, MLP, predict, RandomGenerator, SGD, Value } from "../../mod.ts";

const counts = { programs: 0, models: 0 };
const registry = new FinalizationRegistry<keyof typeof counts>((what) => counts[what]++);
const kept: object[] = [];

function watch(thing: object, what: keyof typeof counts, isKept: boolean): void {
  registry.register(thing, what);
  if (isKept) kept.push(thing);
}

for (let i = 0; i < 1000; i++) {
  const [x, w] = [1, i].map((data) => new Value(data));
  const program = compile(w.mul(x).pow(2).add(i), { inputs: [x], parameters: [w], outputs: [w] });
  program.load([[1], [2], [3]]);
  program.train(new SGD([w], { lr: 1e-3 }), [[0], undefined]);
  watch(program, "programs", i % 100 === 0);
}
const generator = new RandomGenerator(1);
const rows = Array.from(
  { length: 100 },
  () => Array.from({ length: 50 }, () => generator.normal()),
);
for (let i = 0; i < 10; i++) {
  const model = new MLP(50, [60, 3], { generator });
  predict(model, rows);
  watch(model, "models", i === 0);
}

const { gc } = globalThis as { gc?: () => void };
for (let turn = 0; turn < 10; turn++) {
  // What is collected is told after a turn of the event loop.
  await new Promise((resolve) => setTimeout(resolve));
  gc!();
}
console.log(JSON.stringify({ ...counts, kept: kept.length }));
