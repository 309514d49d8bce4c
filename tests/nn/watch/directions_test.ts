import { assert, assertAlmostEquals, assertEquals } from "../../support/assert.ts";
import { MLP, Module, RandomGenerator, Value } from "../../../mod.ts";
import { inner, principal, randomDirection, unit, without } from "../../../nn/watch/directions.ts";

Deno.test("principal() finds the direction along which vectors spread the most", () => {
  // Ten times as far along (3, 4, 0) / 5 as along (4, −3, 0) / 5.
  const vectors = Array.from({ length: 12 }, (_, k) => {
    const [p, q] = [10 * Math.cos(k), Math.sin(k)];
    return [.6 * p + .8 * q, .8 * p - .6 * q, 0];
  });
  const u = principal(vectors)!;
  assertAlmostEquals(Math.abs(inner(u, [.6, .8, 0])), 1, 1e-4);
  const spread = (d: readonly number[]) => vectors.reduce((sum, v) => sum + inner(v, d) ** 2, 0);
  for (const turn of [.01, -.01, .5]) {
    const other = [
      u[0] * Math.cos(turn) - u[1] * Math.sin(turn),
      u[0] * Math.sin(turn) + u[1] * Math.cos(turn),
      0,
    ];
    assert(spread(other) < spread(u), "no other direction has more");
  }
});

Deno.test("principal() of one vector is its direction, of zeros there is none", () => {
  assertEquals(principal([[0, 3], [0, 0]]), [0, 1]);
  assertEquals(principal([[0, 0], [0, 0]]), null);
});

Deno.test("without() takes the part along a unit vector away", () => {
  assertEquals(without([3, 4], [1, 0]), [0, 4]);
  const u = unit([1, 2, 2])!;
  assertAlmostEquals(inner(u, u), 1, 1e-15);
  assertAlmostEquals(inner(without([5, -1, 7], u), u), 0, 1e-14);
  assertEquals(unit([0, 0]), null);
});

Deno.test("randomDirection() has each neuron's length, and is drawn by the seed", () => {
  const model = new MLP(3, [4, 2], { generator: new RandomGenerator(1) });
  model.layers[0].neurons[2].parameters().forEach((p) => p.data *= 100);
  const direction = randomDirection(model, new RandomGenerator(7));
  assertEquals(direction.length, model.parameters().length);
  let at = 0;
  for (const { neurons } of model.layers) {
    for (const neuron of neurons) {
      const own = neuron.parameters().map((p) => p.data);
      const part = direction.slice(at, at += own.length);
      assertAlmostEquals(Math.sqrt(inner(part, part)), Math.sqrt(inner(own, own)), 1e-9);
    }
  }
  assertEquals(randomDirection(model, new RandomGenerator(7)), direction);
  assert(randomDirection(model, new RandomGenerator(8))[0] !== direction[0]);
});

Deno.test("randomDirection() of another model has the length of all parameters", () => {
  class Line extends Module {
    readonly w = [new Value(3), new Value(-4)];
    parameters(): Value[] {
      return this.w;
    }
  }
  const direction = randomDirection(new Line(), new RandomGenerator(1));
  assertAlmostEquals(Math.sqrt(inner(direction, direction)), 5, 1e-12);
});
