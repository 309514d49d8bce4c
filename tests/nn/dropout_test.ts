import { manualSeed } from "../../engine/random.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { MLP, type MLPOptions, RandomGenerator } from "../../mod.ts";
import { traceDropout } from "../../nn/dropout.ts";

const seeded = () => ({ generator: new RandomGenerator(1) });

Deno.test("dropout outside of training is as if there was none", () => {
  const options = { residual: true, activation: "relu" } as const;
  const plain = new MLP(2, [8, 8, 2], { ...options, ...seeded() });
  const generator = new RandomGenerator(1);
  const model = new MLP(2, [8, 8, 2], { ...options, dropout: .5, generator }).eval();
  assertEquals([plain.dropout, model.dropout], [0, .5]);
  const expected = plain.forward([1, -2]).map((y) => y.data);
  for (let i = 0; i < 5; i++) assertEquals(model.forward([1, -2]).map((y) => y.data), expected);
  const fresh = new RandomGenerator(1);
  new MLP(2, [8, 8, 2], { generator: fresh });
  assertEquals(generator.uniform(), fresh.uniform(), "no numbers were drawn");
});

Deno.test("in training, dropout leaves an output 0 or divided by 1 − dropout", () => {
  const dropout = .25;
  // The last layer hands on what the one before it answers: its weights are those of identity.
  const model = new MLP(1, [40, 40], { activation: "linear", dropout, ...seeded() });
  model.layers[1].neurons.forEach(({ w, b }, i) => {
    w.forEach((p, k) => p.data = i === k ? 1 : 0);
    b.data = 0;
  });
  const kept = model.eval().forward([1]).map((y) => y.data);
  model.train();
  const runs = 500;
  const zeros = kept.map(() => 0);
  for (let run = 0; run < runs; run++) {
    model.forward([1]).forEach(({ data }, i) => {
      if (data === 0) zeros[i]++;
      else assert(Math.abs(data - kept[i] / (1 - dropout)) < 1e-12, `${data} of ${kept[i]}`);
    });
  }
  const share = zeros.reduce((a, b) => a + b) / (40 * runs);
  // Five standard errors √(p (1 − p) / n), of all outputs and of each.
  const error = (n: number) => 5 * Math.sqrt(dropout * (1 - dropout) / n);
  assert(Math.abs(share - dropout) < error(40 * runs), `share ${share}`);
  for (const n of zeros) assert(Math.abs(n / runs - dropout) < error(runs), `${n} of ${runs}`);
});

Deno.test("dropout spares the last layer, whose answers are not 0", () => {
  const model = new MLP(1, [1, 4], { activation: "sigmoid", dropout: .9, ...seeded() });
  for (let run = 0; run < 50; run++) {
    assert(model.forward([1]).every(({ data, op }) => data > 0 && op === "sigmoid"));
  }
});

Deno.test("dropout leaves the mean of an answer to a linear network as it is", () => {
  const model = new MLP(2, [6, 6, 1], { activation: "linear", dropout: .5, ...seeded() });
  const expected = model.eval().forward([1, 2]).data;
  model.train();
  const n = 4000;
  const answers = Array.from({ length: n }, () => model.forward([1, 2]).data);
  const mean = answers.reduce((a, b) => a + b) / n;
  const variance = answers.reduce((sum, y) => sum + (y - mean) ** 2, 0) / n;
  assert(variance > .01);
  assert(Math.abs(mean - expected) < 5 * Math.sqrt(variance / n), `${mean} for ${expected}`);
});

Deno.test("an output that is dropped passes no gradient, the others pass more", () => {
  const model = new MLP(1, [8, 1], { activation: "linear", dropout: .5, ...seeded() });
  const { layers: [first, last] } = model;
  model.forward([1]).backward();
  const grads = first.neurons.map(({ b }) => b.grad);
  grads.forEach((grad, i) => {
    const weight = last.neurons[0].w[i].data;
    assert(grad === 0 || grad === 2 * weight, `${grad} with weight ${weight}`);
  });
  assert(grads.some((grad) => grad === 0) && grads.some((grad) => grad !== 0));
});

Deno.test("dropout draws from the network's generator, so a seed repeats a training", () => {
  const answers = (options: MLPOptions) => {
    const model = new MLP(2, [8, 8, 1], { dropout: .5, ...options });
    return Array.from({ length: 5 }, () => model.forward([1, 2]).data);
  };
  assertEquals(answers(seeded()), answers(seeded()));
  assertEquals(new Set(answers(seeded())).size, 5);
  manualSeed(1);
  assertEquals(answers({}), answers(seeded()));
  const model = new MLP(2, [8, 8, 1], { dropout: .5 });
  manualSeed(3);
  const first = model.forward([1, 2]).data;
  manualSeed(3);
  assertEquals(model.forward([1, 2]).data, first);
});

Deno.test("where dropout is traced, nothing is drawn or dropped, and the leaves are given", () => {
  const generator = new RandomGenerator(1);
  const model = new MLP(2, [8, 8, 1], { dropout: .5, generator });
  const kept = new MLP(2, [8, 8, 1], { generator: new RandomGenerator(1) }).forward([1, 2]).data;
  const before = generator.stateDict();
  const { result, masks } = traceDropout(() => model.forward([1, 2]));
  assertEquals([result.data, generator.stateDict()], [kept, before]);
  assertEquals(masks.map(({ leaves }) => leaves.map(({ data }) => data)), [
    new Array(8).fill(1),
    new Array(8).fill(1),
  ]);
  result.backward();
  assert(masks.some(({ leaves }) => leaves.some(({ grad }) => grad !== 0)));
  const drawn = new Set(Array.from({ length: 50 }, () => masks[0].draw()));
  assertEquals(drawn, new Set([0, 2]));
  assert(new Set(Array.from({ length: 5 }, () => model.forward([1, 2]).data)).size > 1);
});
