import type { Value } from "../../engine/mod.ts";
import { evaluate } from "../../engine/internal.ts";
import type { Finding } from "./diagnose.ts";
import type { Parts } from "./parts.ts";

/**
 * Data that changed after the graph was computed: results that no longer follow
 * from their operands.
 *
 * @param nodes the graph in topological order.
 */
export function findStale(nodes: readonly Value[], parts: Parts): Finding[] {
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
  const suspects = nodes.filter((node) =>
    (node.op === null || stale.has(node)) &&
    (used.get(node)?.every((use) => stale.has(use)) ?? false)
  );
  // Perhaps one change explains all: no other result is stale, and all ask for the same old data.
  const alone = suspects.filter((node) => {
    const uses = used.get(node)!;
    return uses.length + Number(stale.has(node)) === stale.size && agree(node, uses);
  });
  const changed = parts.sorted(
    [
      alone.filter(({ requiresGrad }) => requiresGrad),
      alone,
      suspects.filter(({ op, requiresGrad }) => op === null && requiresGrad),
      [...stale],
    ].find((list) => list.length > 0)!,
  );
  return [{
    kind: "stale",
    text: `The data of ${parts.list(changed, "or")} changed after the loss was computed: compute ` +
      `the loss again.`,
    nodes: changed,
  }];
}

/** Whether results that `node` went into can all have been computed from one other data of it. */
function agree(node: Value, uses: readonly Value[]): boolean {
  const linear = ["add", "sub", "neg", "mul", "sum", "dot"];
  const place = ({ operands }: Value) => operands.indexOf(node);
  const isTold = uses.every((use) =>
    linear.includes(use.op!) && use.operands.lastIndexOf(node) === place(use)
  );
  if (!isTold) return true; // not so easily
  const at = (use: Value, data: number) =>
    evaluate(use.op!, use.operands.map((operand) => operand.data).with(place(use), data));
  const slope = (use: Value) => at(use, node.data + 1) - at(use, node.data);
  const [first] = uses;
  const before = node.data + (first.data - at(first, node.data)) / slope(first);
  return uses.every((use) =>
    Math.abs(at(use, before) - use.data) <= 1e-6 * Math.abs(use.data - at(use, node.data))
  );
}

/** Whether a result differs from what its operands give now, by more than rounding. */
function isStale({ op, operands, data }: Value): boolean {
  if (op === null) return false;
  const now = evaluate(op, operands.map((operand) => operand.data));
  return !Object.is(now, data) && !(Math.abs(now - data) <= 1e-12 * Math.abs(now));
}
