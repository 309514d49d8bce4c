import { assert, assertAlmostEquals } from "../../support/assert.ts";
import { dot, logSumExp, MLP, sum, Value } from "../../../mod.ts";
import { compile } from "../../../engine/compile/compile.ts";

/** Compiles a loss of one input and one parameter, and compares it with the eager engine. */
function check(build: (x: Value, w: Value) => Value, tolerance = 1e-9): number {
  const [x, w] = [new Value(.5), new Value(1)];
  const loss = build(x, w);
  const { bytes, value, grad } = (() => {
    const program = compile(loss, { inputs: [x], parameters: [w] });
    program.load([[.5], [.5], [.5]]);
    const value = program.backward();
    return { bytes: program.bytes, value, grad: w.grad };
  })();
  w.grad = 0;
  loss.backward();
  assertAlmostEquals(value, loss.data, tolerance * Math.abs(loss.data));
  assertAlmostEquals(grad, w.grad, tolerance * Math.abs(w.grad));
  return bytes.length;
}

/** y = f(f(f(… x·w))), so many times. */
function chain(n: number, f: (y: Value, w: Value) => Value) {
  return (x: Value, w: Value) => {
    let y = x.mul(w);
    for (let i = 0; i < n; i++) y = f(y, w);
    return y;
  };
}

Deno.test("the code does not grow with the width of layers", () => {
  const size = (inputs: number, width: number) => {
    const model = new MLP(inputs, [width, 1]);
    const x = Array.from({ length: inputs }, () => new Value(.1));
    const loss = (model.forward(x) as Value).pow(2);
    const program = compile(loss, { inputs: x, parameters: model.parameters() });
    program.load([x.map(() => .1)]);
    assertAlmostEquals(program.forward(), loss.data, 1e-12);
    return program.bytes.length;
  };
  const small = size(8, 16), large = size(64, 256);
  assert(Math.abs(large / small - 1) < .05, `${small} and ${large} bytes`);
});

Deno.test("a network 784-50-10 with a cross-entropy compiles to a few kilobytes", () => {
  const model = new MLP(784, [50, 10]);
  const x = Array.from({ length: 784 }, (_, i) => new Value(i % 7 / 7));
  const logits = model.forward(x) as Value[];
  const loss = logSumExp(logits).sub(logits[3]);
  const program = compile(loss, { inputs: x, parameters: model.parameters(), outputs: logits });
  assert(program.bytes.length < 20_000, `${program.bytes.length} bytes`);
  program.load([x.map(({ data }) => data)]);
  assertAlmostEquals(program.backward(), loss.data, 1e-12);
  const mine = model.parameters().map((p) => p.grad);
  model.zeroGrad();
  loss.backward();
  model.parameters().forEach((p, i) => assertAlmostEquals(mine[i], p.grad, 1e-12));
  program.outputs().forEach((y, k) => assertAlmostEquals(y, logits[k].data, 1e-12));
});

/** One of each kind of code: a call, an instruction, one with cases in its derivative, a loop. */
const steps: [name: string, n: number, step: (y: Value, w: Value) => Value][] = [
  ["tanh", 20_000, (y) => y.tanh()],
  ["products with a parameter", 20_000, (y, w) => y.mul(w)],
  ["the larger of two", 5000, (y, w) => y.max(w)],
  ["sums of lists", 5000, (y, w) => sum([y, w, .5]).mul(.5)],
];

for (const [name, n, step] of steps) {
  Deno.test(`a chain of ${n.toLocaleString("en-US")} operations compiles and runs: ${name}`, () => {
    check(chain(n, step));
  });
}

Deno.test("a chain of 5,000 operations on parameters alone compiles and runs", () => {
  check((_, w) => chain(5000, (y) => y.sin())(w, w));
});

Deno.test("10,000 operations that take the last two, like Fibonacci's numbers, compile and run", () => {
  check((x, w) => {
    let [a, b] = [x.mul(w), x.add(w)];
    for (let i = 0; i < 5000; i++) [a, b] = [b, a.add(b).mul(.5)];
    return b;
  });
});

Deno.test("100,000 operations of which no two are alike compile and run", () => {
  check(chain(100_000, (y) => sum([y])));
});

Deno.test("10,000 different powers of one number, in one sum, compile and run", () => {
  check((x, w) => sum(Array.from({ length: 10_000 }, (_, i) => x.mul(w).pow(i / 10_000))));
});

Deno.test("lists of 100,000 in order and in disorder compile and run", () => {
  const n = 100_000;
  const w = Array.from({ length: n }, (_, i) => new Value(i % 10));
  const x = new Value(2);
  const mixed = w.map((_, i) => w[i * 7919 % n]);
  const loss = sum([sum(w), dot(mixed, w), logSumExp(mixed)]).mul(x);
  const program = compile(loss, { inputs: [x], parameters: w });
  assert(program.bytes.length < 5000, `${program.bytes.length} bytes`);
  program.load([[2], [2]]);
  assertAlmostEquals(program.backward(), loss.data, 1e-9 * loss.data);
  const mine = w.map((p) => p.grad);
  for (const p of w) p.grad = 0;
  loss.backward();
  assert(w.every((p, i) => Math.abs(p.grad - mine[i]) < 1e-9));
});

Deno.test("a deep and bushy graph of 5,000 nodes, each used many times, compiles and runs", () => {
  check((x, w) => {
    const nodes = [x.mul(w), x.add(w), w];
    for (let i = 0; i < 5000; i++) {
      const [a, b] = [nodes.length - 1 - i * 7919 % 50, nodes.length - 1 - i * 104729 % 50]
        .map((k) => nodes[Math.max(k, 0)]);
      nodes.push(a.mul(b).tanh());
    }
    return sum(nodes);
  });
});
