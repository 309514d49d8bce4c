import { topologicalOrder } from "../../engine/extend.ts";
import { handOn, nodesBetween, sweep } from "../../engine/sweep.ts";
import { numbers, worldOf } from "../../engine/rules.ts";
import { RandomGenerator, Value } from "../../mod.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { apply, cases, gradients, sample } from "../support/helpers.ts";

const dataOf = ({ data }: Value) => data;

/** Numbers in boxes, to have a world that the library does not know. */
const boxes = worldOf<{ content: number }>(
  (content) => ({ content }),
  ({ content }) => content,
  (op) => (x) => ({ content: numbers[op](x.content) }),
  (op) => (a, b) => ({ content: numbers[op](a.content, b.content) }),
);

for (const { op, count, name } of cases) {
  Deno.test(`${name}: the sweep gives the gradients of backward() in any world, bit for bit`, () => {
    const generator = new RandomGenerator(500 + count);
    for (let k = 0; k < 8; k++) {
      const xs = sample(op, count, generator).map((x) => new Value(x));
      const y = apply(op, xs).mul(xs[0]).sub(xs[count - 1]);
      const nodes = topologicalOrder(y);
      const inNumbers = sweep(nodes, numbers, dataOf);
      const inBoxes = sweep(nodes, boxes, ({ data }) => ({ content: data }));
      const expected = gradients(y, xs);
      assertEquals(xs.map((x) => inNumbers.get(x)), expected);
      assertEquals(xs.map((x) => inBoxes.get(x)!.content), expected);
    }
  });
}

Deno.test("the sweep gives every node a gradient, and the result 1", () => {
  const x = new Value(3);
  const square = x.mul(x);
  const y = square.neg();
  const found = sweep(topologicalOrder(y), numbers, dataOf);
  assertEquals([y, square, x].map((node) => found.get(node)), [1, -1, -6]);
  assertEquals(sweep([], numbers, dataOf).size, 0);
});

Deno.test("what takes no part in the sweep is held fixed, and not asked for its derivative", () => {
  const [x, z] = [new Value(-2), new Value(2)];
  const y = x.pow(z); // by z the derivative would be NaN
  assertEquals([...sweep([x, y], numbers, dataOf)], [[x, -4], [y, 1]]);
});

Deno.test("the sweep begins with the zero that it is given", () => {
  const x = new Value(2);
  assertEquals(sweep([x, x.exp()], numbers, dataOf, 100).get(x), 100 + Math.exp(2));
});

Deno.test("a turn tells what was handed on: to which operand, before, local and added", () => {
  const [a, b] = [new Value(2), new Value(5)];
  const y = a.mul(b);
  const found = new Map([[a, 100], [y, 3]]);
  assertEquals(handOn(y, found, numbers, dataOf), [{ k: 0, before: 100, local: 5, added: 15 }]);
  assertEquals([...found], [[a, 115], [y, 3]]);
  assertEquals(handOn(a, found, numbers, dataOf), []);
  assertEquals(handOn(b.exp(), found, numbers, dataOf), []);
});

Deno.test("a node that is an operand twice adds up what it gets for both", () => {
  const x = new Value(3);
  const y = x.mul(x);
  const found = new Map([[x, 0], [y, 1]]);
  assertEquals(handOn(y, found, numbers, dataOf).map(({ before, added }) => [before, added]), [
    [0, 3],
    [3, 3],
  ]);
  assertEquals(found.get(x), 6);
});

Deno.test("between x and y are they themselves and what depends on x, operands first", () => {
  const [x, z] = [new Value(1), new Value(2)];
  const inner = z.exp();
  const product = x.mul(inner);
  const y = product.add(z);
  assertEquals(nodesBetween([x], y).map(({ op }) => op), [null, "mul", "add"]);
  assert([x, product, y].every((node, i) => nodesBetween([x], y)[i] === node));
  assertEquals(nodesBetween([inner, x], y).length, 4);
  assertEquals(nodesBetween([new Value(1)], y), []);
  assertEquals(nodesBetween([y], y), [y]);
  assertEquals(nodesBetween([], y), []);
});
