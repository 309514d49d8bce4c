/**
 * Graphs of `nodes.ts SIZE` nodes over a few shared leaves, one built and swept a
 * step; the command `bytes` tells what a node takes on the heap.
 */
import { Value } from "../../../mod.ts";
import { serve } from "./serve.ts";

const size = Number(Deno.args[0]);
const leaves = [.5, -.25, 1].map((x) => new Value(x));

function graph(): Value {
  let y = leaves[0];
  for (let i = leaves.length; i < size; i += 3) y = y.mul(leaves[1]).add(leaves[2]).tanh();
  return y;
}

function bytes(): number {
  // `gc` is there with the flag --expose-gc of V8.
  const { gc } = globalThis as unknown as { gc(): void };
  gc();
  const before = Deno.memoryUsage().heapUsed;
  const root = graph();
  gc();
  const used = Deno.memoryUsage().heapUsed - before;
  return root.op === null ? NaN : used / size;
}

await serve(() => ({
  version: `Deno ${Deno.version.deno}`,
  reset: () => {},
  train(steps) {
    for (let step = 0; step < steps; step++) graph().backward();
  },
  commands: { bytes },
}));
