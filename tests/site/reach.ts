/**
 * Whether everybody can read a page, as axe-core sees it: contrast, names of buttons, what the
 * keyboard reaches; the rules are those of WCAG 2.1, levels A and AA.
 *
 * @module
 */
import axe from "axe-core";
import type { Page } from "playwright-core";

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
 * Most of a page are thousands of spans, parts of formulas and lines of pictures that have no more
 * than a look: beside colours axe asks nothing of them. They go, and their words stay. What scrolls
 * stays whole, since the keyboard has to reach it.
 */
const unwrap = `(() => {
  const means = (name) => /^(id|role|tabindex|href|lang|on.*|aria-.*)$/.test(name);
  for (const element of document.querySelectorAll("body :not(svg *)")) {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
    const isLarger = scrollWidth > clientWidth || scrollHeight > clientHeight;
    if (isLarger && /auto|scroll/.test(getComputedStyle(element).overflow)) {
      element.dataset.scrolls = "";
    }
  }
  for (const element of document.querySelectorAll("body span, math *, svg :not(text, title, desc)")) {
    if (element.closest("[data-scrolls]") || element.getAttributeNames().some(means)) continue;
    element.replaceWith(...element.childNodes);
  }
  document.body.normalize();
})()`;

/**
 * Notes, of all that has words, what the contrast of its words comes from in the theme of now.
 * Pictures are left out: axe decides nothing of words that a picture lies behind, and the colours
 * of ours have a test of their own.
 */
const noteLooks = `(() => {
  globalThis.looks ??= new Map();
  const grounds = new Map(), colors = new Map();
  const hasWords = (element) => element.matches("input, select, textarea") ||
    [...element.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim());
  for (const element of document.querySelectorAll("html, body, body :not(svg *, script, style)")) {
    const style = getComputedStyle(element);
    const { color, backgroundColor, backgroundImage, opacity } = style;
    const ground = [backgroundColor, backgroundImage, opacity].join();
    const below = grounds.get(element.parentElement) ?? "";
    grounds.set(element, ground === "rgba(0, 0, 0, 0),none,1" ? below : below + " > " + ground);
    colors.set(element, color);
    if (!hasWords(element)) continue;
    const { fontSize, fontWeight, textDecorationLine } = style;
    const around = element.matches("a") ? colors.get(element.parentElement) : "";
    const look = [color, around, fontSize, fontWeight, textDecorationLine, grounds.get(element)];
    looks.set(element, [...looks.get(element) ?? [], ...look]);
  }
})()`;

/**
 * Looking at colours takes long, and most words of a book look like others: one of each look stays,
 * and what it lies in. Takes the looks of other pages, and answers with the new ones.
 */
const thinOut = `((others) => {
  const seen = new Set(others);
  const left = new Set();
  for (const [element, parts] of looks) {
    const look = parts.join("; ");
    if (seen.has(look)) continue;
    seen.add(look);
    element.dataset.look = "";
    for (let at = element; at !== null; at = at.parentElement) left.add(at);
  }
  for (const element of document.body.querySelectorAll(":not(script, style)")) {
    if (!left.has(element)) element.remove();
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-look]" }] });
  return [...seen].slice(others.length);
})`;

/**
 * What somebody could not read or reach, in words; none is as it should be.
 *
 * @param page a page that is not needed any more: it is taken apart.
 * @param seen the looks of words that axe has seen on other pages, and now on this one.
 */
export async function obstacles(page: Page, seen: Set<string>): Promise<string[]> {
  const themes = ["light", "dark"] as const;
  // A colour on its way to another is none that anybody reads.
  await page.addStyleTag({ content: "* { transition: none !important }" });
  await page.evaluate(axe.source);
  await page.evaluate("globalThis.whole = document.body.cloneNode(true)");
  await page.evaluate(unwrap);
  const found = await page.evaluate<string[]>(check(standards));
  await page.evaluate("document.body.replaceWith(whole)");
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(noteLooks);
  }
  const looks = await page.evaluate<string[]>(`${thinOut}(${JSON.stringify([...seen])})`);
  for (const look of looks) seen.add(look);
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    const here = await page.evaluate<string[]>(check(ofColors));
    found.push(...here.map((violation) => `${colorScheme}: ${violation}`));
  }
  return found;
}
