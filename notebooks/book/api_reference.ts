import { dirname, join, relative } from "node:path";
import { root, SetupError } from "../jupyter/setup.ts";
import type { ModuleDoc } from "./api_page.ts";

/** What `deno doc --json` says of the library. */
export async function readDoc(): Promise<ModuleDoc> {
  return JSON.parse(await denoDoc("--json"));
}

/**
 * Writes the reference that `deno doc --html` makes, and ties it to the book: links
 * to files of the project lead to the book's pages of them.
 *
 * @param folder where to; it lies in the book's folder.
 * @param sourcePage where the book has the page of a file, given its path in the repository.
 */
export async function writeReference(
  folder: string,
  sourcePage: (path: string) => string,
): Promise<void> {
  await denoDoc("--html", "--name=chainrule", `--output=${folder}`);
  const style = await Deno.readTextFile(join(import.meta.dirname!, "api.css"));
  await Deno.writeTextFile(join(folder, "styles.css"), style, { append: true });
  const pages = new Map<string, string>();
  for (const file of await findPages(folder)) {
    const up = relative(dirname(file), dirname(folder)).replaceAll("\\", "/");
    pages.set(file, tie(await Deno.readTextFile(file), up, sourcePage));
  }
  for (const [file, html] of pages) {
    await Deno.writeTextFile(file, withoutDeadAnchors(html, file, pages));
  }
}

/** Links to places that the other page does not have lead to its top. */
function withoutDeadAnchors(
  html: string,
  file: string,
  pages: ReadonlyMap<string, string>,
): string {
  return html.replaceAll(/ href="([^"#:]+)#([^"]+)"/g, (all, address, anchor) => {
    const target = join(dirname(file), decodeURI(address));
    return pages.get(target)?.includes(` id="${anchor}"`) === false ? ` href="${address}"` : all;
  });
}

/** Ties a page to the book, whose folder is `up` from it. */
function tie(html: string, up: string, sourcePage: (path: string) => string): string {
  const files = encodePath(`file://${root}/`);
  const home = `<a href="${up}/api.html" class="book">The book</a>`;
  return html
    .replace("<html>", '<html lang="en">')
    .replace("</head>", `<link rel="icon" href="${up}/_static/favicon.svg"></head>`)
    // It is no list: between its items stand other elements.
    .replace(
      /<ul class="breadcrumbs">(\s*)<li>/,
      `${home}<ul class="breadcrumbs" role="group">$1<li role="presentation">`,
    )
    // What a keyboard and a screen reader need: a box that scrolls is reached, a button has a name.
    .replaceAll('<code class="language-', '<code tabindex="0" class="language-')
    .replaceAll('<button class="copyButton"', '<button aria-label="copy" class="copyButton"')
    // Here the book's search finds the lines that it shows.
    .replace('<main class="symbolGroup"', '<main role="main" class="symbolGroup"')
    // Deno calls the one module "default", and imports from where it stands.
    .replace(" - default - ", " - ")
    .replaceAll(">default</a>", ">mod.ts</a>")
    .replaceAll("from &quot;.&quot;", "from &quot;chainrule&quot;")
    // What links to an example finds it.
    .replaceAll(/(<div class="anchorable")(><a href="#(example_[^"]+)")/g, '$1 id="$3"$2')
    .replaceAll(/ href="([^"]*)"/g, (_, address) => {
      const target = encodePath(address.replaceAll("&#x2F;", "/"));
      if (target.startsWith(files)) {
        return ` href="${up}/${sourcePage(decodeURI(target.slice(files.length)))}"`;
      }
      // A folder's address needs a server that finds its index.
      const index = /(^|\/)$/.test(target) && !/^[a-z]+:/.test(target) ? "index.html" : "";
      return ` href="${target}${index}"`;
    });
}

function encodePath(address: string): string {
  return address.replaceAll("\\", "/").replaceAll(" ", "%20");
}

async function findPages(folder: string): Promise<string[]> {
  const pages: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) pages.push(...await findPages(join(folder, name)));
    if (name.endsWith(".html")) pages.push(join(folder, name));
  }
  return pages;
}

async function denoDoc(...options: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", ...options, "mod.ts"],
    cwd: root,
    stdin: "null",
  }).output();
  const [text, reason] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (!success) throw new SetupError(`The reference could not be made: ${reason.trim()}`);
  return text;
}
