import { Adam, compile, Value } from "../../mod.ts";
import fixture from "../fixtures/torch_language_model.json" with { type: "json" };
import { assert, assertEquals } from "./assert.ts";
import { lossOf, makeWeights, trace, trainingNames, type Weights } from "./language_model.ts";

const names = (await trainingNames()).slice(0, 50);
const leaves = (w: Weights): Value[] => Object.values(w).flat(2);
const optimizerFor = (w: Weights) => new Adam(leaves(w), { lr: .01, betas: [.85, .99] });
const rateAt = (step: number) => .01 * (1 - step / 1000);

/** How far the losses are from PyTorch's, at most. */
function distance(losses: readonly number[]): number {
  assertEquals(losses.length, fixture.losses.length);
  return Math.max(...losses.map((loss, i) => Math.abs(loss - fixture.losses[i])));
}

Deno.test("PyTorch was given the names of notebook 10, and a model of 4,192 parameters", () => {
  assertEquals(fixture.names, names);
  assertEquals(Object.values(makeWeights((x) => x)).flat(2).length, 4192);
  const [first, last] = [fixture.losses[0], fixture.losses.at(-1)!];
  assert(Math.abs(first - Math.log(27)) < .2 && last < first, `from ${first} to ${last}`);
});

Deno.test("a language model of Values trains as PyTorch's, 50 names within 1e-9", () => {
  const w = makeWeights<Value>((data) => new Value(data));
  const optimizer = optimizerFor(w);
  const losses = names.map((name, step) => {
    const loss = lossOf(w, name);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.lr = rateAt(step);
    optimizer.step();
    return loss.data;
  });
  const far = distance(losses);
  assert(far < 1e-9, `${far}`);
});

Deno.test("compiled once for the longest name, it trains as PyTorch's within 1e-9", () => {
  const w = makeWeights<Value>((data) => new Value(data));
  const { loss, inputs, rowOf } = trace(w, 11);
  const program = compile(loss, { inputs, parameters: leaves(w) });
  program.load(names.map(rowOf));
  const optimizer = optimizerFor(w);
  const training = program.training(optimizer);
  const losses = names.map((_, step) => {
    optimizer.lr = rateAt(step);
    return training.step([step]);
  });
  const far = distance(losses);
  assert(far < 1e-9, `${far}`);
});

Deno.test("what stands behind the end of a name changes nothing", () => {
  const w = makeWeights<Value>((data) => new Value(data));
  for (const longest of [4, 11]) {
    const { loss, inputs, rowOf } = trace(w, longest);
    const program = compile(loss, { inputs, parameters: leaves(w) });
    program.load([rowOf("emma")]);
    const far = Math.abs(program.forward() - lossOf(w, "emma").data);
    assert(far < 1e-14, `${far}`);
  }
});
