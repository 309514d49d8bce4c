import { describe, describeNumber } from "../../engine/describe.ts";
import { Value } from "../../mod.ts";
import { assertEquals } from "../support/assert.ts";

Deno.test("describe() says what a wrong argument is", () => {
  const things: [unknown, string][] = [
    [undefined, "undefined"],
    [null, "null"],
    ["a\nb", 'string "a\\nb"'],
    [[1, 2], "an array of 2"],
    [{}, "an object of class Object"],
    [new Value(2), "an object of class Value"],
    [Object.create(null), "an object of class null"],
    [Math.sin, "function sin"],
    [() => 1, "function (anonymous)"],
    [3, "number 3"],
    [true, "boolean true"],
    [2n, "bigint 2"],
    [Symbol("s"), "symbol Symbol(s)"],
  ];
  assertEquals(things.map(([thing]) => describe(thing)), things.map(([, text]) => text));
});

Deno.test("describeNumber() gives a number as it is, and describes all else", () => {
  const things = [-1, NaN, Infinity, "2", null];
  assertEquals(things.map(describeNumber), ["-1", "NaN", "Infinity", 'string "2"', "null"]);
});

Deno.test("describe() keeps long texts short, and gives a terminal nothing to obey", () => {
  const long = `\u001b[31m${"x".repeat(1e6)}`;
  class Named {}
  Object.defineProperty(Named, "name", { value: long });
  const things = [long, new Named(), Named, Symbol(long), 10n ** 1000n, {
    constructor: { name: 3 },
  }];
  for (const thing of things) {
    const text = describe(thing);
    // deno-lint-ignore no-control-regex -- these are what must not be there
    if (text.length > 100 || /[\u0000-\u001f]/.test(text)) throw new Error(text.slice(0, 200));
  }
  assertEquals(describe("x".repeat(60)), `string "${"x".repeat(60)}"`);
  assertEquals(describe("x".repeat(61)), `string "${"x".repeat(59)}…"`);
});
