import { linkTerms } from "../../notebooks/book/term_links.ts";
import { assertEquals } from "../support/assert.ts";

const terms = {
  terms: [
    { term: "leaf", chapter: "02_b.ipynb", anchor: "a-second-call" },
    { term: "head", chapter: "10_c.ipynb", anchor: "" },
    { term: "Value", chapter: "01_a.ipynb", anchor: "" },
  ],
  names: new Set<string>(),
};
const linked = (text: string) =>
  [...text.matchAll(/#term-([a-z-]+)">([^<]+)</g)].map(([, term, words]) => `${term}: ${words}`);

Deno.test("a word is a term from where it is introduced on, and everyday before", () => {
  const text = "Two heads, one leaf.";
  const chapter = linkTerms(terms, "02_b.ipynb", new Set());
  assertEquals(linked(chapter(text)), []);
  assertEquals(linked(chapter(`${text}\n\n## A \`second\` call\n\n${text} A leaf.`)), [
    "leaf: leaf",
  ]);
  assertEquals(linked(linkTerms(terms, "10_c.ipynb", new Set())(text)), [
    "head: heads",
    "leaf: leaf",
  ]);
});

Deno.test("a term with a capital is a name: a value is not always a Value", () => {
  const chapter = linkTerms(terms, "02_b.ipynb", new Set());
  assertEquals(linked(chapter("A value, and a Value.")), ["value: Value"]);
});
