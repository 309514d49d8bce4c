import { assertEquals, assertNotEquals } from "../../../support/assert.ts";
import { keyOf, Sequences } from "../../../../engine/compile/plan/sequences.ts";

Deno.test("sequences have the same number where they are equal, and only there", () => {
  const sequences = new Sequences();
  const numberOf = ([first, ...rest]: readonly number[]) =>
    rest.reduce((sequence, next) => sequences.then(sequence, next), sequences.of(first));
  // All of up to five members, of which each may be one of five: more than the table begins with.
  const members = [0, 1, 2, 3, 4];
  let all: number[][] = [[]];
  const seen = new Map<string, number>();
  for (let length = 1; length <= 5; length++) {
    all = all.flatMap((sequence) => members.map((next) => [...sequence, next]));
    for (const sequence of all) seen.set(String(sequence), numberOf(sequence));
  }
  assertEquals(seen.size, 5 + 25 + 125 + 625 + 3125);
  assertEquals(new Set(seen.values()).size, seen.size);
  assertEquals(Math.max(...seen.values()), seen.size - 1);
  for (const [text, number] of seen) assertEquals(numberOf(text.split(",").map(Number)), number);
  assertEquals(sequences.count, seen.size);
});

Deno.test("0 and −0 begin different sequences, and a name is no number", () => {
  const sequences = new Sequences();
  const numbers = [0, -0, "0", "add", NaN].map((first) => sequences.of(first));
  assertEquals(numbers, [0, 1, 2, 3, 4]);
  assertEquals(sequences.of(NaN), 4);
  assertNotEquals(keyOf(-0), keyOf(0));
});
