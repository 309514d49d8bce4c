/**
 * A browser without a window, for tests of pages.
 *
 * @module
 */
import { delimiter, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { Displayable } from "../../engine/extend.ts";
import { display } from "../../engine/show/jupyter.ts";
import { assertEquals } from "./assert.ts";
import { needs } from "./permissions.ts";

const permitted = needs("read", "write", "run", "env", "sys", "net");

/** The path of Chromium or Chrome: from the variable CHROMIUM or the PATH. */
export const browserPath: string | undefined = permitted.ignore ? undefined : findBrowser();
if (!permitted.ignore && !browserPath) {
  console.log(
    "Tests in a browser are skipped: no Chromium or Chrome on the PATH; set CHROMIUM to one.",
  );
}

/** Options for tests in a browser, which skip them where there is none. */
export const inBrowser: { ignore: boolean } = { ignore: !browserPath };

/**
 * Whether tests keep screenshots in `.output/screenshots`, which takes minutes and which no test
 * looks at: with `SCREENSHOTS=1`.
 */
export const keepsScreenshots: boolean = browserPath !== undefined &&
  Deno.env.get("SCREENSHOTS") === "1";

/** A page, and what went wrong in it or left it by now. */
export interface OpenPage {
  readonly page: Page;
  /** Errors and warnings of the console, uncaught errors. */
  readonly complaints: readonly string[];
  /** The addresses of all requests but those of `data:`. */
  readonly requests: readonly string[];
}

/** How long a browser is waited for, in milliseconds: tests share their processors with others. */
const patience = 120_000;

let running: Promise<Browser> | undefined;
if (browserPath) Deno.test.afterAll(async () => void await (await running)?.close());

/** Calls `use` with the browser of this file's tests, and closes what has been opened in it. */
export async function withBrowser(use: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await (running ??= launchBrowser());
  try {
    await use(browser);
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()));
  }
}

async function launchBrowser(): Promise<Browser> {
  // On demand: it looks at the environment as soon as it is loaded.
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // A page that glides to where it is told to be is drawn at every step of the way.
      "--disable-smooth-scrolling",
    ],
  });
  browser.on("context", (context) => context.setDefaultTimeout(patience));
  return browser;
}

/** Shows HTML in a page of its own, and does something with it. */
export async function withPage(
  html: string,
  use: (opened: OpenPage) => Promise<void>,
): Promise<void> {
  await withBrowser(async (browser) => {
    const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
    const opened = watch(page);
    await page.setContent(html);
    await use(opened);
  });
}

/** Opens a page with nothing but one display in it, and watches for what must not happen. */
export async function withDisplay(
  shown: Displayable,
  colorScheme: "light" | "dark",
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const html = (await shown[display]())["text/html"];
  const dark = colorScheme === "dark" ? ' style="background:#111;color:#eee"' : "";
  const document = `<!DOCTYPE html><meta charset="utf-8"><body${dark}>${html}`;
  await withPage(document, async ({ page, complaints, requests }) => {
    await page.emulateMedia({ colorScheme });
    await look(page);
    assertEquals(await page.locator("img[src=x]").count(), 0);
    assertEquals([...complaints, ...requests], []);
  });
}

/** Asks until the answer is as it should be or patience ends, and returns the last answer. */
export async function askUntil<T>(
  isRight: (answer: T) => boolean,
  ask: () => Promise<T>,
): Promise<T> {
  const end = performance.now() + patience;
  let answer = await ask();
  while (!isRight(answer) && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    answer = await ask();
  }
  return answer;
}

/** Waits until a page has been drawn in its fonts, with which its scripts find out what scrolls. */
export async function untilDrawn(page: Page): Promise<void> {
  await page.evaluate(`document.fonts.ready.then(() =>
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))`);
}

/** Keeps account of what goes wrong in a page, and of what it fetches, from now on. */
export function watch(page: Page): OpenPage {
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    if (/error|warning/.test(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) requests.push(request.url());
  });
  return { page, complaints, requests };
}

function findBrowser(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const folders = (Deno.env.get("PATH") ?? "").split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [Deno.env.get("CHROMIUM"), ...candidates].find((path) => path && isFile(path));
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
