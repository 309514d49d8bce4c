import { choose, type World } from "../../rules.ts";
import type { Expr, Lanes } from "./lanes.ts";

/**
 * The arithmetic of vectors: evaluating a rule of the table in this world
 * writes its code. Fixed numbers are folded, so that x² needs no power.
 */
export function laneWorld(b: Lanes): World<Expr> {
  const isLiteral = (x: Expr, value?: number) =>
    x.kind === "literal" && (value === undefined || Object.is(x.value, value));
  const fold = (f: (x: number, y: number) => number, kind: "add" | "sub" | "mul" | "div") => {
    return (x: Expr, y: Expr): Expr =>
      isLiteral(x) && isLiteral(y) ? b.literal(f(x.value, y.value)) : b.op(kind, x, y);
  };
  const add = fold((x, y) => x + y, "add");
  const sub = fold((x, y) => x - y, "sub");
  const product = fold((x, y) => x * y, "mul");
  const neg = (x: Expr) => isLiteral(x) ? b.literal(-x.value) : b.op("neg", x);
  const mul = (x: Expr, y: Expr): Expr => {
    if (isLiteral(x, 1)) return y;
    if (isLiteral(y, 1)) return x;
    if (isLiteral(x, -1)) return neg(y);
    return isLiteral(y, -1) ? neg(x) : product(x, y);
  };
  const pow = (x: Expr, y: Expr): Expr => {
    if (isLiteral(y, 1)) return x;
    if (isLiteral(y, 2)) return b.op("mul", x, x);
    if (isLiteral(y, 3)) return b.op("mul", b.op("mul", x, x), x);
    if (isLiteral(y, -1)) return b.op("div", b.literal(1), x);
    const half = halfPower(b, x);
    if (isLiteral(y, .5)) return half.root;
    if (isLiteral(y, 1.5)) return b.op("mul", half.x, half.root);
    const inverse = b.op("div", b.literal(1), half.root);
    if (isLiteral(y, -.5)) return inverse;
    if (isLiteral(y, -1.5)) return b.op("div", inverse, half.x);
    return b.call("pow", x, y);
  };
  const div = fold((x, y) => x / y, "div");
  const ifPositive = (x: Expr, positive: Expr, other: Expr) =>
    b.op("bitselect", positive, other, b.op("gt", x, b.literal(0)));
  return {
    lit: (c) => b.literal(c),
    add,
    sub,
    mul,
    pow,
    neg,
    div,
    max: (x, y) => b.op("max", x, y),
    min: (x, y) => b.op("min", x, y),
    leakyRelu: (x, slope) => ifPositive(x, x, mul(x, slope)),
    elu: (x, alpha) => ifPositive(x, x, mul(alpha, b.call("expm1", x))),
    exp: (x) => b.call("exp", x),
    log: (x) => b.call("log", x),
    tanh: (x) => b.call("tanh", x),
    sigmoid: (x) => b.call("sigmoid", x),
    softplus: (x) => b.call("softplus", x),
    sin: (x) => b.call("sin", x),
    cos: (x) => b.call("cos", x),
    tan: (x) => div(b.call("sin", x), b.call("cos", x)),
    atan: (x) => b.call("atan", x),
    sinh: (x) => b.call("sinh", x),
    cosh: (x) => b.call("cosh", x),
    log1p: (x) => b.call("log1p", x),
    expm1: (x) => b.call("expm1", x),
    erf: (x) => b.call("erf", x),
    gelu(x) {
      const half = b.literal(.5);
      return mul(x, add(half, mul(half, b.call("erf", mul(b.literal(Math.SQRT1_2), x)))));
    },
    silu: (x) => mul(x, b.call("sigmoid", x)),
    sqrt: (x) => b.op("sqrt", x),
    abs: (x) => b.op("abs", x),
    relu: (x) => b.op("andnot", x, b.op("le", x, b.literal(0))),
    order(x, y, less, equal, greater) {
      if (isLiteral(x) && isLiteral(y)) {
        return choose(x.value, y.value, less, equal, greater, () => b.literal(NaN));
      }
      // Masked results have no bits in common, so that `or` puts them together. Without
      // an order all bits are 1, and that is a NaN.
      const unordered = [x, y].filter((z) => !isLiteral(z)).map((z) => b.op("ne", z, z));
      const cases = [[b.op("lt", x, y), less()], [b.op("eq", x, y), equal()]] as const;
      return [...cases, [b.op("gt", x, y), greater()] as const]
        .filter(([, result]) => !isLiteral(result, 0))
        .map(([mask, result]) => b.op("and", mask, result))
        .reduce(
          (all, result) => b.op("or", all, result),
          unordered.reduce((p, q) => b.op("or", p, q)),
        );
    },
  };
}

/** What powers with halves are made of: x such that its root is that power, which has no sign at −0 and −Infinity. */
function halfPower(b: Lanes, x: Expr): { x: Expr; root: Expr } {
  const isLeast = b.op("eq", x, b.literal(-Infinity));
  const unsigned = b.op("bitselect", b.literal(Infinity), b.op("add", x, b.literal(0)), isLeast);
  return { x: unsigned, root: b.op("sqrt", unsigned) };
}
