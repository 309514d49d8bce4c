/**
 * Makes the book, a site of static pages, from the stored notebooks:
 * `deno task book`. Nothing is executed.
 *
 * @module
 */
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { display, math, steps, Value } from "../../mod.ts";
import { findNotebooks, readNotebook } from "../jupyter/notebooks.ts";
import { lock, setupPackages } from "../jupyter/setup.ts";
import { root, runTask, SetupError, takeNothing } from "../jupyter/task.ts";
import { apiFolder, apiPage, type ModuleDoc } from "./api_page.ts";
import { readDoc, writeReference } from "./api_reference.ts";
import { bundleLive } from "./live/bundle.ts";
import { Links, pictureFolder, repositoryUrl, sourcePage } from "./links.ts";
import { notebookFolder, notebookPage } from "./notebook_page.ts";
import { folderPageText, sourcePageText } from "./source_page.ts";
import { readTerms, withPlaces } from "./term_links.ts";

const here = import.meta.dirname!;

/** Where `deno task book` puts the book. */
export const bookFolder: string = join(root, ".output", "book");

/** The pages that are no notebooks, by their paths in the repository. */
const texts: Record<string, string> = {
  "notebooks/book/index.md": "index.md",
  "notebooks/book/glossary.md": "glossary.md",
  "notebooks/book/source_map.md": "source_map.md",
  "notebooks/book/troubleshooting.md": "troubleshooting.md",
  "README.md": "readme.md",
  "CHANGELOG.md": "changelog.md",
  "CONTRIBUTING.md": "contributing.md",
};

/** The files of packages that pages load, by their places in the site. */
const assets: Record<string, string> = {
  "_static/katex": "katex/dist/",
  "vega/vega.min.js": "vega/build/vega.min.js",
  "vega/vega-lite.min.js": "vega-lite/build/vega-lite.min.js",
  "vega/vega-embed.min.js": "vega-embed/build/vega-embed.min.js",
};

const missing = { isFile: false, isDirectory: false };

/**
 * Makes the book; what was in the folder is replaced if that succeeds.
 *
 * @param notebooks the executed notebooks, in any folder.
 * @param folder gets the site; intermediate files go beside it, into `<folder>-build`.
 * @throws {SetupError} if a link is broken or Sphinx complains; it was printed.
 */
export async function buildBook(notebooks: readonly string[], folder: string): Promise<void> {
  const { python, env } = await setupPackages("book", join(here, "requirements.txt"));
  using _lock = await lock("book", "another process is making the book");
  const work = `${folder}-build`;
  await Deno.remove(work, { recursive: true }).catch(ignoreMissing);
  const [source, site, html] = ["source", "site", "html"].map((name) => join(work, name));
  const links = new Links(
    new Map([
      ...Object.entries(texts),
      ["notebooks/book/api.md", "api.md"],
      [".", repositoryUrl() ?? texts["README.md"]],
      ...notebooks.map((path) => [`notebooks/${basename(path)}`, basename(path)] as const),
    ]),
  );
  const doc = await readDoc();
  await writePages(notebooks, links, source, site, doc);
  await write(join(source, "film.html"), await film());
  await write(join(source, "api.md"), apiPage(doc));
  await writeReference(join(site, apiFolder), (path) => links.source(path).replace(/md$/, "html"));
  await writeSources(links, source);
  await copyAssets(site);
  const narrow = await Deno.readTextFile(join(root, "engine/chart/narrow.js"));
  // Opened as a file, a page may load scripts and no modules.
  await write(join(site, "_static", "narrow.js"), narrow.replace(/^export /gm, ""));
  const live = await makeLive(notebooks, work, site);
  const { success } = await new Deno.Command(python, {
    args: [
      ...["-m", "sphinx", "--builder", "html", "--conf-dir", here, "--jobs", "auto", "--quiet"],
      ...["--fail-on-warning", "--keep-going", "--doctree-dir", join(work, "doctrees")],
      ...[source, html],
    ],
    env: { ...env, CHAINRULE_SITE: site, BOOK_LIVE: live },
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (!success) throw new SetupError("The book could not be made; the reasons are above.");
  await Deno.remove(folder, { recursive: true }).catch(ignoreMissing);
  await Deno.rename(html, folder);
}

/** Writes the pages for Sphinx, and beside them the pictures and notebooks of the site. */
async function writePages(
  paths: readonly string[],
  links: Links,
  source: string,
  site: string,
  doc: ModuleDoc,
): Promise<void> {
  const glossary = "notebooks/book/glossary.md";
  const terms = readTerms(await Deno.readTextFile(join(root, glossary)), doc);
  const names = paths.map((path) => basename(path));
  for (const [i, path] of paths.entries()) {
    const original = await readNotebook(path);
    const { notebook, pictures } = notebookPage(
      original,
      `notebooks/${names[i]}`,
      links,
      terms,
    );
    await write(join(source, names[i]), JSON.stringify(notebook));
    for (const [name, svg] of pictures) await write(join(site, pictureFolder, name), svg);
    await copy(path, join(site, notebookFolder, names[i]));
  }
  for (const [path, page] of Object.entries(texts)) {
    const text = links.rewrite(await Deno.readTextFile(join(root, path)), path);
    await write(join(source, page), path === glossary ? withPlaces(text) : text);
  }
  for (const path of links.images) {
    await copy(join(root, path), join(site, pictureFolder, basename(path)));
  }
}

/** Writes the pages that show files of the project. */
async function writeSources(links: Links, source: string): Promise<void> {
  // A folder's page links its files, which then get pages too.
  for (const path of links.sources) {
    const page = join(source, sourcePage(path));
    const { isFile, isDirectory } = await Deno.stat(join(root, path)).catch(() => missing);
    if (isFile) {
      await copy(join(root, path), join(source, "files", path));
      await write(page, sourcePageText(path, `files/${path}`));
    } else if (isDirectory) {
      const entries = await Array.fromAsync(Deno.readDir(join(root, path)));
      const files = entries.filter((entry) => entry.isFile).map(({ name }) => name).sort();
      for (const name of files) links.sources.add(`${path}/${name}`);
      await write(page, folderPageText(path, files));
    } else {
      throw new SetupError(`The book links to ${path}, which is not there.`);
    }
  }
}

/**
 * Puts what a live page needs into a folder that is named for its content, so that
 * no browser mixes the files of two versions.
 *
 * @returns the folder's path in the site.
 */
async function makeLive(
  notebooks: readonly string[],
  work: string,
  site: string,
): Promise<string> {
  const made = join(work, "live", "made");
  await bundleLive(notebooks, made, join(work, "live", "work"));
  const names: string[] = [];
  for await (const { name, isFile } of Deno.readDir(made)) if (isFile) names.push(name);
  const texts = await Promise.all(names.sort().map((name) => Deno.readFile(join(made, name))));
  const sum = await crypto.subtle.digest("SHA-256", await new Blob(texts).arrayBuffer());
  const folder = `live/${new Uint8Array(sum).toHex().slice(0, 8)}`;
  await Deno.mkdir(join(site, "live"), { recursive: true });
  await Deno.rename(made, join(site, folder));
  return folder;
}

/** The display of the front page: a neuron and its gradients, step by step. */
async function film(): Promise<string> {
  const value = (label: string, data: number) => new Value(data, { label });
  const y = math`tanh(${value("w", 0.5)} * ${value("x", 2)} + ${value("b", -0.3)})`;
  y.label = "y";
  return String((await steps(y)[display]())["text/html"]);
}

async function copyAssets(site: string): Promise<void> {
  for (const [place, path] of Object.entries(assets)) {
    const [name, ...inside] = path.split("/");
    await import(name); // so that the package is there
    const [folder] = fileURLToPath(import.meta.resolve(name)).split(
      /(?<=[/\\])(?:build|dist)[/\\]/,
    );
    const from = join(folder, ...inside);
    if (!path.endsWith("/")) {
      await copy(from, join(site, place));
      continue;
    }
    await copy(join(from, "katex.min.css"), join(site, place, "katex.min.css"));
    for await (const { name } of Deno.readDir(join(from, "fonts"))) {
      if (name.endsWith(".woff2")) {
        await copy(join(from, "fonts", name), join(site, place, "fonts", name));
      }
    }
  }
}

async function write(path: string, text: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, text);
}

async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(dirname(to), { recursive: true });
  await Deno.copyFile(from, to);
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

async function main(args: readonly string[]): Promise<number> {
  takeNothing(args);
  console.log("Making the pages …");
  await buildBook(await findNotebooks(), bookFolder);
  const folder = relative(Deno.cwd(), bookFolder);
  console.log(`The book: ${join(folder, "index.html")}`);
  console.log(
    `To run its cells, let a server show it: python3 -m http.server --directory ${folder}`,
  );
  return 0;
}

if (import.meta.main) await runTask(main);
