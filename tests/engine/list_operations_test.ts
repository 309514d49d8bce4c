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
import { structure, untyped } from "../support/helpers.ts";

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
