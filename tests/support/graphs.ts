/**
 * Random graphs in layers, as programs are made for: many alike nodes side by
 * side, whose operands lie in steps, in disorder, or in several layers.
 *
 * @module
 */
import fc from "fast-check";
import { RandomGenerator, sum, type Value } from "../../mod.ts";
import { arity, type Op, ops, rules } from "../../engine/rules.ts";
import { constant } from "../../engine/value.ts";
import { applyTamed } from "./helpers.ts";
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

/** Nodes of one operation, side by side. */
export interface LayerPlan {
  op: Op;
  /** How many; 0 for as many as is usual in the graph. */
  width: number;
  /** How many terms a list has. */
  terms: number;
  sources: Source[];
  /** Whether a dot is a layer of a network: parameters in their order times one whole layer. */
  isDense: boolean;
}

/** A random graph. */
export interface GraphPlan {
  /** Whether its numbers are from −2 to 2, or else from 0.5 to 2.5. */
  isSigned: boolean;
  width: number;
  inputs: number;
  parameters: number;
  constants: number;
  layers: LayerPlan[];
  /** Whether the loss adds something of parameters alone. */
  hasPenalty: boolean;
  /** Whether the loss leaves every other part of the graph out, which is then an output beside it. */
  hasBeside: boolean;
}

const source: fc.Arbitrary<Source> = fc.record({
  layers: fc.oneof(
    { weight: 3, arbitrary: fc.tuple(fc.nat(6)) },
    { weight: 1, arbitrary: fc.array(fc.nat(6), { minLength: 2, maxLength: 3 }) },
  ),
  first: fc.oneof(fc.constant(0), fc.nat(40)),
  member: fc.constantFrom(0, 1, 1, 1, 2, -1, 5),
  position: fc.constantFrom(0, 1, 1, 1, -1, 3),
  isMixed: fc.boolean(),
});

const size = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 40 }));

/** A layer of one of the operations. */
export const layer = (names: readonly Op[]): fc.Arbitrary<LayerPlan> =>
  fc.record({
    op: fc.constantFrom(...names),
    width: fc.oneof(fc.constant(0), size),
    terms: size,
    isDense: fc.boolean(),
    sources: fc.tuple(source, source).map((x) => [...x]),
  });

/** The operations that take numbers of both signs. */
const signed: ReadonlySet<Op> = new Set(ops.filter((op) => rules[op].at[0] < 0));

/** Graphs of 1 to 6 layers of some operations; of both signs where they can be. */
export function graph(names: readonly Op[] = ops): fc.Arbitrary<GraphPlan> {
  const ofBoth = names.filter((op) => signed.has(op));
  const positive = graphOf(names, false);
  return ofBoth.length === 0 ? positive : fc.oneof(positive, graphOf(ofBoth, true));
}

const graphOf = (names: readonly Op[], isSigned: boolean): fc.Arbitrary<GraphPlan> =>
  fc.record({
    isSigned: fc.constant(isSigned),
    width: size,
    inputs: fc.nat(6),
    parameters: fc.oneof(fc.nat(6), fc.nat(60), fc.constant(500)),
    constants: fc.integer({ min: 1, max: 4 }),
    layers: fc.array(layer(names), { minLength: 1, maxLength: 6 }),
    hasPenalty: fc.boolean(),
    hasBeside: fc.boolean(),
  });

/**
 * Builds a graph. Every layer is squashed into the range of the graph's numbers
 * before the next takes it, so that nothing grows or comes near a pole.
 */
export function builder(plan: GraphPlan): Build {
  return (inputs, parameters) => {
    const { isSigned } = plan;
    const constants = (isSigned ? [2, -1, 0, 3] : [2, 1, .5, 3]).slice(0, plan.constants)
      .map(constant);
    const squash = (y: Value) => isSigned ? y.tanh().mul(1.5) : y.sub(2).mul(.5).tanh().add(1.5);
    const layers: Value[][] = [constants, [...inputs], [...parameters]].filter((x) => x.length > 0);
    const raw: Value[] = [];
    for (const { op, sources, isDense, ...layer } of plan.layers) {
      const width = layer.width || plan.width;
      const lists = op === "dot" ? 2 : arity(op) === Infinity ? 1 : arity(op);
      const whole = layers[layers.length - 1 - sources[1].layers[0] % layers.length];
      const isLayer = op === "dot" && isDense && parameters.length > 0;
      const length = isLayer ? whole.length : arity(op) === Infinity ? layer.terms : 1;
      const operand = (k: number, m: number, i: number) => {
        if (!isLayer) return pick(layers, sources[k], m, i);
        return k === 1 ? whole[i] : parameters[(m * length + i) % parameters.length];
      };
      const nodes = Array.from({ length: width }, (_, m) => {
        const operands = Array.from(
          { length: lists },
          (_, k) => Array.from({ length }, (_, i) => operand(k, m, i)),
        );
        return applyTamed(op, operands.flat());
      });
      raw.push(nodes[width - 1]);
      layers.push(nodes.map((y) => squash(length > 1 ? y.mul(1 / length) : y)));
    }
    const last = layers[layers.length - 1];
    const parts = [...last, ...raw.map((y) => y.tanh())];
    if (plan.hasPenalty) parts.push(sum(parameters.map((p) => p.mul(p))));
    const isBeside = (_: Value, i: number) => plan.hasBeside && i % 2 === 0;
    const loss = sum(parts.filter((part, i) => !isBeside(part, i)));
    return { loss, outputs: [last[0], ...raw, ...parts.filter(isBeside)] };
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

/** The numbers of a graph: parameters, and n examples. */
export function numbersOf(plan: GraphPlan, n: number): { at: number[]; examples: number[][] } {
  const generator = new RandomGenerator(n);
  const next = () => plan.isSigned ? generator.uniform(-2, 2) : generator.uniform(.5, 2.5);
  const at = Array.from({ length: plan.parameters }, next);
  return {
    at,
    examples: Array.from({ length: n }, () => Array.from({ length: plan.inputs }, next)),
  };
}
