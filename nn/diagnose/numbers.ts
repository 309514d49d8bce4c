import { evaluate, numbers, partial, rules } from "../../engine/internal.ts";
import type { Value } from "../../engine/mod.ts";
import type { Op } from "../../engine/extend.ts";
import { formatNumber } from "../../engine/show/mod.ts";
import type { Finding } from "./diagnose.ts";
import type { Parts } from "./parts.ts";

const tooLarge = "the result is larger than any number that a computer holds, about 1.8e+308";

/**
 * The first value that is NaN or infinite, and how it came about; where all are
 * finite, the first such slope on the way back.
 *
 * @param nodes the graph in topological order.
 */
export function findNonFinite(nodes: readonly Value[], parts: Parts): Finding[] {
  const first = nodes.find(({ data }) => !Number.isFinite(data));
  const found = first ?? [...nodes].reverse().find(steepOperand);
  if (found === undefined) return [];
  const reason = first ? originOf(first, parts) : slopeOf(found);
  const name = parts.nameOf(found);
  const text = first
    ? `The first value that is not finite is ${name} (${formatNumber(first.data)}): ${reason}.`
    : `The first gradient that is not finite arises at ${name}: ${reason}.`;
  return [{ kind: "not finite", text, nodes: [found] }];
}

/** How a value that is not finite came from operands that are. */
function originOf(node: Value, parts: Parts): string {
  const { op, operands } = node;
  if (op === null) {
    return parts.isParameter(node)
      ? "the parameter itself is no finite number; an update was too large, or had such a gradient"
      : "it was given so, not computed";
  }
  const x = operands.map(({ data }) => data);
  const result = evaluate(op, x);
  if (Number.isFinite(result)) return "it was overwritten, or what it was computed from changed";
  const [a, b] = x.map(formatNumber);
  if (op === "div" && x[1] === 0) return `${a} / ${b} divides by zero`;
  if (op === "pow" && x[0] === 0) return `${a} to the power ${b} divides by zero`;
  if (op === "log" && x[0] === 0) return `log of ${a} has no finite value`;
  if (Number.isNaN(result) && (op === "pow" || op === "log" || op === "sqrt")) {
    const call = op === "pow" ? `${a} to the power ${b}` : `${op} of ${a}`;
    return `${call} is not a number`;
  }
  return `${written(op, x)} overflows, ${tooLarge}`;
}

/** An operation with its numbers: `exp(800)`, `1e+200 * 1e+200`. */
function written(op: Op, x: readonly number[]): string {
  const { symbol } = rules[op];
  const [a, b] = x.map(formatNumber);
  if (x.length === 2 && ["add", "sub", "mul", "div"].includes(op)) return `${a} ${symbol} ${b}`;
  if (op === "pow") return `${a} to the power ${b}`;
  const shown = x.length > 4 ? [...x.slice(0, 3).map(formatNumber), "…"] : x.map(formatNumber);
  return `${op}(${shown.join(", ")})`;
}

/** The first operand by which the slope of a finite value is not finite. */
function steepOperand(node: Value): Value | undefined {
  const { op, operands, data, requiresGrad } = node;
  if (op === null || !requiresGrad) return undefined;
  const x = operands.map((operand) => operand.data);
  return operands.find((operand, k) =>
    operand.requiresGrad && !Number.isFinite(partial(numbers, op, data, x, k))
  );
}

function slopeOf(node: Value): string {
  const x = node.operands.map(({ data }) => data);
  return `${written(node.op!, x)} is ${
    formatNumber(node.data)
  }, but its derivative is infinite there`;
}
