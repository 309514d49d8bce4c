import { assertEquals } from "../support/assert.ts";
import { inBrowser, withPage } from "../support/browser.ts";
import { obstacles } from "./reach.ts";

const pageOf = (main: string) =>
  `<!DOCTYPE html><html lang="en"><title>A page</title>
  <style>
    :root { color-scheme: light dark; }
    .box { display: block; width: 50px; overflow: auto; white-space: nowrap; }
    .faint { color: light-dark(#aaa, #fff); }
    @media (prefers-color-scheme: dark) { body { background: #000; } .dim { color: #333; } }
  </style>
  <main>${main}</main>`;

Deno.test({
  name:
    "a word too faint in one of the themes is found once, a button without a name and a box that no key scrolls each time",
  ...inBrowser,
  fn: () =>
    withPage(
      pageOf(`<p class="faint">in light</p><p class="faint">alike</p><p class="dim">in dark</p>
        <p>plain <span class="faint"><span class="k">in a span</span></span></p>
        <span class="box"><span>a long line of words in a narrow box</span></span>
        <button><span class="icon"></span></button><button><span>named</span></button>
        <svg width="40" height="20"><g role="button" tabindex="0"><path d="M0 0h9v9z"></path></g>
          <g role="button" tabindex="0" aria-label="named"><text y="15">x</text></g></svg>`),
      async ({ page }) => {
        const seen = new Set<string>();
        assertEquals(await obstacles(page, seen), [
          "aria-command-name: g:nth-child(1)",
          "button-name: button:nth-child(6)",
          "scrollable-region-focusable: .box",
          "light: color-contrast: .faint",
          "dark: color-contrast: .dim",
        ]);
        await page.setContent(
          pageOf(`<p class="faint">as before</p><small class="faint">of another size</small>
            <button></button>`),
        );
        assertEquals(await obstacles(page, seen), [
          "button-name: button",
          "light: color-contrast: small",
        ]);
      },
    ),
});
