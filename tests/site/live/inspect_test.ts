/** The text of values in a page is the text that Deno writes. */
import fc from "fast-check";
import {
  inspect,
  inspectArgs,
  inspectSettled,
} from "../../../notebooks/book/live/kernel/inspect.ts";
import { assertEquals } from "../../support/assert.ts";

class Point {
  x = 1;
  #y = 2;
  get y(): number {
    return this.#y;
  }
}
class Tagged extends Point {
  get [Symbol.toStringTag](): string {
    return "tag";
  }
}
const circular: Record<string, unknown> = { name: "c" };
circular.self = circular;
circular.list = [circular, { circular }];

const values: unknown[] = [
  ...[0, -0, 1e21, NaN, 10n, true, null, undefined, "", "a\nb", `"'\``, `it's "q"`, "\x00\x7f"],
  ...[Symbol(), Symbol("x"), Symbol("a b"), Symbol.iterator],
  ...[{}, [], [[]], { a: {} }, [1, , 3], new Array(3), [undefined, null], Object.create(null)],
  ...[new Point(), new Tagged(), Point, Tagged, class {}, () => 1, async () => {}, Math.max],
  ...[function* named() {}, async function* alsoNamed() {}, Object.assign(() => 1, { a: 1 })],
  ...[new Map([["k", { a: 1 }]]), new Set([1, [2]]), new Map(), new Set(), new WeakMap()],
  ...[new Uint8Array(120), new Float64Array([1.5, -0]), new BigInt64Array(2), new ArrayBuffer(3)],
  ...[new DataView(new ArrayBuffer(2)), /x/gi, new Date(0), new Date(NaN), Math, JSON],
  ...[new Number(3), new String("abc"), new Boolean(false), Object(1n), Object(Symbol("q"))],
  ...[
    circular,
    [[[[[[1]]]]]],
    { a: { b: { c: { d: { e: { f: 1 } } } } } },
    new URL("https://a.b/c"),
  ],
  ...[Array.from({ length: 200 }, (_, i) => i), Array.from({ length: 27 }, (_, i) => `item ${i}`)],
  ...[Array.from({ length: 101 }, (_, i) => [i]), "x".repeat(200), ["x".repeat(200)]],
  ...[{ "a-b": 1, [Symbol("k")]: 2, f: () => {} }, Object.freeze({ a: 1 })],
  ...[
    new Proxy({ a: 1 }, {}),
    "日本語".repeat(3),
    Array.from({ length: 20 }, (_, i) => "日".repeat(i % 4)),
  ],
];

Deno.test("values of all kinds have the text that Deno writes, with all options", () => {
  const options = [
    ...[{}, { depth: 1 }, { compact: false }, { breakLength: 40 }],
    ...[{ iterableLimit: 3 }, { sorted: true }, { getters: true }, { strAbbreviateSize: 5 }],
    { trailingComma: true, compact: false },
  ];
  for (const value of values) {
    for (const one of options) assertEquals(inspect(value, one), Deno.inspect(value, one));
  }
});

Deno.test("values that nobody thought of have the text that Deno writes", () => {
  const anything = fc.anything({
    ...{ maxDepth: 4, withBigInt: true, withBoxedValues: true, withDate: true, withMap: true },
    ...{ withNullPrototype: true, withSet: true, withSparseArray: true, withTypedArray: true },
  });
  fc.assert(
    fc.property(anything, (value) => {
      assertEquals(inspect(value), Deno.inspect(value));
    }),
    { numRuns: 1500, seed: 1 },
  );
});

Deno.test("a promise says what came of it, once it was asked", async () => {
  const all = [Promise.resolve(1), new Promise(() => {}), Promise.reject("no")];
  assertEquals(await inspectSettled(all), Deno.inspect(all));
  assertEquals(inspect(Promise.resolve([1])), "Promise { <pending> }");
});

Deno.test("an error says where in the cells it comes from, and its causes", () => {
  const error = Object.assign(new RangeError("bad", { cause: "reason" }), {
    stack:
      "RangeError: bad\n    at f (cell-3.ts:2:5)\n    at cell-4.ts:1:9\n    at run (kernel.js:1:1)",
  });
  assertEquals(
    inspect(error),
    "RangeError: bad\n    at f (cell 3, line 2)\n    at (cell 4, line 1)\nCaused by reason",
  );
});

Deno.test("signs with a percent take their arguments", () => {
  assertEquals(
    inspectArgs(["%s-%d-%i-%f-%j", "a", 1.5, 2.5, "3", { a: 1 }, "rest"]),
    'a-1-2-3-{"a":1} rest',
  );
  assertEquals(inspectArgs(["100%", 1]), "100% 1");
  assertEquals(inspectArgs(["%o %O %c%%", [1], { a: 1 }, "color: red"]), "[ 1 ] { a: 1 } %");
});
