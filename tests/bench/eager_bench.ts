import { binaryOps, naryOps, topologicalOrder, unaryOps } from "../../engine/extend.ts";
import { RandomGenerator, Value } from "../../mod.ts";
import { applyList } from "../../engine/list_operations.ts";
import { applyBinary, applyUnary } from "../../engine/value.ts";

const count = 1000;
const generator = new RandomGenerator(1);
const leaves = Array.from({ length: count }, () => new Value(generator.uniform(.2, 3)));

// One run makes a thousand nodes: microseconds here are nanoseconds a node.
const forward = { group: "a thousand operations" };
for (const op of unaryOps) {
  Deno.bench(op, forward, () => {
    for (let i = 0; i < count; i++) applyUnary(op, leaves[i]);
  });
}
for (const op of binaryOps) {
  Deno.bench(op, forward, () => {
    for (let i = 0; i < count; i++) applyBinary(op, leaves[i], leaves[count - 1 - i]);
  });
}
for (const op of naryOps) {
  Deno.bench(`${op} of a thousand`, forward, () => {
    applyList(op, leaves);
  });
}

const [half, quarter, one] = [.5, -.25, 1].map((x) => new Value(x));
function graph(nodes: number): Value {
  let y = half;
  for (let i = 3; i < nodes; i += 3) y = y.mul(quarter).add(one).tanh();
  return y;
}

const sweeps = { group: "a graph of ten thousand nodes" };
const root = graph(1e4);
Deno.bench("built", sweeps, () => {
  graph(1e4);
});
Deno.bench("topologicalOrder()", sweeps, () => {
  topologicalOrder(root);
});
Deno.bench("backward(), of which the order is a part", sweeps, () => {
  root.backward();
});
