import { arity, type BinaryOp, evaluate, type Op, partial, type World, worldOf } from "../rules.ts";
import { nodesBetween, sweep } from "../sweep.ts";
import type { Value } from "../value.ts";

/**
 * A formula as a tree. Every part knows its number, which decides between branches.
 *
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { explain, type Expression, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = new Value(3, { label: "x" });
 * const slope: Expression = explain(x, x.pow(2)).paths[0].locals[0];
 * deepEqual(slope, {
 *   kind: "operation",
 *   op: "mul",
 *   args: [{ kind: "number", value: 2 }, { kind: "symbol", name: "x", value: 3 }],
 *   value: 6,
 * });
 * ```
 */
export type Expression =
  | { kind: "number"; value: number }
  | { kind: "symbol"; name: string; value: number }
  | { kind: "operation"; op: Op; args: readonly Expression[]; value: number }
  | { kind: "dots"; value: number };

/** The largest number of parts of a formula; what is beyond is left out as dots. */
export const partLimit = 200;

/** The most nodes that a derivative is looked for in; each of them may be read as so many parts. */
const nodeLimit = 2000;

/** The number `value`. */
export function number(value: number): Expression {
  return { kind: "number", value };
}

/** Something with a name. */
export function symbol(name: string, value: number): Expression {
  return { kind: "symbol", name, value };
}

/** How a Value with a label is called. */
export type Naming = (value: Value) => string;

const byLabel: Naming = ({ label }) => label;

/** The formula that a Value was computed by, as it was written. */
export function expressionOf(root: Value, nameOf: Naming = byLabel): Expression {
  return build(root, nameOf, operation);
}

/** The same, as one would write it after cleaning up. */
function simplifiedExpressionOf(root: Value, nameOf: Naming): Expression {
  return build(root, nameOf, (op, ...args) => {
    if (arity(op) === Infinity) return operation(op, ...args);
    const make: (...x: Expression[]) => Expression = simplified[op as BinaryOp];
    return make(...args);
  });
}

function build(
  root: Value,
  nameOf: Naming,
  make: (op: Op, ...args: Expression[]) => Expression,
): Expression {
  const depth = affordableDepth(root);
  const visit = (node: Value, level: number): Expression => {
    const name = () => symbol(nameOf(node), node.data);
    if (node.op === null) return node.label ? name() : number(node.data);
    if (level === depth) return node.label ? name() : { kind: "dots", value: node.data };
    return make(node.op, ...node.operands.map((operand) => visit(operand, level + 1)));
  };
  return visit(root, 0);
}

/** How many levels below the root have together no more parts than the limit. */
function affordableDepth(root: Value): number {
  let level: Value[] = [root];
  let parts = 1;
  for (let depth = 0;; depth++) {
    const next: Value[] = [];
    for (const node of level) {
      for (const operand of node.operands) next.push(operand);
      if (parts + next.length > partLimit) return Math.max(depth, 1);
    }
    if (next.length === 0) return depth;
    parts += next.length;
    level = next;
  }
}

/**
 * ∂y/∂x as a formula, by the chain rule over all paths, simplified. Null if it
 * has more parts than a formula can show, or is of thousands of nodes.
 */
export function derivativeExpression(
  y: Value,
  x: Value,
  nameOf: Naming = byLabel,
): Expression | null {
  // A part that is used twice is written twice, so that a formula may have many more parts than
  // the graph has nodes. What is too long is not made: it may still be a factor of 0.
  const tooLong = new Set<Expression>();
  const limited =
    (make: (a: Expression, b: Expression) => Expression) =>
    (a: Expression, b: Expression): Expression => {
      const result = make(a, b);
      if (partsOf(result) <= partLimit) return result;
      const dots: Expression = { kind: "dots", value: result.value };
      tooLong.add(dots);
      return dots;
    };
  const world = { ...simplified, add: limited(add), mul: limited(mul) };
  const known = new Map<Value, Expression>();
  const read = (node: Value) => {
    const expression = known.get(node) ?? simplifiedExpressionOf(node, nameOf);
    known.set(node, expression);
    return expression;
  };
  const nodes = nodesBetween([x], y);
  if (nodes.length > nodeLimit) return null;
  const derivative = sweep(nodes, world, read).get(x) ?? number(0);
  return holds(derivative, tooLong) || partsOf(derivative) > partLimit ? null : derivative;
}

const counts = new WeakMap<Expression, number>();

/** How many parts an expression has, those that are written twice counted twice. */
function partsOf(e: Expression): number {
  if (e.kind !== "operation") return 1;
  const known = counts.get(e);
  if (known !== undefined) return known;
  const count = e.args.reduce((sum, arg) => sum + partsOf(arg), 1);
  counts.set(e, count);
  return count;
}

function holds(e: Expression, parts: ReadonlySet<Expression>): boolean {
  return parts.has(e) || (e.kind === "operation" && e.args.some((arg) => holds(arg, parts)));
}

/**
 * The partial derivative of a node by its operand `k` as a formula, simplified.
 *
 * @param name how the node and its operands appear in it.
 */
export function localDerivative(
  node: Value,
  k: number,
  name: (value: Value) => Expression,
): Expression {
  return partial(simplified, node.op!, name(node), node.operands.map(name), k);
}

/** An operation on expressions as it stands. */
function operation(op: Op, ...args: Expression[]): Expression {
  return { kind: "operation", op, args, value: evaluate(op, args.map(({ value }) => value)) };
}

function is(e: Expression, value: number): boolean {
  return e.kind === "number" && e.value === value;
}

function arguments_(e: Expression, op: Op): readonly Expression[] | null {
  return e.kind === "operation" && e.op === op ? e.args : null;
}

/** Whether two expressions are written the same. */
function same(a: Expression, b: Expression): boolean {
  if (a.kind === "number" && b.kind === "number") return Object.is(a.value, b.value);
  if (a.kind === "symbol" && b.kind === "symbol") return a.name === b.name && a.value === b.value;
  if (a.kind !== "operation" || b.kind !== "operation") return false;
  return a.op === b.op && a.args.length === b.args.length &&
    a.args.every((arg, i) => same(arg, b.args[i]));
}

/** A product as a number times the rest; the rest of a number is null. */
function coefficient(e: Expression): [number, Expression | null] {
  if (e.kind === "number") return [e.value, null];
  const negated = arguments_(e, "neg");
  if (negated) {
    const [k, rest] = coefficient(negated[0]);
    return [-k, rest];
  }
  const factors = arguments_(e, "mul");
  return factors?.[0].kind === "number" ? [factors[0].value, factors[1]] : [1, e];
}

/** A factor as a base to the power of a number. */
function power(e: Expression): [Expression, number] {
  const args = arguments_(e, "pow");
  return args?.[1].kind === "number" ? [args[0], args[1].value] : [e, 1];
}

function scaled(k: number, rest: Expression | null): Expression {
  if (rest === null || k === 0) return number(k + 0);
  if (k === 1) return rest;
  return k === -1 ? operation("neg", rest) : operation("mul", number(k), rest);
}

function add(a: Expression, b: Expression): Expression {
  const [j, u] = coefficient(a), [k, v] = coefficient(b);
  if (u === null && v === null) return number(j + k);
  if (j === 0) return b;
  if (k === 0) return a;
  if (u && v && same(u, v)) return scaled(j + k, u);
  if (k < 0) return operation("sub", a, scaled(-k, v));
  return j < 0 ? operation("sub", b, scaled(-j, u)) : operation("add", a, b);
}

function mul(a: Expression, b: Expression): Expression {
  const [j, u] = coefficient(a), [k, v] = coefficient(b);
  if (u === null || v === null) return scaled(j * k, u ?? v);
  const [over, under] = [arguments_(u, "div"), arguments_(v, "div")];
  if (under) return div(scaled(j * k, mul(u, under[0])), under[1]);
  if (over) return div(scaled(j * k, mul(over[0], v)), over[1]);
  const [p, m] = power(u), [q, n] = power(v);
  return scaled(j * k, same(p, q) ? pow(p, number(m + n)) : operation("mul", u, v));
}

function div(a: Expression, b: Expression): Expression {
  const fraction = arguments_(a, "div");
  if (fraction) return div(fraction[0], mul(fraction[1], b));
  const [j, u] = coefficient(a), [k, v] = coefficient(b);
  if (k < 0) return div(scaled(-j, u), scaled(-k, v));
  if (j < 0) return mul(number(-1), div(scaled(-j, u), b));
  if (k !== 1 && Number.isInteger(j / k)) return div(scaled(j / k, u), scaled(1, v));
  if (Number.isFinite(j) && !Number.isInteger(j) && Number.isInteger(1 / j)) {
    return div(scaled(1, u), scaled(k / j, v));
  }
  if (is(b, 1) || is(a, 0)) return a;
  return u && v && same(u, v) ? div(number(j), number(k)) : operation("div", a, b);
}

function pow(a: Expression, b: Expression): Expression {
  if (is(b, 0)) return number(1);
  if (is(b, 1)) return a;
  if (a.kind === "number" && b.kind === "number" && Number.isInteger(a.value ** b.value)) {
    return number(a.value ** b.value);
  }
  return operation("pow", a, b);
}

/** The world of expressions, in which a derivative comes out as one would write it by hand. */
export const simplified: World<Expression> = {
  ...worldOf<Expression>(
    number,
    ({ value }) => value,
    (op) => (x) => operation(op, x),
    (op) => (a, b) => operation(op, a, b),
  ),
  add,
  sub: (a, b) => add(a, mul(number(-1), b)),
  neg: (x) => mul(number(-1), x),
  mul,
  div,
  pow,
};
