/**
 * Looks at the book, with axe-core, whether everybody can read it: contrast, names of
 * buttons, what the keyboard reaches; the rules are those of WCAG 2.1, levels A and AA.
 */
import axe from "axe-core";
import { assertEquals } from "../support/assert.ts";
import { inBrowser, withBrowser } from "../support/browser.ts";
import { serveFolder } from "../support/serve_folder.ts";
import { readPages } from "./book_links.ts";
import { madeBook } from "./made_book.ts";

const standards = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] };
const contrast = { runOnly: { type: "rule", values: ["color-contrast"] } };
const others = { ...standards, rules: { "color-contrast": { enabled: false } } };
// What a display has stored is as old as the notebook's last run; its colours and roles are tested
// where it is made.
const stored = "div.cell_output .output.text_html";
const check = (rules: object) =>
  `axe.run({ exclude: ["${stored}"] }, ${
    JSON.stringify({ ...rules, resultTypes: ["violations"] })
  }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ": " + target.join(" "))))`;

/**
 * Measuring contrast takes long, and most of a page are thousands of signs of code and formulas. So
 * of elements that are alike in all that a style sheet looks at, up to the root, one is measured.
 */
const markAlike = `(() => {
  const keys = new Map(), seen = new Set();
  for (const element of document.querySelectorAll("*")) {
    const { tagName, className, style, rowIndex = 0, parentElement } = element;
    // No style sheet looks at the names of sections, which are for links.
    const id = tagName === "SECTION" ? "" : element.id;
    const own = [tagName, id, String(className), style?.color, style?.background, rowIndex % 2];
    const key = keys.get(parentElement) + " > " + own.join();
    keys.set(element, key);
    if (seen.has(key)) element.dataset.alike = "";
    seen.add(key);
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: "*:not([data-alike])" }] });
})()`;

Deno.test({
  name: "everybody can read the chapters of the book: axe finds nothing, light and dark",
  ...inBrowser,
  fn: async () => {
    const folder = await madeBook();
    const pages = [...(await readPages(folder)).keys()].sort();
    // The reference and the files of the project have the colours of those who made their pages.
    const visited = pages.filter((path) => !path.includes("/"));
    await using server = serveFolder(folder);
    await withBrowser(async (browser) => {
      for (const path of visited) {
        const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
        await page.goto(server.url + encodeURI(path));
        await page.evaluate(axe.source);
        assertEquals(await page.evaluate<string[]>(check(others)), [], path);
        await page.evaluate(markAlike);
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          const found = await page.evaluate<string[]>(check(contrast));
          assertEquals(found, [], `${path}, ${colorScheme}`);
        }
        await page.close();
      }
    });
  },
});
