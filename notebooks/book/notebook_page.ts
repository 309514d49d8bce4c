import { basename } from "node:path";
import { legibleWidth } from "../../engine/show/picture.ts";
import { escape } from "../../engine/show/text.ts";
import { type Notebook, type Output, plain } from "../jupyter/compare.ts";
import { type Links, pictureFolder, repositoryUrl } from "./links.ts";
import { transformCell } from "./live/kernel/transform_cell.ts";
import { linkTerms, type Terms } from "./term_links.ts";

/** A notebook made ready for Sphinx. */
export interface NotebookPage {
  /** The notebook; charts and pictures in it refer to files. */
  notebook: Notebook;
  /** The pictures by their file names. */
  pictures: Map<string, string>;
}

/** The folder of the site that has the notebooks to download. */
export const notebookFolder = "notebooks";

/**
 * Makes an executed notebook ready for Sphinx: links lead to the book's pages, a
 * chart is its picture with the specification beside it, and the title is followed
 * by a link to the notebook itself. Terms and names lead to what they mean.
 *
 * @param path the notebook's path in the repository.
 */
export function notebookPage(
  notebook: Notebook,
  path: string,
  links: Links,
  terms: Terms,
): NotebookPage {
  const name = basename(path, ".ipynb");
  const pictures = new Map<string, string>();
  const withTerms = linkTerms(terms, basename(path), declaredIn(notebook));
  const cells = notebook.cells.map((cell, i) => {
    const source = plain(cell.source);
    if (cell.cell_type === "markdown") {
      const text = withTerms(links.rewrite(source, path));
      return { ...cell, source: i === 0 ? withOrigin(text, path) : text };
    }
    const outputs = cell.outputs?.map((output, j) => {
      const picture = `${name}-${i + 1}-${j + 1}.svg`;
      const drawn = plain(output.data?.["image/svg+xml"]);
      const html = plain(output.data?.["text/html"]);
      // What is more than the picture stays as it is.
      if (!drawn || html && !html.startsWith("<img ")) return output;
      pictures.set(picture, drawn);
      return { ...output, data: { "text/html": figure(picture, drawn, output) } };
    });
    return { ...cell, ...(outputs && { outputs }) };
  });
  return { notebook: { ...notebook, cells }, pictures };
}

/** The names that a notebook declares and does not import. */
function declaredIn(notebook: Notebook): Set<string> {
  const code = notebook.cells.filter(({ cell_type }) => cell_type === "code");
  const declared = code.flatMap(({ source }) =>
    transformCell(plain(source).replace(/^import [^;]*;/gm, "")).names
  );
  return new Set(declared.map(([name]) => name));
}

/** The first cell's text, with a line on where the notebook is after the title. */
function withOrigin(text: string, path: string): string {
  const file = `${notebookFolder}/${basename(path)}`;
  const url = repositoryUrl(path);
  const ways = [
    `<a href="${file}" download>Download this notebook</a>`,
    ...(url ? [`<a href="${url}">See it in the repository</a>`] : []),
  ];
  return text.replace(
    /^# .*$/m,
    (title) => `${title}\n\n<p class="origin">${ways.join(" · ")}</p>\n`,
  );
}

/** A picture from its file, and if it is one of a chart, what it takes to draw that anew. */
function figure(file: string, svg: string, { data = {} }: Output): string {
  const [, width, height] = svg.match(/^<svg[^>]*? width="([\d.]+)" height="([\d.]+)"/) ??
    svg.match(/^<svg[^>]*? viewBox="0 0 ([\d.]+) ([\d.]+)"/) ?? [];
  const size = width ? ` width="${Math.ceil(+width)}" height="${Math.ceil(+height)}"` : "";
  const alt = escape(plain(data["text/plain"]).slice(0, 400).replace(/\s+/g, " ").trim());
  const image = `<img src="${pictureFolder}/${file}"${size} alt="${alt}">`;
  const type = Object.keys(data).find((type) => type.startsWith("application/vnd.vegalite"));
  const style = ` style="--narrowest: ${legibleWidth(svg)}px"`;
  if (!type) return `<figure class="picture"${style}>${image}</figure>`;
  const lazy = image.replace("<img", '<img loading="lazy"');
  const spec = JSON.stringify(data[type]).replaceAll("<", "\\u003c");
  return `<figure class="chart">${lazy}<script type="application/json">${spec}</script></figure>`;
}
