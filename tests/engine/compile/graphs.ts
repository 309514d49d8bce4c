/**
 * Random graphs in layers, as programs are made for: many alike nodes side by
 * side, whose operands lie in steps, in disorder, or in several layers.
 *
 * @module
 */
import fc from "fast-check";
import { sum, type Value } from "../../../mod.ts";
import { arity, type Op, ops } from "../../../engine/rules.ts";
import { constant } from "../../../engine/value.ts";
import { apply } from "../helpers.ts";
import type { Build } from "./reference.ts";

/** Where an operand of a layer comes from: member m and position i take one node of an earlier layer. */
export interface Source {
  /** The layers that the positions go through in turn, counted back from the latest. */
  layers: number[];
  first: number;
  /** How far the next member's node is, and the next position's; in a mix it is any. */
  member: number;
  position: number;
  isMixed: boolean;
}

/** `width` nodes of one operation. */
export interface LayerPlan {
  op: Op;
  width: number;
  /** How many terms a list has. */
  terms: number;
  sources: Source[];
}

/** A random graph. */
export interface GraphPlan {
  inputs: number;
  parameters: number;
  constants: number;
  layers: LayerPlan[];
  /** Whether the loss adds something of parameters alone. */
  hasPenalty: boolean;
}

const source: fc.Arbitrary<Source> = fc.record({
  layers: fc.oneof(
    { weight: 3, arbitrary: fc.tuple(fc.nat(6)) },
    { weight: 1, arbitrary: fc.array(fc.nat(6), { minLength: 2, maxLength: 3 }) },
  ),
  first: fc.nat(40),
  member: fc.constantFrom(0, 1, 1, 1, 2, -1, 5),
  position: fc.constantFrom(0, 1, 1, 1, -1, 3),
  isMixed: fc.boolean(),
});

const size = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 40 }));

/** A layer of one of the operations. */
export const layer = (names: readonly Op[]): fc.Arbitrary<LayerPlan> =>
  fc.record({
    op: fc.constantFrom(...names),
    width: size,
    terms: size,
    sources: fc.tuple(source, source).map((x) => [...x]),
  });

/** Graphs of 1 to 6 layers of any operations. */
export const graph = (names: readonly Op[] = ops): fc.Arbitrary<GraphPlan> =>
  fc.record({
    inputs: fc.nat(6),
    parameters: fc.oneof(fc.nat(6), fc.nat(60)),
    constants: fc.integer({ min: 1, max: 4 }),
    layers: fc.array(layer(names), { minLength: 1, maxLength: 6 }),
    hasPenalty: fc.boolean(),
  });

/**
 * Builds a graph. Every layer is squashed to between 0.5 and 2.5, where every
 * operation is smooth enough, before the next takes it.
 */
export function builder(plan: GraphPlan): Build {
  return (inputs, parameters) => {
    const constants = Array.from({ length: plan.constants }, (_, i) => constant(.75 + i / 4));
    const layers: Value[][] = [constants, [...inputs], [...parameters]].filter((x) => x.length > 0);
    const raw: Value[] = [];
    for (const { op, width, terms, sources } of plan.layers) {
      const lists = op === "dot" ? 2 : arity(op) === Infinity ? 1 : arity(op);
      const length = arity(op) === Infinity ? terms : 1;
      const nodes = Array.from({ length: width }, (_, m) => {
        const operands = Array.from(
          { length: lists },
          (_, k) => Array.from({ length }, (_, i) => pick(layers, sources[k], m, i)),
        );
        return apply(op, operands.flat());
      });
      raw.push(nodes[width - 1]);
      layers.push(nodes.map((y) => (length > 1 ? y.mul(1 / length) : y).sub(2).mul(.5).tanh().add(1.5)));
    }
    const last = layers[layers.length - 1];
    const parts = [...last, ...raw.map((y) => y.tanh())];
    if (plan.hasPenalty) parts.push(sum(parameters.map((p) => p.mul(p))));
    const loss = sum(parts);
    return { loss, outputs: [last[0], ...raw] };
  };
}

function pick(layers: readonly Value[][], from: Source, m: number, i: number): Value {
  const back = from.layers[i % from.layers.length] % layers.length;
  const layer = layers[layers.length - 1 - back];
  const at = from.isMixed
    ? (m * 7919 + i * 104729 + from.first) % 65537
    : from.first + m * from.member + i * from.position + 1000 * layer.length;
  return layer[at % layer.length];
}

/** The numbers of a graph, from 0.5 to 2: parameters, and n examples. */
export function numbersOf(plan: GraphPlan, n: number): { at: number[]; examples: number[][] } {
  let seed = 1 + n;
  const next = () => {
    seed = seed * 48271 % 2147483647;
    return .5 + 1.5 * seed / 2147483647;
  };
  const at = Array.from({ length: plan.parameters }, next);
  return {
    at,
    examples: Array.from({ length: n }, () => Array.from({ length: plan.inputs }, next)),
  };
}
