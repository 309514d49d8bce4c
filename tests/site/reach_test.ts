/**
 * Looks at the book, with axe-core, whether everybody can read it: contrast, names of
 * buttons, what the keyboard reaches; the rules are those of WCAG 2.1, levels A and AA.
 */
import axe from "axe-core";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { assert, assertEquals } from "../support/assert.ts";
import { inBrowser, untilDrawn, withBrowser } from "../support/browser.ts";
import { serveFolder } from "../support/serve_folder.ts";
import { readPages } from "./book_links.ts";
import { madeBook } from "./made_book.ts";

/** What axe asks of colours; it asks the rest whatever they are. */
const colorRules = ["color-contrast", "link-in-text-block"];
const standards = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
  rules: Object.fromEntries(colorRules.map((rule) => [rule, { enabled: false }])),
};
const ofColors = { runOnly: { type: "rule", values: colorRules } };
const check = (rules: object) =>
  `axe.run(document, ${
    JSON.stringify({ ...rules, resultTypes: ["violations"] })
  }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ": " + target.join(" "))))`;

/**
 * Looking at colours takes long, and most of a page are thousands of signs of code and formulas. So
 * of elements that are alike in all that a style sheet looks at, up to the root, and in whether
 * they stand among words, one is looked at. The others go, but for parts of drawings, which may lie
 * on each other, and for rows, since the next one has another colour.
 */
const thinOut = `(() => {
  const keys = new Map(), seen = new Set();
  const rules = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]);
  const styles = rules.map(({ cssText }) => cssText).join();
  const all = [...document.querySelectorAll("*")];
  const withWords = new Set();
  for (const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT); texts.nextNode();) {
    const { data, parentElement } = texts.currentNode;
    if (data.trim()) withWords.add(parentElement);
  }
  for (const element of all) {
    const { tagName, className, style, rowIndex = 0, parentElement } = element;
    const id = styles.includes("#" + element.id) ? element.id : "";
    const own = [tagName, id, String(className), style?.color, style?.background, rowIndex % 2];
    const key = keys.get(parentElement) + " > " + [...own, withWords.has(parentElement)].join();
    keys.set(element, key);
    if (seen.has(key)) element.dataset.alike = "";
    seen.add(key);
  }
  for (const element of all.reverse()) {
    const isLeft = !("alike" in element.dataset) || element.children.length > 0;
    if (!isLeft && !element.matches("head *, style, svg *, tr")) element.remove();
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: "*:not([data-alike])" }] });
})()`;

Deno.test({
  name: "everybody can read the book: axe finds nothing, light and dark",
  ...inBrowser,
  fn: async () => {
    const folder = await madeBook();
    const paths = [...(await readPages(folder)).keys()].sort();
    const own = paths.filter((path) => !path.includes("/"));
    const made = await covering(folder, paths.filter((path) => path.includes("/")));
    assert(own.length > 15 && made.length > 5, `${[own, made]}`);
    await using server = serveFolder(folder);
    await withBrowser(async (browser) => {
      assertEquals(await violations(browser, server.url, [...made, ...own]), []);
    });
  },
});

/** Visits pages one after the other, and returns what axe finds: `page, theme: rule: element`. */
async function violations(
  browser: Browser,
  url: string,
  paths: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  // A colour on its way to another is none that anybody reads.
  await context.addInitScript(`${axe.source}
    document.addEventListener("DOMContentLoaded", () => document.head.append(
      Object.assign(document.createElement("style"), { textContent: "* { transition: none !important }" })));`);
  const page = await context.newPage();
  for (const path of paths) {
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(url + encodeURI(path));
    await untilDrawn(page);
    const note = (where: string, here: string[]) =>
      found.push(...here.map((violation) => `${where}: ${violation}`));
    note(path, await page.evaluate<string[]>(check(standards)));
    await page.evaluate(thinOut);
    for (const theme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: theme });
      note(`${path}, ${theme}`, await page.evaluate<string[]>(check(ofColors)));
    }
  }
  return found;
}

/**
 * Few of many pages that programs made, which have between them whatever can have a look of its own
 * in any of them: an element with its classes.
 */
async function covering(folder: string, paths: readonly string[]): Promise<string[]> {
  const left = new Map<string, Set<string>>();
  for (const path of paths) {
    const html = await Deno.readTextFile(join(folder, path));
    left.set(path, new Set(html.match(/<\w+(?= )(?:[^>]* class="[^"]*")?/g)?.map(kindOf)));
  }
  const chosen: string[] = [];
  while (left.size > 0) {
    const [path, kinds] = [...left].reduce((a, b) => b[1].size > a[1].size ? b : a);
    if (kinds.size === 0) break;
    chosen.push(path);
    left.delete(path);
    for (const others of left.values()) for (const kind of kinds) others.delete(kind);
  }
  return chosen;
}

function kindOf(tag: string): string {
  return `${tag.match(/^<\w+/)} ${tag.match(/ class="([^"]*)"$/)?.[1] ?? ""}`;
}
