import { topologicalOrder } from "../backward.ts";
import { describe } from "../arguments.ts";
import { type Operand, Value } from "../value.ts";

/** The relative step of a central difference that suits double precision: about ∛ε. */
export const defaultStep = 6e-6;

/** The derivative by one input: by `backward()` once, and by central differences for each step. */
export interface Derivatives {
  /** The input's label, or `x0`, `x1`, … by its position. */
  label: string;
  /** Where the derivative was taken. */
  input: number;
  /** The derivative by `backward()`. */
  analytic: number;
  /** The derivative by central differences, one a step. */
  numeric: number[];
  /** The function of this input alone, to look at it more closely; all is put back each time. */
  at(x: number): number;
}

/**
 * Derivatives of `fn` by all inputs, both ways. A step h is relative to
 * max(1, |x|). Calls `fn` 1 + 2 · inputs · steps times, and puts data and
 * gradients of everything back, also when `fn` throws.
 *
 * @param name who asks, for the messages of errors.
 */
export function differentiate(
  name: string,
  fn: (...x: Value[]) => Value,
  inputs: readonly Operand[],
  steps: readonly number[],
): Derivatives[] {
  if (typeof fn !== "function") {
    throw new TypeError(`${name}: fn must be a function, got ${describe(fn)}`);
  }
  if (!Array.isArray(inputs)) {
    throw new TypeError(`${name}: inputs must be an array, got ${describe(inputs)}`);
  }
  const xs = inputs.map((x, i): Value => {
    if (x instanceof Value) return x;
    if (typeof x === "number") return new Value(x);
    throw new TypeError(
      `${name}: inputs[${i}] must be a number or a Value, got ${describe(x)}`,
    );
  });
  const evaluate = (): Value => {
    const y = fn(...xs);
    if (y instanceof Value) return y;
    throw new TypeError(`${name}: fn must return a Value, got ${describe(y)}`);
  };
  const data = xs.map((x) => x.data);
  const grads = new Map(xs.map((x) => [x, x.grad]));
  try {
    for (const x of xs) x.grad = 0;
    const y = evaluate();
    // What fn uses besides its inputs, such as a model's parameters, is left as it was, too.
    for (const node of topologicalOrder(y)) if (!grads.has(node)) grads.set(node, node.grad);
    y.backward();
    const analytic = xs.map((x) => x.grad);
    return xs.map((x, i) => {
      const at = (moved: number) => {
        x.data = moved;
        try {
          return evaluate().data;
        } finally {
          x.data = data[i];
        }
      };
      const numeric = steps.map((step) => {
        const h = step * Math.max(1, Math.abs(data[i]));
        const [below, above] = [data[i] - h, data[i] + h];
        return (at(above) - at(below)) / (above - below);
      });
      return { label: x.label || `x${i}`, input: data[i], analytic: analytic[i], numeric, at };
    });
  } finally {
    xs.forEach((x, i) => {
      x.data = data[i];
    });
    for (const [node, grad] of grads) node.grad = grad;
  }
}
