import { assertEquals, assertStrictEquals, assertThrows } from "../../../support/assert.ts";
import { FunctionLibrary } from "../../../../engine/compile/functions/functions.ts";
import { RandomGenerator } from "../../../../mod.ts";
import {
  apply,
  compileFunctions,
  names,
  specials,
  uniform,
} from "../../../support/lane_functions.ts";

Deno.test("four lanes of single precision are those of double precision, rounded", () => {
  const single = compileFunctions("f32");
  const generator = new RandomGenerator(3);
  const numbers = () => {
    return Array.from({ length: 400 }, () => Math.fround(generator.uniform(-90, 90)));
  };
  const xs = [...numbers(), 1e-40, -0, 0, Infinity, -Infinity, NaN, 3e38, -1e30].map(Math.fround);
  const ys = [...numbers().map(Math.round), 0, 1, -1, 2, 3, 0, 1, 2];
  for (const name of names) {
    const expected = apply(name, xs, ys).map(Math.fround);
    assertEquals(single(name, xs, ys), expected, name);
  }
});

Deno.test("a function of two vectors at a time gives what that of one does, to the last bit", () => {
  const twice = compileFunctions("f64", 2);
  const xs = [...specials, ...uniform(-90, 90).slice(0, 402)], ys = xs.toReversed();
  assertEquals(xs.length % 4, 0);
  for (const name of names) assertEquals(twice(name, xs, ys), apply(name, xs, ys), name);
});

Deno.test("a library makes a function once, after those that it calls", () => {
  const library = new FunctionLibrary("f64");
  assertEquals(library.codes.length, 0);
  const exp = library.get("exp");
  assertStrictEquals(library.get("exp"), exp);
  assertEquals(library.codes, [exp]);
  library.get("sin");
  library.get("cos");
  // Each has a function beside it, for far angles.
  assertEquals(library.codes.length, 5);
  assertThrows(() => library.get("tan"), Error, "no function tan of vectors");
});
