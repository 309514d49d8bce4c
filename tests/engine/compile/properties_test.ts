import fc from "fast-check";
import { assert } from "../../support/assert.ts";
import { ops } from "../../../engine/rules.ts";
import { builder, graph, type GraphPlan, numbersOf } from "../../support/graphs.ts";
import { needs } from "../../support/permissions.ts";
import {
  ask,
  compiled,
  compiledAlone,
  type CompiledOptions,
  eager,
  worstError,
} from "../../support/reference.ts";

/** Numbers of examples: less than a tile of lanes, odd, several blocks and a rest. */
const sizes = [1, 2, 3, 7, 33, 100];

/** Checks a property with a fixed seed, so that every run tries the same cases. */
function holds<T extends [unknown, ...unknown[]]>(
  name: string,
  property: fc.IPropertyWithHooks<T>,
  numRuns: number,
  options: { ignore?: boolean } = {},
): void {
  Deno.test(name, options, () => fc.assert(property, { seed: 1970, numRuns }));
}

/** Two numbers of examples, of which the second is loaded in place of the first. */
const twoSizes = fc.tuple(fc.constantFrom(...sizes), fc.constantFrom(...sizes));

/** Ways to compile, and how near the eager engine the numbers are then. */
const plain: readonly [CompiledOptions, tolerance: number] = [{}, 1e-12];
const ways = [plain, [{ fused: true }, 1e-12], [{ precision: "float32" }, 1e-4]] as const;

function agrees(plan: GraphPlan, counts: number[], ways: readonly typeof plain[]) {
  const build = builder(plan);
  const { at } = numbersOf(plan, 1);
  const programs = ways.map(([options]) => compiled(build, plan.inputs, at, options));
  for (const { program } of programs) {
    assert(WebAssembly.validate(program.bytes), "the module must be valid");
  }
  for (const n of counts) {
    const { examples } = numbersOf(plan, n);
    const right = eager(build, examples, at);
    for (const [i, [options, tolerance]] of ways.entries()) {
      programs[i].program.load(examples);
      const error = worstError(ask(programs[i]), right);
      const how = JSON.stringify(options);
      assert(error < tolerance, `with ${n} examples the error is ${error}, ${how}`);
    }
  }
}

holds(
  "random graphs of all operations: loss, gradients and outputs are the eager engine's, also with " +
    "products and sums rounded together, and in single precision",
  fc.property(graph(), twoSizes, (plan, counts) => agrees(plan, counts, ways)),
  150,
);

holds(
  "random graphs: one example alone, in code of its own, is the eager engine's in each of these ways",
  fc.property(graph(), (plan) => {
    const build = builder(plan);
    const { at, examples } = numbersOf(plan, 1);
    const right = eager(build, examples, at);
    for (const [options, tolerance] of ways) {
      const made = compiledAlone(build, plan.inputs, at, options);
      made.program.load(examples);
      const error = worstError(ask(made), right);
      assert(error < tolerance, `the error is ${error}, ${JSON.stringify(options)}`);
    }
  }),
  100,
);

for (const op of ops) {
  holds(
    `${op}: random graphs of it alone are the eager engine's`,
    fc.property(graph([op]), twoSizes, (plan, counts) => agrees(plan, counts, [plain])),
    15,
  );
}

holds(
  "random graphs: a batch gives the mean of its examples, repeats and order as they are",
  fc.property(graph(), fc.array(fc.nat(8), { minLength: 1, maxLength: 40 }), (plan, batch) => {
    const build = builder(plan);
    const { at } = numbersOf(plan, 1);
    const { examples } = numbersOf(plan, 9);
    const { program, parameters } = compiled(build, plan.inputs, at);
    program.load(examples);
    program.backward([8]);
    for (const p of parameters) p.grad = 0;
    const loss = program.backward(batch);
    const gradients = parameters.map((p) => p.grad);
    const mine = { loss, gradients, outputs: [...program.outputs()] };
    assert(worstError(mine, eager(build, batch.map((i) => examples[i]), at)) < 1e-12);
    assert(program.forward(batch) === loss, "forward() must give the loss of backward()");
  }),
  60,
);

holds(
  "random graphs: what threads compute together is the same",
  fc.property(graph(), fc.integer({ min: 2, max: 3 }), (plan, threads) => {
    const build = builder(plan);
    const { at } = numbersOf(plan, 1);
    const program = compiled(build, plan.inputs, at, { threads });
    try {
      for (const n of [1, 9, 100]) {
        const { examples } = numbersOf(plan, n);
        program.program.load(examples);
        assert(worstError(ask(program), eager(build, examples, at)) < 1e-12);
      }
    } finally {
      program.program.close();
    }
  }),
  8,
  needs("read"),
);
