import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { loadNames } from "../../../mod.ts";
import file from "../../../nn/data/names.json" with { type: "json" };

const names = await loadNames();

Deno.test("the names are 5,163 different ones of 2 to 11 small letters", () => {
  assertEquals([names.length, new Set(names).size], [5163, 5163]);
  assert(names.every((name) => /^[a-z]{2,11}$/.test(name)));
  assertEquals(Math.max(...names.map(({ length }) => length)), 11);
});

Deno.test("the most frequent names come first, and equally frequent ones by the alphabet", () => {
  assertEquals(names.slice(0, 5), ["james", "john", "robert", "michael", "mary"]);
  assertEquals(names.slice(-500), names.slice(-500).toSorted());
});

Deno.test("the names are those that the script took from the lists, to the last letter", async () => {
  const text = new TextEncoder().encode(names.join(" "));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", text)).toHex();
  assertEquals(hash, "b084802aef196f2b21550dd13253c66f3695c9303459518408402eec17b96836");
});

Deno.test("the file of the names says whose they are, that all may use them, and what was changed", () => {
  assertEquals(file.authors, "U.S. Census Bureau");
  assertStringIncludes(file.source, "https://www.census.gov/");
  assertStringIncludes(file.license, "Public domain");
  assertStringIncludes(file.changes, "each name once");
});

Deno.test("each call gives a list of its own", async () => {
  const mine = await loadNames();
  mine.length = 0;
  assertEquals((await loadNames()).length, 5163);
});
