/**
 * Models whose answers are known, and data for them.
 *
 * @module
 */
import {
  Dataset,
  Layer,
  lossSurface,
  type LossSurfaceOptions,
  Module,
  type Operand,
  sum,
  Value,
} from "../../mod.ts";

/** A model that is a function of two numbers. */
export class Known extends Module {
  readonly modes: boolean[] = [];
  constructor(readonly answer: (a: number, b: number) => number | number[]) {
    super();
  }
  forward(x: readonly Operand[]): Value | Value[] {
    this.modes.push(this.training);
    const answer = this.answer(Number(x[0]), Number(x[1]));
    return typeof answer === "number" ? new Value(answer) : answer.map((y) => new Value(y));
  }
  parameters(): Value[] {
    return [];
  }
}

/** Four examples for {@link plane}. */
export const square = { x: [[0, 0], [1, 0], [0, 1], [1, 1]], y: [0, 1, 0, 0] };

/** Above 0 on the right of 0.7: one of the four is wrong. */
export const plane = () => new Known((a) => a - .7);

/** What says so, where labels are 0 and 1. */
export const logits = { threshold: 0 };

/** A model that answers what it is asked. */
export class Echo extends Module {
  readonly modes: boolean[] = [];
  forward(x: readonly Operand[]): Value | Value[] {
    this.modes.push(this.training);
    const values = x.map((input) => new Value(Number(input)));
    return values.length === 1 ? values[0] : values;
  }
  parameters(): Value[] {
    return [];
  }
}

/** Images of two pixels, of which the brighter one is what Echo says. */
export const images = new Dataset([[0, 1], [3, 0], [0, 2], [5, 1], [0, 4], [1, 0]], [
  1,
  1,
  0,
  0,
  1,
  1,
], {
  imageSize: [2, 1],
});

/** Two neurons of 3 × 2 weights that are known. */
export function known(): Layer {
  const layer = new Layer(6, 2);
  [[2, -2, 0, 1, -1, .5], [0, 0, 0, 0, 0, -.25]].forEach((row, i) =>
    row.forEach((data, k) => layer.neurons[i].w[k].data = data)
  );
  layer.neurons[0].b.data = 99;
  return layer;
}

/** A model of nothing but parameters, whose loss is known: Σ cᵢ pᵢ², plus 1. */
export class Bowl extends Module {
  readonly p: Value[];
  constructor(...data: number[]) {
    super();
    this.p = data.map((x) => new Value(x));
  }
  parameters(): Value[] {
    return this.p;
  }
  loss(): Value {
    return sum(this.p.map((p, i) => p.pow(2).mul(i + 1))).add(1);
  }
}

/** A way in the plane of the second and the third of four parameters. */
export const way = Array.from(
  { length: 9 },
  (_, k) => [.5, 3 * Math.cos(k / 3), Math.sin(k / 3), -2],
);

/** Its surface around that way. */
export function surface(options: LossSurfaceOptions = {}) {
  const bowl = new Bowl(...way[8]);
  return lossSurface(() => bowl.loss(), bowl, { path: way, n: 6, ...options });
}
