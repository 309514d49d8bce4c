import { display, interact } from "../../../mod.ts";
import { assertEquals, assertRejects, assertThrows } from "../../support/assert.ts";
import { untyped } from "../../support/helpers.ts";

const add = (a: number, b: number) => a + b;

Deno.test("an interaction says what its sliders move over, and how many stops there are", () => {
  const shown = interact(add, { a: [0, 1, 0.5], b: { values: [1, 2] } });
  assertEquals(String(shown), "interact: a from 0 to 1, b among 1, 2, 6 stops");
  assertEquals(Deno.inspect([shown]), "[ interact: a from 0 to 1, b among 1, 2, 6 stops ]");
});

Deno.test("the function runs when it is shown, once for each stop, the last slider fastest", async () => {
  const calls: (number | string)[][] = [];
  const fn = (a: number, name: string) => {
    calls.push([a, name]);
    return a;
  };
  const shown = interact(fn, { a: [0, 1, 1], name: { values: ["x", "y"] } });
  assertEquals(calls, []);
  await shown[display]();
  assertEquals(calls, [[0, "x"], [0, "y"], [1, "x"], [1, "y"]]);
});

Deno.test("too many stops are refused before the function runs, and the message counts them", () => {
  const never = () => {
    throw new Error("this ran");
  };
  assertThrows(
    () => interact(never, { a: [0, 30, 1], b: [0, 20, 1] }),
    RangeError,
    "interact: controls must have at most 500 stops together, got 31 · 21 = 651: " +
      "take larger steps, or raise maxStops",
  );
  assertThrows(
    () => interact(never, { a: [0, 1, 1e-9] }, { maxStops: 1000 }),
    RangeError,
    "interact: controls must have at most 1000 stops together, got 1000000001: take",
  );
  interact(never, { a: [0, 30, 1], b: [0, 20, 1] }, { maxStops: 651 });
});

Deno.test("what is shown must not take more bytes than maxBytes", async () => {
  const shown = interact((k) => "é".repeat(500 + k), { k: [0, 9, 1] }, { maxBytes: 17_000 });
  await assertRejects(
    async () => await shown[display](),
    RangeError,
    "interact: what is shown must take at most 17000 bytes, got 2",
  );
});

Deno.test("interact() refuses what is no function, too many parameters, and limits that are none", () => {
  const refused: [() => unknown, string][] = [
    [() => interact(untyped(3), { a: [0, 1] }), "fn must be a function, got number 3"],
    [
      () => interact(add, { a: [0, 1] }),
      "fn must have at most as many parameters as there are controls, 1, got 2",
    ],
    [
      () => interact(add, { a: [0, 1], b: [0, 1] }, { maxStops: 0.5 }),
      "maxStops must be a whole number from 1, got 0.5",
    ],
    [
      () => interact(add, { a: [0, 1], b: [0, 1] }, { maxBytes: untyped("9") }),
      'maxBytes must be a whole number from 1, got string "9"',
    ],
  ];
  for (const [call, message] of refused) assertThrows(call, Error, `interact: ${message}`);
});
