import type { Scope } from "../scope.ts";
import { type Expression, number, symbol } from "./expression.ts";
import { asName } from "../show/text.ts";
import { textNumber } from "./notation.ts";
import type { Value } from "../value.ts";

/** How the nodes of a graph are called. */
export type NodeNames = ReadonlyMap<Value, string>;

/**
 * Names by label; constants by their number, everything else `v1`, `v2`, … in order.
 *
 * @param nodes in topological order.
 */
export function nameAll(nodes: readonly Value[]): NodeNames {
  const labels = nameLabels(nodes);
  const taken = new Set(labels.values());
  let unnamed = 0;
  const next = () => {
    do unnamed++; while (taken.has(`v${unnamed}`));
    return `v${unnamed}`;
  };
  return new Map(nodes.map((node) => [
    node,
    labels.get(node) ?? (isConstant(node) ? textNumber(node.data) : next()),
  ]));
}

/**
 * A name for each node with a label: the label, where no two nodes have the
 * same. Else the parameters of a network's units say to which unit they belong:
 * `w⁽²⁾₁,₀` is the w0 of neuron 1 in layer 2, and what is then still alike gets
 * primes.
 *
 * @param nodes in topological order.
 */
export function nameLabels(nodes: readonly Value[]): Map<Value, string> {
  const labelled = nodes.filter(({ label }) => label !== "");
  const seen = new Set<string>(), repeated = new Set<string>();
  for (const { label } of labelled) {
    if (seen.has(label)) repeated.add(stemOf(label).stem);
    seen.add(label);
  }
  const places = repeated.size > 0 ? findPlaces(nodes) : new Map<Value, readonly number[]>();
  const names = new Map<Value, string>(), taken = new Set<string>();
  for (const node of labelled) {
    const place = repeated.has(stemOf(node.label).stem) ? places.get(node) ?? [] : [];
    let name = atPlace(asName(node.label), place);
    while (taken.has(name)) name += "′";
    taken.add(name);
    names.set(node, name);
  }
  return names;
}

/** A label and the number at its end, if it has one: `w` and `0` of `w0` and of `w_0`. */
function stemOf(label: string): { stem: string; index: string } {
  const parts = label.match(/^(.+?)_?(\d+)$/);
  return parts === null ? { stem: label, index: "" } : { stem: parts[1], index: parts[2] };
}

/** The numbers of the parts around the leaves that are used in one part only: layer and neuron. */
function findPlaces(nodes: readonly Value[]): Map<Value, readonly number[]> {
  const known = new Map<Scope | null, readonly number[]>([[null, []]]);
  const numbersOf = (scope: Scope | null): readonly number[] => {
    const numbers = known.get(scope);
    if (numbers !== undefined || scope === null) return numbers ?? [];
    const own = scope.name.match(/ (\d+)$/);
    const all = [...numbersOf(scope.parent), ...own ? [Number(own[1])] : []];
    known.set(scope, all);
    return all;
  };
  const places = new Map<Value, readonly number[]>();
  for (const { scope, operands } of nodes) {
    const place = numbersOf(scope);
    for (const operand of operands) {
      if (operand.op !== null) continue;
      const before = places.get(operand) ?? place;
      places.set(operand, `${before}` === `${place}` ? place : []);
    }
  }
  return places;
}

/** A label with a place, the unit set low and what it lies in high. */
function atPlace(label: string, place: readonly number[]): string {
  if (place.length === 0) return label;
  const { stem, index } = stemOf(label);
  const unit = place[place.length - 1], around = place.slice(0, -1);
  const high = around.length === 0 ? "" : `⁽${digitsFrom("⁰¹²³⁴⁵⁶⁷⁸⁹", around.join())}⁾`;
  return stem + high + digitsFrom("₀₁₂₃₄₅₆₇₈₉", index === "" ? `${unit}` : `${unit},${index}`);
}

function digitsFrom(digits: string, numbers: string): string {
  return numbers.replace(/\d/g, (digit) => digits[Number(digit)]);
}

/** A node in a formula: by its name, or as a number if it is a constant without a label. */
export function inFormula(names: NodeNames): (node: Value) => Expression {
  return (node) =>
    isConstant(node) && !node.label ? number(node.data) : symbol(names.get(node)!, node.data);
}

function isConstant({ op, requiresGrad }: Value): boolean {
  return op === null && !requiresGrad;
}
