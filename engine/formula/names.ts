import { type Expression, number, symbol } from "./expression.ts";
import { asName } from "../show/text.ts";
import { textNumber } from "./notation.ts";
import type { Value } from "../value.ts";

/** How the nodes of a graph are called. */
export type NodeNames = ReadonlyMap<Value, string>;

/** Names by label; constants by their number, everything else `v1`, `v2`, … in order. */
export function nameAll(nodes: readonly Value[]): NodeNames {
  let unnamed = 0;
  return new Map(nodes.map((node) => {
    if (node.label) return [node, asName(node.label)];
    return [node, isConstant(node) ? textNumber(node.data) : `v${++unnamed}`];
  }));
}

/** A node in a formula: by its name, or as a number if it is a constant without a label. */
export function inFormula(names: NodeNames): (node: Value) => Expression {
  return (node) =>
    isConstant(node) && !node.label ? number(node.data) : symbol(names.get(node)!, node.data);
}

function isConstant({ op, requiresGrad }: Value): boolean {
  return op === null && !requiresGrad;
}
