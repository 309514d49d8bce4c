/**
 * Reads the pages of a static site without a browser.
 *
 * @module
 */
import { dirname, join, normalize, relative } from "node:path/posix";

/** What a page refers to, and what others can refer to in it. */
interface PageFile {
  ids: Set<string>;
  /** The addresses of links. */
  links: string[];
  /** The addresses of what the page loads by itself. */
  loads: string[];
}

/** The pages of a folder and its folders, by their paths in it. */
export async function readPages(folder: string): Promise<Map<string, PageFile>> {
  const pages = new Map<string, PageFile>();
  const visit = async (inner: string): Promise<void> => {
    for await (const { name, isDirectory } of Deno.readDir(inner)) {
      const path = join(inner, name);
      if (isDirectory) await visit(path);
      if (name.endsWith(".html")) {
        pages.set(relative(folder, path), parse(await Deno.readTextFile(path)));
      }
    }
  };
  await visit(folder);
  return pages;
}

/** Links between the pages and files of a folder that lead nowhere: `page -> address`. */
export async function brokenLinks(
  folder: string,
  pages: ReadonlyMap<string, PageFile>,
): Promise<string[]> {
  const broken: string[] = [];
  for (const [path, { links, loads }] of pages) {
    for (const link of [...links, ...loads]) {
      if (/^[a-z]+:/i.test(link)) continue;
      const [target, anchor] = link.split("#").map(decodeURIComponent);
      const file = target ? normalize(join(dirname(path), target.split("?")[0])) : path;
      const page = pages.get(file) ?? pages.get(join(file, "index.html"));
      const exists = page !== undefined || await isFile(join(folder, file));
      if (!exists || (anchor && page && !page.ids.has(anchor))) broken.push(`${path} -> ${link}`);
    }
  }
  return broken;
}

/** What pages load by themselves from elsewhere: `page -> address`. */
export function foreignLoads(pages: ReadonlyMap<string, PageFile>): string[] {
  return [...pages].flatMap(([path, { loads }]) =>
    loads.filter((url) => /^(https?:)?\/\//.test(url)).map((url) => `${path} -> ${url}`)
  );
}

function parse(html: string): PageFile {
  const page: PageFile = { ids: new Set([""]), links: [], loads: [] };
  const text = html.replace(/<!--[^]*?-->|(<script\b[^>]*>)[^]*?<\/script>/g, "$1");
  for (const [, name, attributes] of text.matchAll(/<([a-z]+)\b((?:"[^"]*"|'[^']*'|[^>"'])*)>/g)) {
    const attribute = (key: string) =>
      attributes.match(new RegExp(`\\s${key}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`))?.slice(1).join("");
    const [id, href, src] = ["id", "href", "src"].map((key) => decode(attribute(key) ?? ""));
    if (id) page.ids.add(id);
    if (src) page.loads.push(src);
    if (!href) continue;
    const isLoaded = name === "link" && /stylesheet|icon|preload/.test(attribute("rel") ?? "");
    (isLoaded ? page.loads : page.links).push(href);
  }
  return page;
}

function decode(attribute: string): string {
  const names: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return attribute.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (all, hex, decimal, name) =>
      name ? names[name] ?? all : String.fromCodePoint(parseInt(hex ?? decimal, hex ? 16 : 10)),
  );
}

async function isFile(path: string): Promise<boolean> {
  return await Deno.stat(path).then(({ isFile }) => isFile, () => false);
}
