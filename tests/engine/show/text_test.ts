import { assert, assertEquals } from "../../support/assert.ts";
import {
  abridged,
  asName,
  base64,
  counted,
  escape,
  formatNumber,
  inScript,
  percent,
  printable,
  score,
  shorten,
  thin,
} from "../../../engine/show/text.ts";

Deno.test("only all is 100% and only nothing 0%", () => {
  assertEquals([percent(5, 5), percent(0, 5), percent(2, 3)], ["100%", "0%", "66.7%"]);
  assertEquals([percent(9999, 10_000), percent(1, 10_000)], ["99.9%", "0.1%"]);
  assertEquals([percent(NaN, 1), percent(0, 0)], ["–", "–"]);
});

Deno.test("a score says how many and which share", () => {
  assertEquals(score(97, 100), "97 of 100 right: 97%");
});

Deno.test("a count says its noun in the right number", () => {
  assertEquals([0, 1, 2].map((n) => counted(n, "step")), ["0 steps", "1 step", "2 steps"]);
  assertEquals(counted(2, "class", "classes"), "2 classes");
});

Deno.test("escape() leaves no markup, in text and in attributes", () => {
  assertEquals(escape(`a<b>&"c'`), "a&#60;b&#62;&#38;&#34;c&#39;");
  assertEquals(escape("plain, – ∂ 😀"), "plain, – ∂ 😀");
});

Deno.test("escape() replaces what XML cannot hold", () => {
  assertEquals(escape("a\u0000b\u001bc\ud800d\uffff"), "a\ufffdb\ufffdc\ufffdd\ufffd");
  assertEquals(escape("tab\tline\n"), "tab\tline\n");
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

Deno.test("thin() keeps the ends and spreads the rest evenly", () => {
  const all = Array.from({ length: 100 }, (_, i) => i);
  assertEquals(thin(all, 4), [0, 33, 66, 99]);
  assertEquals(thin(all.slice(0, 4), 4), [0, 1, 2, 3]);
});

Deno.test("inScript() cannot end the script element, and is the same JSON", () => {
  const value = { a: "</script><!--" };
  assert(!inScript(value).includes("<"));
  assertEquals(JSON.parse(inScript(value)), value);
});

Deno.test("base64() is that of bytes, and of text in UTF-8", () => {
  assertEquals(base64(Uint8Array.of(0, 255, 62)), "AP8+");
  assertEquals(base64("∂"), "4oiC");
});

Deno.test("printable() shows what a terminal would obey", () => {
  assertEquals(printable("\u001b[31mred\u0007\n\t\u007f"), "␛[31mred␇␊␉␡");
  assertEquals(printable("\u009b2J\u2028\u202eabc\u2066\ud800"), "�2J��abc��");
  assertEquals(printable("plain, – ∂ 😀 שלום"), "plain, – ∂ 😀 שלום");
});

Deno.test("asName() keeps a name short, and the order of the sentence around it", () => {
  assertEquals(asName("loss"), "loss");
  assertEquals(asName("x".repeat(25)), "x".repeat(23) + "…");
  for (const name of ["שלום", "\u200fx", "عدد1", "\u{1e900}"]) {
    assertEquals(asName(name), `\u2068${name}\u2069`);
    assertEquals(asName(asName(name)), asName(name));
  }
  assertEquals(asName("\u202ex\u2069"), "�x�");
});

Deno.test("abridged() leaves twelve elements as they are, and of more the ends", () => {
  const letters = (n: number) => [..."abcdefghijklmnopqrstuvwxyz"].slice(0, n);
  assertEquals(abridged(letters(12)), letters(12));
  assertEquals(abridged(letters(26)).join(""), "abcdef⋯vwxyz");
});
