import { assert, assertEquals, assertStrictEquals, assertThrows } from "../support/assert.ts";
import {
  compile,
  dot,
  hessian,
  jacobian,
  logSumExp,
  math,
  max,
  mean,
  min,
  type NumberArray,
  prod,
  sum,
  Value,
} from "../../mod.ts";
import { asList, isNumberArray } from "../../engine/list_operations.ts";
import { gradients, strangers, structure, untyped } from "../support/helpers.ts";

Deno.test("sum, dot and logSumExp are one node over all their operands", () => {
  const x = [1, 2, 3, 4].map((xi, i) => new Value(xi, { label: `x${i}` }));
  assertEquals(structure(sum(x)), "sum(x0, x1, x2, x3)");
  assertEquals(structure(dot(x.slice(0, 2), x.slice(2))), "dot(x0, x1, x2, x3)");
  assertEquals(structure(logSumExp([x[0], 5])), "logSumExp(x0, 5)");
  assertEquals([sum(x).data, dot(x.slice(0, 2), x.slice(2)).data], [10, 11]);
});

Deno.test("sum and dot of nothing are 0", () => {
  assertEquals([sum([]).data, dot([], []).data], [0, 0]);
  sum([]).backward();
});

Deno.test("the mean is a sum divided by its length", () => {
  const x = [1, 2, 6].map((xi, i) => new Value(xi, { label: `x${i}` }));
  assertEquals(structure(mean(x)), "div(sum(x0, x1, x2), 3)");
  assertEquals([mean(x).data, ...gradients(mean(x), x)], [3, 1 / 3, 1 / 3, 1 / 3]);
});

Deno.test("prod has the right gradients also where factors are 0", () => {
  const gradientsOf = (numbers: number[]) => {
    const x = numbers.map((xi) => new Value(xi));
    return gradients(prod(x), x);
  };
  assertEquals(gradientsOf([2, 3, 4]), [12, 8, 6]);
  assertEquals(gradientsOf([0, 3, 4]), [12, 0, 0]);
  assertEquals(gradientsOf([0, 3, 0]), [0, 0, 0]);
  assertEquals([prod([]).data, prod([]).requiresGrad, prod([7]).data], [1, false, 7]);
});

Deno.test("a mean of nothing is refused", () => {
  assertThrows(
    () => mean([]),
    RangeError,
    "mean: xs must have at least one element, got an empty array",
  );
});

Deno.test("logSumExp refuses an empty list, whose logarithm would be -Infinity", () => {
  assertThrows(
    () => logSumExp([]),
    RangeError,
    "logSumExp: xs must have at least one element, got an empty array",
  );
});

Deno.test("dot of a list with itself has the gradient 2x", () => {
  const x = [1, -2, 3].map((xi) => new Value(xi));
  assertEquals(gradients(dot(x, x), x), [2, -4, 6]);
});

Deno.test("dot refuses lists of different lengths, and names both", () => {
  assertThrows(
    () => dot([1, 2, 3], [1, 2]),
    RangeError,
    "dot: a and b must have the same length, got 3 and 2",
  );
});

Deno.test("what takes a list refuses everything else", () => {
  const wrong: [unknown, string][] = [
    ...strangers.filter(([thing]) => !Array.isArray(thing)),
    [3, "number 3"],
    [new Value(3), "an object of class Value"],
    [new Set([1]), "an object of class Set"],
  ];
  for (const [thing, name] of wrong) {
    const list = untyped<number[]>(thing);
    const must = (what: string) => `${what} must be an array, got ${name}`;
    assertThrows(() => sum(list), TypeError, must("sum: xs"));
    assertThrows(() => logSumExp(list), TypeError, must("logSumExp: xs"));
    assertThrows(() => mean(list), TypeError, must("mean: xs"));
    assertThrows(() => prod(list), TypeError, must("prod: xs"));
    assertThrows(() => dot(list, [1]), TypeError, must("dot: a"));
    assertThrows(() => dot([1], list), TypeError, must("dot: b"));
  }
});

Deno.test("a list changed afterwards does not change the graph", () => {
  const xs = [new Value(1), new Value(2)];
  const y = sum(xs);
  const first = xs[0];
  xs[0] = new Value(5);
  xs.pop();
  assertStrictEquals(y.operands[0], first);
  assertEquals(y.operands.length, 2);
});

Deno.test("nothing in a list is skipped: an element left out is refused", () => {
  const holes: number[] = [];
  holes[1] = 2;
  for (const f of [sum, logSumExp, mean, prod, max, min]) {
    assertThrows(() => f(holes), TypeError, "xs[0] must be a Value or a number, got undefined");
  }
});

const typed: readonly NumberArray[] = [
  Float64Array.of(1, 2, 4),
  Float32Array.of(1, 2, 4),
  Int32Array.of(1, 2, 4),
  Uint32Array.of(1, 2, 4),
  Int16Array.of(1, 2, 4),
  Uint16Array.of(1, 2, 4),
  Int8Array.of(1, 2, 4),
  Uint8Array.of(1, 2, 4),
  Uint8ClampedArray.of(1, 2, 4),
];

for (const numbers of typed) {
  Deno.test(`a ${numbers.constructor.name} is a list of numbers to all that takes lists`, () => {
    const plain = [1, 2, 4];
    for (const f of [sum, mean, prod, logSumExp, max, min]) {
      assertEquals(structure(f(numbers)), structure(f(plain)), f.name);
    }
    const x = [3, 5, 7].map((xi, i) => new Value(xi, { label: `x${i}` }));
    assertEquals(structure(dot(x, numbers)), "dot(x0, x1, x2, 1, 2, 4)");
    assertEquals(structure(math`dot(${numbers}, ${x})`), "dot(1, 2, 4, x0, x1, x2)");
    assertEquals(structure(math`sum(${numbers}, 8)`), "sum(1, 2, 4, 8)");
    assertEquals(jacobian((a, b, c) => a.mul(b).mul(c), numbers), [[8, 4, 2]]);
    assertEquals(hessian((a, b, c) => a.mul(b).mul(c), numbers), [[0, 4, 2], [4, 0, 1], [2, 1, 0]]);
    const w = new Value(2);
    const program = compile(dot(x, [1, 1, 1]).mul(w), { inputs: x, parameters: [w] });
    program.load([numbers, plain]);
    assertEquals(program.forward(), 14);
  });
}

Deno.test("a list is itself, and a typed array is copied", () => {
  const list = [1, 2];
  assertStrictEquals(asList(list), list);
  assertEquals(asList(Float32Array.of(.5, 2)), [.5, 2]);
  assertEquals(typed.every(isNumberArray), true);
});

Deno.test("what is no list of numbers is none, typed or not", () => {
  const others = [
    BigInt64Array.of(1n),
    BigUint64Array.of(1n),
    new DataView(new ArrayBuffer(8)),
    new ArrayBuffer(8),
    { length: 1, 0: 1 },
  ];
  for (const other of others) {
    assert(!isNumberArray(other));
    const xs = untyped<number[]>(other);
    const name = other.constructor.name;
    assertThrows(
      () => sum(xs),
      TypeError,
      `sum: xs must be an array, got an object of class ${name}`,
    );
    assertThrows(() => max(xs), TypeError, "max: the first operand must be a Value or a number");
  }
});

Deno.test("a row of another length is refused, typed or not", () => {
  const [x, w] = [1, 2].map((data) => new Value(data));
  const program = compile(x.mul(w), { inputs: [x], parameters: [w] });
  assertThrows(() => program.load([Float64Array.of(1, 2)]), RangeError, "must have 1 numbers");
  assertThrows(
    () => program.load([untyped(new Set([1]))]),
    TypeError,
    "examples[0] must be an array",
  );
});
