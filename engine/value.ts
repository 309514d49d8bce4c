import { checkCount, checkOptions, describe } from "./arguments.ts";
import { backward } from "./backward.ts";
import { display, inspect, type MimeBundle } from "./show/jupyter.ts";
import { type BinaryOp, type Op, rules, type UnaryOp } from "./rules.ts";
import { current, type Scope } from "./scope.ts";

/**
 * What every operation takes: a {@link Value}, or a number, which becomes a constant.
 *
 * @category Values
 * @example
 * ```ts
 * import { mul, type Operand, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const twice = (x: Operand): Value => mul(2, x);
 * deepEqual([twice(3).data, twice(new Value(4)).data], [6, 8]);
 * ```
 */
export type Operand = Value | number;

/**
 * Options of the {@link Value} constructor.
 *
 * @category Values
 * @example
 * ```ts
 * import { formula, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const mass = new Value(2, { label: "m" });
 * deepEqual(formula(mass.mul(9.81)).latex, String.raw`m \cdot 9.81`);
 * ```
 */
export interface ValueOptions {
  /** The name shown in graphs and formulas. Default: none. */
  label?: string;
}

/** What an operation is called that a user has given a name. */
interface Labelled {
  readonly label: string;
  readonly scope: Scope | null;
}

/** Stands for the options where the constructor is not called by a user. */
const byOperation = Symbol("by an operation");

/**
 * A number that remembers how it was computed, so that the chain rule can be
 * walked backwards through the computation. Its operations take Values and
 * numbers, and throw a TypeError for anything else.
 *
 * @category Values
 * @example
 * ```ts
 * import { Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const a = new Value(2, { label: "a" });
 * const b = new Value(-3, { label: "b" });
 * const y = a.mul(b).add(10);
 * y.backward();
 * deepEqual([y.data, a.grad, b.grad], [4, -3, 2]);
 * ```
 */
export class Value {
  // Declared: as fields all would be undefined first, and V8 would make a new object for a number
  // whenever it changes. With them, a step of training takes half as long again. And few: what
  // excludes one another shares a field, since a node of a large graph costs what its memory does.

  /** The number. Assign to it to update a parameter, as in `p.data -= 0.1 * p.grad`. */
  declare data: number;
  /** ∂(root)/∂(this), filled in by `root.backward()`; it adds up over calls in leaves. */
  declare grad: number;
  /** The operation that made this value, or `null` for a leaf. */
  declare readonly op: Op | null;
  /** Whether gradients flow here: true of leaves made with `new`, false of lifted numbers. */
  declare readonly requiresGrad: boolean;
  /** @ignore the first operand; of an operation on a list `null` */
  declare readonly a: Value | null;
  /** @ignore the second operand; of an operation on a list all of them */
  declare readonly b: Value | Value[] | null;
  /** @ignore the last traversal that saw this node; or below 0 which one it is, while it is compiled */
  declare mark: number;
  /** @ignore the next one on the way of a traversal, while it lasts */
  declare link: Value | null;
  /** @ignore of a leaf its label, of an operation its scope; both of an operation with a label */
  declare about: string | Scope | Labelled | null;

  /**
   * A leaf of the computation graph.
   *
   * @param data any number; NaN and the infinities flow through as IEEE 754 says.
   * @throws {TypeError} if `data` is not a number or the label not a string.
   * @throws {RangeError} for an option of another name.
   */
  constructor(data: number, options?: ValueOptions);
  /** @ignore a node as operations make it */
  constructor(
    data: number,
    made: symbol,
    op: Op | null,
    requiresGrad: boolean,
    a: Value | null,
    b: Value | Value[] | null,
  );
  constructor(
    data: number,
    options?: ValueOptions | symbol,
    op: Op | null = null,
    requiresGrad = true,
    a: Value | null = null,
    b: Value | Value[] | null = null,
  ) {
    const isNode = options === byOperation;
    // To look at `arguments` here would make every node a tenth slower.
    const isPlain = typeof data === "number" && (isNode || options === undefined && op === null);
    this.data = data;
    this.grad = 0;
    this.about = isPlain ? op === null ? "" : current : checkedLabel(data, options, op);
    this.op = op;
    this.requiresGrad = requiresGrad;
    this.a = a;
    this.b = b;
    this.mark = 0;
    this.link = null;
  }

  /** The name shown in graphs; empty for none. */
  get label(): string {
    const { about } = this;
    if (typeof about === "string") return about;
    return about !== null && "label" in about ? about.label : "";
  }
  /** @throws {TypeError} if the label is not a string. */
  set label(label: string) {
    checkLabel(label);
    this.about = this.op === null ? label : { label, scope: this.scope };
  }

  /** @ignore the part of a model that made this node */
  get scope(): Scope | null {
    const { about } = this;
    if (typeof about === "string" || about === null) return null;
    return "label" in about ? about.scope : about;
  }

  /** The values this one was computed from, in order; empty for a leaf. */
  get operands(): readonly Value[] {
    const { a, b } = this;
    if (a === null) return Array.isArray(b) ? b : [];
    return b instanceof Value ? [a, b] : [a];
  }

  /**
   * Backpropagation: fills `grad` of everything this value was computed from
   * with the derivative of this value by it. Leaves add to what they had, so
   * reset them between steps; interior nodes start from zero.
   *
   * Linnainmaa, "Taylor expansion of the accumulated rounding error", BIT 16 (1976).
   *
   * @example
   * ```ts
   * import { Value } from "chainrule";
   * import { deepEqual } from "node:assert/strict";
   *
   * const a = new Value(3);
   * a.add(a).backward();
   * deepEqual(a.grad, 2);
   * ```
   */
  backward(): void {
    checkCount("Value.backward", arguments, 0);
    backward(this);
  }

  /**
   * The number of this as a constant: for derivatives, a result that nothing leads to. A target
   * that is computed by the model itself is detached, so that the model moves towards the target
   * and not the target towards the model; and so is an average over steps, as in momentum, which
   * would otherwise hold the graphs of all steps before.
   *
   * @example
   * ```ts
   * import { Value } from "chainrule";
   * import { deepEqual } from "node:assert/strict";
   *
   * const x = new Value(3);
   * x.mul(x.detach()).backward();
   * deepEqual(x.grad, 3); // and not 6
   * ```
   */
  detach(): Value {
    checkCount("Value.detach", arguments, 0);
    const leaf = constant(this.data);
    detached.add(leaf);
    return leaf;
  }

  /** this + x */
  add(x: Operand): Value {
    checkCount("Value.add", arguments, 1);
    const b = x instanceof Value ? x : lift(x, "add", "the second operand");
    return binaryNode("add", this.data + b.data, this, b);
  }
  /** this − x */
  sub(x: Operand): Value {
    checkCount("Value.sub", arguments, 1);
    return applyBinary("sub", this, x);
  }
  /** this · x */
  mul(x: Operand): Value {
    checkCount("Value.mul", arguments, 1);
    const b = x instanceof Value ? x : lift(x, "mul", "the second operand");
    return binaryNode("mul", this.data * b.data, this, b);
  }
  /** this / x, by IEEE 754 also where x is 0 */
  div(x: Operand): Value {
    checkCount("Value.div", arguments, 1);
    return applyBinary("div", this, x);
  }
  /** this to the power x; NaN for a negative base with an exponent that is not whole */
  pow(x: Operand): Value {
    checkCount("Value.pow", arguments, 1);
    return applyBinary("pow", this, x);
  }
  /** The larger of this and x; a tie passes half of the gradient to each. */
  max(x: Operand): Value {
    checkCount("Value.max", arguments, 1);
    return applyBinary("max", this, x);
  }
  /** The smaller of this and x; a tie passes half of the gradient to each. */
  min(x: Operand): Value {
    checkCount("Value.min", arguments, 1);
    return applyBinary("min", this, x);
  }
  /** This where it is between two bounds, else the bound that it is beyond: `max`, then `min`. */
  clamp(min: Operand, max: Operand): Value {
    checkCount("Value.clamp", arguments, 2);
    const low = min instanceof Value ? min : lift(min, "clamp", "min");
    const high = max instanceof Value ? max : lift(max, "clamp", "max");
    return this.max(low).min(high);
  }
  /** −this */
  neg(): Value {
    checkCount("Value.neg", arguments, 0);
    return applyUnary("neg", this);
  }
  /** e to the power of this */
  exp(): Value {
    checkCount("Value.exp", arguments, 0);
    return applyUnary("exp", this);
  }
  /** The natural logarithm; −∞ at 0 and NaN below. */
  log(): Value {
    checkCount("Value.log", arguments, 0);
    return applyUnary("log", this);
  }
  /** The square root; NaN below 0. */
  sqrt(): Value {
    checkCount("Value.sqrt", arguments, 0);
    return applyUnary("sqrt", this);
  }
  /** |this|, with derivative 0 at 0. */
  abs(): Value {
    checkCount("Value.abs", arguments, 0);
    return applyUnary("abs", this);
  }
  /** log(1 + this), to the last digit also near 0. */
  log1p(): Value {
    checkCount("Value.log1p", arguments, 0);
    return applyUnary("log1p", this);
  }
  /** exp(this) − 1, to the last digit also near 0. */
  expm1(): Value {
    checkCount("Value.expm1", arguments, 0);
    return applyUnary("expm1", this);
  }
  /** The hyperbolic tangent, between −1 and 1. */
  tanh(): Value {
    checkCount("Value.tanh", arguments, 0);
    return applyUnary("tanh", this);
  }
  /** 1 / (1 + exp(−this)), between 0 and 1. */
  sigmoid(): Value {
    checkCount("Value.sigmoid", arguments, 0);
    return applyUnary("sigmoid", this);
  }
  /** This where positive, else 0; with derivative 0 at 0. */
  relu(): Value {
    checkCount("Value.relu", arguments, 0);
    return applyUnary("relu", this);
  }
  /** This where positive, else this times the slope, which is the derivative at 0 too. */
  leakyRelu(slope: Operand = 0.01): Value {
    checkCount("Value.leakyRelu", arguments, 1);
    return applyBinary("leakyRelu", this, slope);
  }
  /** This where positive, else alpha · (exp(this) − 1); with derivative alpha at 0. */
  elu(alpha: Operand = 1): Value {
    checkCount("Value.elu", arguments, 1);
    return applyBinary("elu", this, alpha);
  }
  /** This times the normal distribution's Φ(this) = (1 + erf(this / √2)) / 2. */
  gelu(): Value {
    checkCount("Value.gelu", arguments, 0);
    return applyUnary("gelu", this);
  }
  /** This times sigmoid(this); also called swish. */
  silu(): Value {
    checkCount("Value.silu", arguments, 0);
    return applyUnary("silu", this);
  }
  /** log(1 + exp(this)), a smooth relu, without overflow. */
  softplus(): Value {
    checkCount("Value.softplus", arguments, 0);
    return applyUnary("softplus", this);
  }
  /** The sine of this, in radians. */
  sin(): Value {
    checkCount("Value.sin", arguments, 0);
    return applyUnary("sin", this);
  }
  /** The cosine of this, in radians. */
  cos(): Value {
    checkCount("Value.cos", arguments, 0);
    return applyUnary("cos", this);
  }
  /** The tangent of this, in radians. */
  tan(): Value {
    checkCount("Value.tan", arguments, 0);
    return applyUnary("tan", this);
  }
  /** The angle whose tangent this is, from −π/2 to π/2. */
  atan(): Value {
    checkCount("Value.atan", arguments, 0);
    return applyUnary("atan", this);
  }
  /** The hyperbolic sine, (exp(this) − exp(−this)) / 2. */
  sinh(): Value {
    checkCount("Value.sinh", arguments, 0);
    return applyUnary("sinh", this);
  }
  /** The hyperbolic cosine, (exp(this) + exp(−this)) / 2. */
  cosh(): Value {
    checkCount("Value.cosh", arguments, 0);
    return applyUnary("cosh", this);
  }
  /** The error function, 2/√π times the integral of exp(−t²) from 0 to this. */
  erf(): Value {
    checkCount("Value.erf", arguments, 0);
    return applyUnary("erf", this);
  }

  /** `Value(data=6)` */
  toString(): string {
    return `Value(data=${Object.is(this.data, -0) ? "-0" : this.data})`;
  }

  /** @ignore `${value}` is its text; `value + 1` would silently join texts, so it throws. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw new TypeError(
      "Value: JavaScript's own operators do not work on Values; write a.add(b), or math`${a} + ${b}`",
    );
  }

  /** @ignore */
  [inspect](): string {
    return this.toString();
  }

  /** @ignore the graph of the computation, as a picture */
  async [display](): Promise<MimeBundle> {
    const { renderValue } = await import("./graph/value_view.ts");
    return await renderValue(this);
  }
}

/** The label of a leaf, after a look at what the constructor was given. */
function checkedLabel(data: number, options: ValueOptions | symbol | undefined, more: unknown) {
  if (options === byOperation) {
    // As the text "4" is, which + puts beside the next number.
    const got = `got ${describe(data)} from them`;
    throw new TypeError(`${more}: data of the operands must be numbers, ${got}`);
  }
  if (typeof data !== "number") {
    throw new TypeError(`Value: data must be a number, got ${describe(data)}`);
  }
  if (more !== null) checkCount("Value", [data, options, more], 2);
  if (options === undefined) return "";
  checkOptions<ValueOptions>("Value", options, { label: "string" });
  const { label = "" }: ValueOptions = Object(options);
  checkLabel(label);
  return label;
}

function checkLabel(label: string): void {
  if (typeof label === "string") return;
  throw new TypeError(`Value: label must be a string, got ${describe(label)}`);
}

/** A node with everything that only operations may give it. */
export function makeNode(
  data: number,
  op: Op | null,
  requiresGrad: boolean,
  a: Value | null,
  b: Value | Value[] | null,
): Value {
  return new Value(data, byOperation, op, requiresGrad, a, b);
}

const detached = new WeakSet<Value>();

/** Whether a leaf was a result that was detached: another time its number may be another. */
export function isDetached(leaf: Value): boolean {
  return detached.has(leaf);
}

/** Throws unless `x` is a Value. */
export function checkValue(name: string, x: unknown): asserts x is Value {
  if (!(x instanceof Value)) throw new TypeError(`${name} must be a Value, got ${describe(x)}`);
}

/** A leaf that no gradient flows to. */
export function constant(data: number): Value {
  return makeNode(data, null, false, null, null);
}

/** An operand as a Value: a number becomes a constant. */
export function lift(x: Operand, op: string, position: string): Value {
  if (typeof x === "number") return constant(x);
  throw new TypeError(`${op}: ${position} must be a Value or a number, got ${describe(x)}`);
}

/** A new node: the operation `op` on one operand. */
export function applyUnary(op: UnaryOp, x: Operand): Value {
  const a = x instanceof Value ? x : lift(x, op, "the operand");
  return makeNode(rules[op].f(a.data), op, a.requiresGrad, a, null);
}

/** A new node: the operation `op` on two operands. */
export function applyBinary(op: BinaryOp, x: Operand, y: Operand): Value {
  const a = x instanceof Value ? x : lift(x, op, "the first operand");
  const b = y instanceof Value ? y : lift(y, op, "the second operand");
  return binaryNode(op, rules[op].f(a.data, b.data), a, b);
}

/** `add` and `mul` come here without the table, which makes them half as fast again. */
function binaryNode(op: BinaryOp, data: number, a: Value, b: Value): Value {
  return makeNode(data, op, a.requiresGrad || b.requiresGrad, a, b);
}
