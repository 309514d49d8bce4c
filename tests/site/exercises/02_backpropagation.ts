import type { Root, Sortable } from "../../../notebooks/exercises/02_backpropagation.ts";
import type { Mistakes } from "./mistakes.ts";

/** The class of the notebook. */
export class Value {
  data: number;
  grad = 0;
  operands: Value[];
  propagate: () => void = () => {};

  constructor(data: number, operands: Value[] = []) {
    this.data = data;
    this.operands = operands;
  }

  add(other: Value): Value {
    const out = new Value(this.data + other.data, [this, other]);
    out.propagate = () => {
      this.grad += out.grad;
      other.grad += out.grad;
    };
    return out;
  }

  mul(other: Value): Value {
    const out = new Value(this.data * other.data, [this, other]);
    out.propagate = () => {
      this.grad += other.data * out.grad;
      other.grad += this.data * out.grad;
    };
    return out;
  }

  backward(): void {
    const order = depthFirst(this) as Value[];
    this.grad = 1;
    for (const node of order.reverse()) node.propagate();
  }
}

function depthFirst(root: Sortable): Sortable[] {
  const order = new Set<Sortable>();
  function visit(node: Sortable): void {
    node.operands.forEach(visit);
    order.add(node);
  }
  visit(root);
  return [...order];
}

type Propagate = (x: Value, out: Value) => void;

function square(propagate: Propagate) {
  return class extends Value {
    square(): Value {
      const out = new Value(this.data ** 2, [this]);
      out.propagate = () => propagate(this, out);
      return out;
    }
  };
}

function sub(propagate: (x: Value, y: Value, out: Value) => void) {
  return class extends Value {
    sub(other: Root): Value {
      const y = other as Value;
      const out = new Value(this.data - y.data, [this, y]);
      out.propagate = () => propagate(this, y, out);
      return out;
    }
  };
}

/** A class with an `exp` that does the given. */
export function exp(propagate: Propagate, operands = (x: Value) => [x], forward = Math.exp) {
  return class extends Value {
    exp(): Value {
      const out = new Value(forward(this.data), operands(this));
      out.propagate = () => propagate(this, out);
      return out;
    }
  };
}

/** Wrong answers that readers are likely to give. */
export const mistakes: Mistakes = {
  "2.1": [
    square((x, out) => x.grad = 2 * x.data * out.grad),
    square((x, out) => x.grad += x.data * out.grad),
    square((x) => x.grad += 2 * x.data),
    square((x, out) => out.grad += 2 * x.data * x.grad),
  ],
  "2.2": [
    (root) => depthFirst(root).reverse(),
    (root) => {
      const order: Sortable[] = []; // level by level, which is no order by operands
      const queue = [root];
      for (const node of queue) {
        if (order.includes(node)) continue;
        order.unshift(node);
        queue.push(...node.operands);
      }
      return order;
    },
    function everyPath(root): Sortable[] {
      return [...root.operands.flatMap((operand) => everyPath(operand)), root] as Sortable[];
    },
    (root) => {
      const order: Sortable[] = []; // the node before its operands
      function visit(node: Sortable): void {
        if (order.includes(node)) return;
        order.push(node);
        node.operands.forEach(visit);
      }
      visit(root);
      return order.reverse();
    },
    (root) => [...root.operands, root],
    (root) => depthFirst(root).slice(0, -1),
  ],
  "2.3": [
    sub((x, y, out) => {
      x.grad += out.grad;
      y.grad += out.grad;
    }),
    sub((x, y, out) => {
      x.grad -= out.grad;
      y.grad -= out.grad;
    }),
    sub((x, y, out) => {
      x.grad += out.grad;
      y.grad = -out.grad;
    }),
    sub((x, y) => {
      x.grad += 1;
      y.grad -= 1;
    }),
  ],
  "2.4": [
    exp((x, out) => x.grad = out.data * out.grad),
    exp((x, out) => x.grad += out.data),
    exp((x, out) => x.grad += x.data * Math.exp(x.data - 1) * out.grad),
    exp((x, out) => x.grad += out.data * out.grad, () => []),
    exp((x, out) => x.grad += x.data * out.grad),
    exp((x, out) => x.grad += out.data * out.grad, undefined, (x) => 2.718 ** x),
    class extends Value {
      exp(): Value {
        const out = new Value(Math.exp(this.data), [this]);
        const propagate = () => {
          this.grad += out.data * out.grad;
        };
        out.propagate = propagate() as unknown as () => void; // the parentheses too many
        return out;
      }
    },
  ],
};
