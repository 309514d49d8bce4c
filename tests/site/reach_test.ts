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

const rules = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
  resultTypes: ["violations"],
};
// What a display has stored is as old as the notebook's last run; its colours and roles are tested
// where it is made.
const stored = "div.cell_output .output.text_html";
const check = `axe.run({ exclude: ["${stored}"] }, ${
  JSON.stringify(rules)
}).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ": " + target.join(" "))))`;

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
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          assertEquals(await page.evaluate<string[]>(check), [], `${path}, ${colorScheme}`);
        }
        await page.close();
      }
    });
  },
});
