import { assertEquals, assertMatch, assertStringIncludes } from "../../support/assert.ts";
import { document, round, textAt } from "../../../engine/show/svg.ts";

Deno.test("round() gives at most two decimals, and no -0", () => {
  assertEquals([1.005, 2.126, -3.14159, 7].map(round), [1, 2.13, -3.14, 7]);
  assertEquals(Object.is(round(-.001), 0), true);
});

Deno.test("document() is an SVG of whole pixels that lies on paper and names itself", () => {
  const svg = document(10.2, 20, "a < b", ["<g/>"]);
  assertMatch(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="11" height="20"/);
  assertStringIncludes(
    svg,
    '<title>a &#60; b</title>\n<rect width="11" height="20" rx="6" fill="#ffffff"/>\n<g/>\n</svg>',
  );
  assertStringIncludes(svg, 'role="img" aria-label="a &#60; b"');
});

Deno.test("textAt() writes a line of text, markup too, at rounded coordinates", () => {
  assertEquals(textAt(1.234, 5, "a < b"), '<text x="1.23" y="5">a &#60; b</text>');
  assertEquals(textAt(0, 0, "x", 'fill="red"'), '<text x="0" y="0" fill="red">x</text>');
});
