import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../support/assert.ts";
import { compile, dot, Embedding, RandomGenerator, sum, Value } from "../../mod.ts";
import { gradients, strangers, untyped } from "../support/helpers.ts";

const make = () => new Embedding(5, 3, { generator: new RandomGenerator(1) });

Deno.test("an embedding answers with the row of a number, the parameters themselves", () => {
  const table = make();
  const row = table.forward(2);
  assertEquals(row.map((x, j) => x === table.weight[2][j]), [true, true, true]);
  assertEquals(
    gradients(sum([...row, ...table.forward(2), ...table.forward(0)]), table.weight[2]),
    [
      ...[2, 2, 2],
    ],
  );
  row.pop();
  assertEquals(table.forward(2).length, 3);
});

Deno.test("of a Value it answers with the same numbers and gradients, as a sum over all rows", () => {
  const table = make();
  for (let i = 0; i < 5; i++) {
    const [one, other] = [table.forward(i), table.forward(new Value(i))];
    assertEquals(other.map(({ data }) => data), one.map(({ data }) => data));
    const weights = [1, 2, 3];
    assertEquals(
      gradients(dot(other, weights), table.parameters()),
      gradients(dot(one, weights), table.parameters()),
    );
  }
});

Deno.test("a compiled program can be given other indices", () => {
  const table = make();
  const index = new Value(0);
  const loss = dot(table.forward(index), [1, -2, .5]).tanh();
  const program = compile(loss, { inputs: [index], parameters: table.parameters() });
  program.load([[0], [3], [3], [4]]);
  const mean = program.backward();
  const compiled = table.parameters().map(({ grad }) => grad);
  const losses = [0, 3, 3, 4].map((i) => dot(table.forward(i), [1, -2, .5]).tanh());
  assertAlmostEquals(mean, sum(losses).data / 4, 1e-15);
  gradients(sum(losses).div(4), table.parameters()).forEach((g, k) => {
    assertAlmostEquals(compiled[k], g, 1e-15);
  });
});

Deno.test("the first numbers are normal, with the standard deviation that is asked for", () => {
  const generator = new RandomGenerator(3), same = new RandomGenerator(3);
  const table = new Embedding(50, 40, { std: .02, generator });
  const numbers = table.parameters().map(({ data }) => data);
  assertEquals(numbers, numbers.map(() => same.normal(0, .02)));
  const std = Math.sqrt(numbers.reduce((total, x) => total + x * x, 0) / numbers.length);
  assert(Math.abs(std / .02 - 1) < .05, `${std}`);
  assertEquals(`${table}`, "Embedding(50, 40): 2000 parameters");
  assertEquals(Deno.inspect([make()]), "[ Embedding(5, 3): 15 parameters ]");
});

Deno.test("an embedding refuses sizes, settings and indices that cannot be", () => {
  for (const [thing, name] of [...strangers, [0, "0"], [1.5, "1.5"]] as [unknown, string][]) {
    const size = untyped<number>(thing);
    const what = `must be a whole number from 1, got ${name}`;
    assertThrows(() => new Embedding(size, 2), RangeError, `Embedding: numEmbeddings ${what}`);
    assertThrows(() => new Embedding(2, size), RangeError, `Embedding: embeddingDim ${what}`);
  }
  assertThrows(
    () => new Embedding(1, 1, { std: -1 }),
    RangeError,
    "std must be a finite number from 0",
  );
  const generator = untyped<RandomGenerator>(7);
  assertThrows(() => new Embedding(1, 1, { generator }), TypeError, "generator must be a RandomG");
  for (const index of [-1, 5, 1.5, NaN, untyped<number>("1")]) {
    const what = "Embedding.forward: index must be a whole number from 0 to 4, got ";
    assertThrows(() => make().forward(index), RangeError, what);
  }
  assertThrows(() => make().forward(new Value(5)), RangeError, "from 0 to 4, got 5");
});
