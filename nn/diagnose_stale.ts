import type { Value } from "../engine/mod.ts";
import { evaluate } from "../engine/rules.ts";
import type { Finding } from "./diagnose.ts";
import type { Names } from "./diagnose_names.ts";

/**
 * Data that changed after the graph was computed: results that no longer follow
 * from their operands.
 *
 * @param nodes the graph in topological order.
 */
export function findStale(nodes: readonly Value[], names: Names): Finding[] {
  const stale = new Set(nodes.filter(isStale));
  if (stale.size === 0) return [];
  const used = new Map<Value, Value[]>();
  for (const node of nodes) {
    for (const operand of new Set(node.operands)) {
      const uses = used.get(operand);
      if (uses) uses.push(node);
      else used.set(operand, [node]);
    }
  }
  // If a value changed, then as a rule every result that it went into is stale.
  const isSuspect = (node: Value) => used.get(node)?.every((use) => stale.has(use)) ?? false;
  const overwritten = nodes.filter((node) => stale.has(node) && isSuspect(node));
  const inputs = nodes.filter((node) => node.op === null && isSuspect(node));
  const trainable = inputs.filter(({ requiresGrad }) => requiresGrad);
  const suspects = [overwritten, trainable, inputs].find((list) => list.length > 0) ?? [...stale];
  return [{
    kind: "stale",
    text:
      `The data of ${names.list(suspects, "or")} changed after the loss was computed: compute ` +
      `the loss again.`,
    nodes: suspects,
  }];
}

/** Whether a result differs from what its operands give now, by more than rounding. */
function isStale({ op, operands, data }: Value): boolean {
  if (op === null) return false;
  const now = evaluate(op, operands.map((operand) => operand.data));
  return !Object.is(now, data) && !(Math.abs(now - data) <= 1e-12 * Math.abs(now));
}
