/**
 * Links from a chapter's text to the glossary and to the library's reference: the
 * first time that a term or a name stands there, it leads to what it means. Before a
 * term is introduced, its word is an everyday one: two coins show heads, and an
 * operation leaves something behind.
 *
 * @module
 */
import type { ModuleDoc } from "./api_page.ts";
import { apiFolder } from "./api_page.ts";
import { anchorOf } from "./links.ts";

/** What texts can link to. */
export interface Terms {
  /** The glossary's terms, the longest first. */
  terms: readonly Term[];
  /** The names that the library exports. */
  names: ReadonlySet<string>;
}

/** A term, and where it is introduced. */
interface Term {
  term: string;
  /** The chapter's file, whose name begins with its number. */
  chapter: string;
  /** The heading's anchor; empty for what stands below the title. */
  anchor: string;
}

const entry = /^- \*\*(.+?)\*\*:(?:[^\n]|\n )+?\]\(\.\.\/([^#)]+)#?([^)]*)\)/gm;

/** The terms of the glossary, and the names of the library. */
export function readTerms(glossary: string, doc: ModuleDoc): Terms {
  const terms = Array.from(
    glossary.matchAll(entry),
    ([, term, chapter, anchor]): Term => ({ term, chapter, anchor }),
  );
  const names = Object.values(doc.nodes).flatMap(({ symbols }) => symbols.map(({ name }) => name));
  return { terms: terms.sort((a, b) => b.term.length - a.term.length), names: new Set(names) };
}

/** The glossary with a place to link to at each term. */
export function withPlaces(glossary: string): string {
  return glossary.replace(
    /^- \*\*(.+?)\*\*:/gm,
    (_, term) => `- <span id="${placeOf(term)}"></span>**${term}**:`,
  );
}

/** The id of a term's place in the glossary. */
function placeOf(term: string): string {
  return `term-${term.toLowerCase().replace(/[^\p{L}\d]+/gu, "-")}`;
}

// Code, formulas, links, pictures, HTML and headings stay what they are.
const fixed =
  /^ *(```+)[^]*?^ *\1|^#.*|^\$\$[^]*?\$\$|\$[^$\n]+(?:\n[^$\n]+)?\$|!?\[[^\]]*\]\([^)]*\)|<[^>]+>|`[^`\n]+`/gm;

/**
 * Makes what links the texts of a chapter, given one after the other.
 *
 * @param chapter the file of the chapter.
 * @param own names that the chapter defines itself; they do not mean the library's.
 */
export function linkTerms(
  { terms, names }: Terms,
  chapter: string,
  own: ReadonlySet<string>,
): (text: string) => string {
  const linked = new Set<string>();
  const reached = new Set([""]);
  const isKnown = (term: Term) =>
    term.chapter < chapter || term.chapter === chapter && reached.has(term.anchor);
  const link = (term: string, text: string) => {
    linked.add(term);
    return `<a class="term" href="glossary.html#${placeOf(term)}">${text}</a>`;
  };
  const inCode = (code: string) => {
    const name = code.match(/^`(\w+)(?:\(\))?`$/)?.[1];
    if (name === undefined || !names.has(name) || own.has(name) || linked.has(code)) return code;
    linked.add(code);
    const text = code.slice(1, -1);
    return `<a class="term" href="${apiFolder}/~/${name}.html">` +
      `<code class="docutils literal notranslate">${text}</code></a>`;
  };
  const inProse = (text: string) => {
    const links: string[] = [];
    for (const { term } of terms.filter(isKnown)) {
      if (linked.has(term)) continue;
      const words = term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
      text = text.replace(
        // A name has its capital everywhere: a value is not always a Value.
        new RegExp(
          `(?<![\\p{L}\\d\0-])${words}s?(?![\\p{L}\\d-])`,
          /^\p{Lu}/u.test(term) ? "u" : "iu",
        ),
        (found) => {
          links.push(link(term, found));
          return `\0${links.length - 1}\0`;
        },
      );
    }
    return text.replace(/\0(\d+)\0/g, (_, i) => links[Number(i)]);
  };
  return (text) => {
    let out = "", at = 0;
    for (const { 0: found, index } of text.matchAll(fixed)) {
      out += inProse(text.slice(at, index)) + inCode(found);
      if (found.startsWith("#")) reached.add(anchorOf(found.replace(/^#+ /, "")));
      at = index + found.length;
    }
    return out + inProse(text.slice(at));
  };
}
