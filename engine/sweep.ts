/**
 * The chain rule over a graph, once for all arithmetics. In numbers it is what
 * `backward()` does, in Values a gradient that can be differentiated again, in
 * expressions a formula. `backward()` itself is written apart, for speed.
 *
 * @module
 */
import { topologicalOrder } from "./backward.ts";
import { partial, type World } from "./rules.ts";
import type { Value } from "./value.ts";

/**
 * The reverse sweep: ∂(the last node)/∂node for each node.
 *
 * Linnainmaa, "Taylor expansion of the accumulated rounding error", BIT 16 (1976).
 *
 * @param nodes what takes part, in topological order; all else is held fixed.
 * @param w the arithmetic of the gradients.
 * @param read a node in that arithmetic.
 * @param zero what gradients start from.
 */
export function sweep<T>(
  nodes: readonly Value[],
  w: World<T>,
  read: (node: Value) => T,
  zero: T = w.lit(0),
): Map<Value, T> {
  const gradients = new Map(nodes.map((node) => [node, zero]));
  const turns = nodes.toReversed();
  if (turns.length > 0) gradients.set(turns[0], w.lit(1));
  for (const node of turns) handOn(node, gradients, w, read);
  return gradients;
}

/** What a node adds to the gradient of its operand `k`. */
export interface Contribution<T> {
  readonly k: number;
  /** The operand's gradient until then. */
  readonly before: T;
  /** ∂node/∂operand */
  readonly local: T;
  /** The node's own gradient times that. */
  readonly added: T;
}

/** A node's turn: it adds to the gradients of those of its operands that have one. */
export function handOn<T>(
  node: Value,
  gradients: Map<Value, T>,
  w: World<T>,
  read: (node: Value) => T,
): Contribution<T>[] {
  const { op, operands } = node;
  const upstream = gradients.get(node);
  if (op === null || upstream === undefined) return [];
  const y = read(node), x = operands.map(read);
  return operands.flatMap((operand, k) => {
    const before = gradients.get(operand);
    if (before === undefined) return [];
    const local = partial(w, op, y, x, k);
    const added = w.mul(upstream, local);
    gradients.set(operand, w.add(before, added));
    return [{ k, before, local, added }];
  });
}

/** The nodes of `y`'s graph through which it depends on any of `xs`, those included, in order. */
export function nodesBetween(xs: readonly Value[], y: Value): Value[] {
  const found = new Set(xs);
  return topologicalOrder(y).filter((node) => {
    const isBetween = found.has(node) || node.operands.some((operand) => found.has(operand));
    if (isBetween) found.add(node);
    return isBetween;
  });
}
