import { escape, formatNumber, shorten } from "../../../engine/show/text.ts";
import { assertEquals, assertMatch, assertStringIncludes } from "../../support/assert.ts";
import { document, round } from "../../../engine/show/svg.ts";

Deno.test("escape() leaves no markup, in text and in attributes", () => {
  assertEquals(escape(`a<b>&"c'`), "a&#60;b&#62;&#38;&#34;c&#39;");
  assertEquals(escape("plain, – ∂ 😀"), "plain, – ∂ 😀");
});

Deno.test("escape() replaces what XML cannot hold", () => {
  assertEquals(escape("a\u0000b\u001bc\ud800d\uffff"), "a\ufffdb\ufffdc\ufffdd\ufffd");
  assertEquals(escape("tab\tline\n"), "tab\tline\n");
});

Deno.test("round() gives at most two decimals, and no -0", () => {
  assertEquals([1.005, 2.126, -3.14159, 7].map(round), [1, 2.13, -3.14, 7]);
  assertEquals(Object.is(round(-.001), 0), true);
});

Deno.test("formatNumber() gives at most five significant digits", () => {
  const texts: [number, string][] = [
    [6, "6"],
    [-.1234567, "-0.12346"],
    [123456.7, "123460"],
    [1e-9, "1e-9"],
    [1.5e300, "1.5e+300"],
    [.1 + .2, "0.3"],
    [0, "0"],
    [-0, "-0"],
    [NaN, "NaN"],
    [-Infinity, "-Infinity"],
  ];
  for (const [x, text] of texts) assertEquals(formatNumber(x), text);
});

Deno.test("shorten() cuts by characters and marks the cut", () => {
  assertEquals(shorten("abc", 3), "abc");
  assertEquals(shorten("abcd", 3), "ab…");
  assertEquals(shorten("😀😀😀", 3), "😀😀😀");
  assertEquals(shorten("😀😀😀😀", 3), "😀😀…");
});

Deno.test("document() is an SVG of whole pixels that names itself", () => {
  const svg = document(10.2, 20, "a < b", ["<g/>"]);
  assertMatch(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="11" height="20"/);
  assertStringIncludes(svg, "<title>a &#60; b</title>\n<g/>\n</svg>");
  assertStringIncludes(svg, 'role="img" aria-label="a &#60; b"');
});
