import type { World } from "../../engine/extend.ts";
import { numbers, sweep, worldOf } from "../../engine/internal.ts";
import type { Value } from "../../engine/mod.ts";
import { formatNumber } from "../../engine/show/mod.ts";
import type { Finding } from "./diagnose.ts";
import type { Parts } from "./parts.ts";

/** The gradient that a loss gives, and the sum of the sizes of what was added up to it. */
interface Gradient {
  value: number;
  size: number;
}

/**
 * Compares the stored gradients of the parameters with those of this graph.
 *
 * @param nodes the graph in topological order.
 * @param stale whether data changed since; then only missing gradients are told.
 */
export function findFalseGradients(
  nodes: readonly Value[],
  parameters: readonly Value[],
  parts: Parts,
  stale: boolean,
): Finding[] {
  const gradients = sweep(nodes.filter((node) => node.requiresGrad), sized, (x) => of(x.data));
  const right = (p: Value) => gradients.get(p)?.value ?? 0;
  const size = (p: Value) => gradients.get(p)?.size ?? 0;
  const isTimes = (p: Value, factor: number) =>
    Object.is(p.grad, right(p) * factor) ||
    Math.abs(p.grad - right(p) * factor) <= 1e-9 * (1 + Math.abs(factor)) * size(p);

  const finding = (nodes: readonly Value[], text: string): Finding[] => [
    { kind: "gradient", text, nodes },
  ];
  const moving = parameters.filter((p) => right(p) !== 0);
  if (moving.length > 0 && parameters.every(({ grad }) => grad === 0)) {
    return finding(
      moving,
      `All gradients are 0, also that of ${parts.nameOf(moving[0])}, on which this loss depends: ` +
        `backward() has not been called.`,
    );
  }
  const wrong = parameters.filter((p) => !isTimes(p, 1));
  if (stale || wrong.length === 0) return [];

  // The largest gradient tells the factor best.
  const largest = parameters.reduce((a, b) => Math.abs(right(b)) > Math.abs(right(a)) ? b : a);
  const exact = largest.grad / right(largest);
  const factor = Math.abs(exact - Math.round(exact)) < 1e-6 ? Math.round(exact) : exact;
  const n = wrong.length - 1;
  const others = n === 1 ? "that of another parameter is" : `those of ${n} other parameters are`;
  const too = (how = "") => n === 0 ? "" : `, and ${others}${how}, too`;
  const [first] = wrong;
  const isMultiple = factor > 1 && parameters.every((p) => isTimes(p, factor));
  const text = isMultiple
    ? `${formatNumber(factor)} times what this loss gives${too()}: zeroGrad() was forgotten, or ` +
      `backward() was called more than once.`
    : `${formatNumber(first.grad)}, but this loss gives ${formatNumber(right(first))}` +
      `${too(" wrong")}: zeroGrad() was forgotten, or the gradients are those of another loss.`;
  return finding(wrong, `The gradient of ${parts.nameOf(first)} is ${text}`);
}

const of = (value: number): Gradient => ({ value, size: Math.abs(value) });

/** The world of numbers that remember how large the terms were that they are the sum of. */
const sized: World<Gradient> = {
  ...worldOf<Gradient>(
    of,
    ({ value }) => value,
    (op) => (x) => of(numbers[op](x.value)),
    (op) => (a, b) => of(numbers[op](a.value, b.value)),
  ),
  add: (a, b) => ({ value: a.value + b.value, size: a.size + b.size }),
  mul: (a, b) => ({ value: a.value * b.value, size: a.size * b.size }),
};
