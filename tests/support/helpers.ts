/**
 * What several tests share.
 *
 * @module
 */
import { topologicalOrder } from "../../engine/extend.ts";
import type { RandomGenerator, Value } from "../../mod.ts";
import {
  arity,
  type BinaryOp,
  type NaryOp,
  type Op,
  ops,
  rules,
  type UnaryOp,
} from "../../engine/rules.ts";
import { applyList } from "../../engine/list_operations.ts";
import { applyBinary, applyUnary, type Operand } from "../../engine/value.ts";

/** Any operation of the table on its operands. */
export function apply(op: Op, x: readonly Operand[]): Value {
  const n = arity(op);
  if (n === 1) return applyUnary(op as UnaryOp, x[0]);
  if (n === 2) return applyBinary(op as BinaryOp, x[0], x[1]);
  return applyList(op as NaryOp, x);
}

/** Every operation, with each number of operands that tests try: lists of 1 to 5. */
export const cases: readonly { op: Op; count: number; name: string }[] = ops.flatMap((op) => {
  const n = arity(op);
  const counts = n !== Infinity ? [n] : [1, 2, 3, 4, 5].map((k) => op === "dot" ? 2 * k : k);
  return counts.map((count) => ({
    op,
    count,
    name: n === Infinity ? `${op} of ${count} operands` : op,
  }));
});

/** The operations with a corner where their first operand is 0. */
export const corneredAtZero: readonly Op[] = ["abs", "relu", "leakyRelu", "elu"];
/** Those with one where their operands are the same. */
export const corneredAtTies: readonly Op[] = ["max", "min"];

/** Operands from the operation's interval, not within 1e-3 of a corner or a tie. */
export function sample(op: Op, count: number, generator: RandomGenerator): number[] {
  const [low, high] = rules[op].at;
  for (;;) {
    const x = Array.from({ length: count }, () => generator.uniform(low, high));
    if (corneredAtZero.includes(op) && Math.abs(x[0]) < 1e-3) continue;
    if (corneredAtTies.includes(op) && Math.abs(x[0] - x[1]) < 1e-3) continue;
    return x;
  }
}

/** An operation on operands up to 2.5 in size; those of `tan` are halved, whose pole is at π/2. */
export function applyTamed(op: Op, x: readonly Value[]): Value {
  return apply(op, op === "tan" ? x.map((xi) => xi.mul(.5)) : x);
}

/** The gradients that one `backward()` from `y` leaves in `xs`. */
export function gradients(y: Value, xs: readonly Value[]): number[] {
  for (const x of xs) x.grad = 0;
  y.backward();
  return xs.map((x) => x.grad);
}

/** |a − b|, relative to max(1, |a|, |b|); 0 for equal infinities and for two NaN. */
export function difference(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  return Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));
}

/** (f(x + h) − f(x − h)) / 2h in the coordinate `i`. */
export function centralDifference(
  f: (x: readonly number[]) => number,
  x: readonly number[],
  i: number,
): number {
  const h = 6e-6 * Math.max(1, Math.abs(x[i]));
  const at = (xi: number) => f(x.with(i, xi));
  return (at(x[i] + h) - at(x[i] - h)) / (x[i] + h - (x[i] - h));
}

/** A graph as nested text, leaves by label or number: `mul(a, add(b, 1))`. */
export function structure(y: Value): string {
  const text = new Map<Value, string>();
  for (const v of topologicalOrder(y)) {
    const leaf = v.requiresGrad ? v.label || `Value(${v.data})` : String(v.data);
    text.set(v, v.op === null ? leaf : `${v.op}(${v.operands.map((x) => text.get(x)).join(", ")})`);
  }
  return text.get(y)!;
}

/** What a graph holds: data, gradient and operation of every node, in order. */
export function contents(y: Value): (number | string | null)[][] {
  return topologicalOrder(y).map(({ data, grad, op, label }) => [data, grad, op, label]);
}

/** Things that are neither a Value nor a number, and how an error message calls them. */
export const strangers: readonly [thing: unknown, name: string][] = [
  ["2", 'string "2"'],
  ["", 'string ""'],
  [undefined, "undefined"],
  [null, "null"],
  [true, "boolean true"],
  [2n, "bigint 2"],
  [{ data: 2 }, "an object of class Object"],
  [Object.create(null), "an object of class null"],
  [[1, 2], "an array of 2"],
  [new Date(0), "an object of class Date"],
  [Math.sin, "function sin"],
  [Symbol("x"), "symbol Symbol(x)"],
];

/** A wrong argument, past the type checker, as a caller without types would pass it. */
export function untyped<T>(thing: unknown): T {
  return thing as T;
}
