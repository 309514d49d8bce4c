/**
 * Random computation graphs for property tests.
 *
 * @module
 */
import fc from "fast-check";
import type { Value } from "../../mod.ts";
import { arity, type Op, ops } from "../../engine/rules.ts";
import { applyTamed, corneredAtTies, corneredAtZero } from "./helpers.ts";

/** A step of a random program: an operation and, for each operand, which of the nodes so far. */
export interface ProgramStep {
  op: Op;
  operands: number[];
}

/** Smooth everywhere; operands are squashed first, so that nothing grows or comes near a pole. */
export const smooth: readonly Op[] = ops.filter((op) =>
  !corneredAtZero.includes(op) && !corneredAtTies.includes(op)
);

/** Programs of 1 to 12 operations. */
export const program = (names: readonly Op[]): fc.Arbitrary<ProgramStep[]> =>
  fc.array(
    fc.constantFrom(...names).chain((op) => {
      const n = arity(op);
      const count = n !== Infinity ? fc.constant(n) : fc.integer({ min: 1, max: 3 });
      return count.chain((k) => {
        const length = op === "dot" ? 2 * k : k;
        return fc.array(fc.nat(1000), { minLength: length, maxLength: length })
          .map((operands) => ({ op, operands }));
      });
    }),
    { minLength: 1, maxLength: 12 },
  );

/** Three numbers from −2 to 2. */
export const point: fc.Arbitrary<number[]> = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), {
  minLength: 3,
  maxLength: 3,
});

/** Runs a program on the leaves; every operand passes through 1.5 + tanh, between 0.5 and 2.5. */
export function run(steps: readonly ProgramStep[], leaves: readonly Value[]): Value {
  const nodes = [...leaves];
  for (const { op, operands } of steps) {
    const x = operands.map((i) => nodes[nodes.length - 1 - i % nodes.length].tanh().add(1.5));
    nodes.push(applyTamed(op, x));
  }
  return nodes[nodes.length - 1];
}
