/**
 * The way the ports of micrograd to TypeScript go, written anew: each operation
 * leaves a closure that knows its part of the chain rule, a recursive search
 * with a Set finds the order.
 *
 * @module
 */

/** A number that knows how it was made. */
export class Closure {
  grad = 0;
  spread = () => {};

  constructor(public data: number, readonly operands: Closure[] = [], readonly op = "") {}

  add(other: Closure): Closure {
    const out = new Closure(this.data + other.data, [this, other], "+");
    out.spread = () => {
      this.grad += out.grad;
      other.grad += out.grad;
    };
    return out;
  }

  mul(other: Closure): Closure {
    const out = new Closure(this.data * other.data, [this, other], "*");
    out.spread = () => {
      this.grad += other.data * out.grad;
      other.grad += this.data * out.grad;
    };
    return out;
  }

  pow(exponent: number): Closure {
    const out = new Closure(this.data ** exponent, [this], "**");
    out.spread = () => {
      this.grad += exponent * this.data ** (exponent - 1) * out.grad;
    };
    return out;
  }

  exp(): Closure {
    const out = new Closure(Math.exp(this.data), [this], "exp");
    out.spread = () => {
      this.grad += out.data * out.grad;
    };
    return out;
  }

  log(): Closure {
    const out = new Closure(Math.log(this.data), [this], "log");
    out.spread = () => {
      this.grad += out.grad / this.data;
    };
    return out;
  }

  tanh(): Closure {
    const out = new Closure(Math.tanh(this.data), [this], "tanh");
    out.spread = () => {
      this.grad += (1 - out.data ** 2) * out.grad;
    };
    return out;
  }

  relu(): Closure {
    const out = new Closure(this.data < 0 ? 0 : this.data, [this], "relu");
    out.spread = () => {
      this.grad += (out.data > 0 ? 1 : 0) * out.grad;
    };
    return out;
  }

  backward(): void {
    const order: Closure[] = [];
    const seen = new Set<Closure>();
    const visit = (node: Closure) => {
      if (seen.has(node)) return;
      seen.add(node);
      for (const operand of node.operands) visit(operand);
      order.push(node);
    };
    visit(this);
    this.grad = 1;
    for (const node of order.reverse()) node.spread();
  }
}
