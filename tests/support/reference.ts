/**
 * What the eager engine says of the mean loss of many examples, and how far
 * a compiled program is from it.
 *
 * @module
 */
import { topologicalOrder } from "../../engine/extend.ts";
import { assert } from "./assert.ts";
import { Value } from "../../mod.ts";
import { compile } from "../../engine/compile/compile.ts";
import { generate, generateAlone } from "../../engine/compile/kernels/generate.ts";
import { plan } from "../../engine/compile/plan/plan.ts";
import { Program } from "../../engine/compile/program.ts";
import { localSlope } from "../../engine/rules.ts";
import { constant } from "../../engine/value.ts";

/** A loss, and outputs beside it, built of the inputs of one example and the parameters. */
export interface Graph {
  loss: Value;
  outputs: readonly Value[];
}

/** Builds the graph of one example. */
export type Build = (inputs: readonly Value[], parameters: readonly Value[]) => Graph;

/** The mean loss, its gradients, the outputs of all examples, and for each the scale of its errors. */
export interface Answer {
  loss: number;
  gradients: number[];
  outputs: number[];
  scale: { loss: number; gradients: number[] };
}

/** The answer of the eager engine: one graph an example. */
export function eager(
  build: Build,
  examples: readonly (readonly number[])[],
  at: readonly number[],
): Answer {
  const parameters = at.map((x) => new Value(x));
  const outputs: number[] = [];
  const scale = { loss: 0, gradients: at.map(() => 0) };
  let loss = 0;
  for (const example of examples) {
    const graph = build(example.map(constant), parameters);
    const part = graph.loss.mul(1 / examples.length);
    part.backward();
    loss += part.data;
    scale.loss += Math.abs(part.data);
    const sizes = absoluteGradients(part);
    parameters.forEach((p, i) => scale.gradients[i] += sizes.get(p) ?? 0);
    outputs.push(...graph.outputs.map(({ data }) => data));
  }
  return { loss, gradients: parameters.map((p) => p.grad), outputs, scale };
}

/** The sum over all paths of what each contributes to a gradient, without its sign. */
function absoluteGradients(root: Value): Map<Value, number> {
  const sizes = new Map<Value, number>([[root, 1]]);
  for (const node of topologicalOrder(root).reverse()) {
    const size = sizes.get(node) ?? 0;
    if (node.op === null || !node.requiresGrad) continue;
    for (const [i, operand] of node.operands.entries()) {
      if (!operand.requiresGrad) continue;
      const slope = Math.abs(localSlope(node.op, node, i));
      sizes.set(operand, (sizes.get(operand) ?? 0) + size * slope);
    }
  }
  return sizes;
}

/** Settings of {@link compiled}. */
export interface CompiledOptions {
  precision?: "float64" | "float32";
  fused?: boolean;
  threads?: number;
}

/** A program with its parameters. */
export interface Compiled {
  program: Program;
  parameters: Value[];
}

/** Compiles a graph, built at some example that is not among those it is asked about. */
export function compiled(
  build: Build,
  width: number,
  at: readonly number[],
  options: CompiledOptions = {},
): Compiled {
  const { loss, ...lists } = built(build, width, at);
  return { program: compile(loss, { ...lists, ...options }), parameters: lists.parameters };
}

/** The same with code for one example alone, also where that would not pay. */
export function compiledAlone(
  build: Build,
  width: number,
  at: readonly number[],
  { precision = "float64", fused = false }: Omit<CompiledOptions, "threads"> = {},
): Compiled {
  const { loss, inputs, parameters, outputs } = built(build, width, at);
  const made = plan(loss, inputs, parameters, outputs);
  const type = precision === "float64" ? "f64" : "f32";
  const settings = { type, isFused: fused, threads: 1 } as const;
  const writeAlone = (tables: number) => generateAlone(made, settings, tables);
  const source = { plan: made, outputs, type, isFused: fused } as const;
  return { program: new Program(source, [generate(made, settings)], writeAlone), parameters };
}

/** A graph, and its leaves, whose inputs are 1.25 to 1.5. */
function built(build: Build, width: number, at: readonly number[]) {
  const inputs = Array.from({ length: width }, (_, i) => new Value(1.25 + i % 3 / 8));
  const parameters = at.map((x) => new Value(x));
  return { ...build(inputs, parameters), inputs, parameters };
}

/** What a program answers: one `backward()`, and what its outputs are then. */
export function ask({ program, parameters }: Compiled): Omit<Answer, "scale"> {
  for (const p of parameters) p.grad = 0;
  const loss = program.backward();
  return {
    loss,
    gradients: parameters.map((p) => p.grad),
    outputs: [...program.outputs()],
  };
}

/** Below this size errors count as they are, above it relative to the size. */
const floor = .01;

/**
 * The largest error of an answer, relative to the sum of the sizes of what was
 * added up, so that what cancels is not asked to be exact.
 */
export function worstError(mine: Omit<Answer, "scale">, right: Answer): number {
  const error = (a: number, b: number, scale: number) =>
    Object.is(a, b) ? 0 : Math.abs(a - b) / (floor + scale);
  const errors = [
    error(mine.loss, right.loss, right.scale.loss),
    ...mine.gradients.map((g, i) => error(g, right.gradients[i], right.scale.gradients[i])),
    ...mine.outputs.map((y, i) => error(y, right.outputs[i], Math.abs(right.outputs[i]))),
  ];
  return Math.max(...errors);
}

/** Fails unless a program computes what the eager engine does, on several numbers of examples. */
export function agrees(build: Build, width: number, at: readonly number[]): void {
  const program = compiled(build, width, at);
  for (const n of [1, 2, 3, 7, 33]) {
    const examples = Array.from(
      { length: n },
      (_, i) => Array.from({ length: width }, (_, k) => Math.sin(1 + 3 * i + k)),
    );
    program.program.load(examples);
    const error = worstError(ask(program), eager(build, examples, at));
    assert(error < 1e-13, `with ${n} examples the error is ${error}`);
  }
}

/** A graph without outputs. */
export const only = (loss: Value) => ({ loss, outputs: [] });

/** Numbers from 0.5 up to 1.5. */
export const several = (n: number) => Array.from({ length: n }, (_, i) => .5 + i / n);
