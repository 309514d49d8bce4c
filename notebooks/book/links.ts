import { basename, dirname, join, normalize } from "node:path/posix";

// Of a link only the address is of interest, which has no scheme.
const codeOrLink =
  /^(```+).*\n[^]*?^\1|`[^`\n]+`|!\[([^\]]*)\]\((?![a-z]+:)([^()\s]+)\)|\]\((?![a-z]+:)([^()\s#]+)(#[^()\s]*)?\)/gm;

/** The folder of the site that has the pictures. */
export const pictureFolder = "pictures";

/**
 * The book's links: in the repository they lead from file to file, in the book
 * from page to page. A file that is no page of the book gets one that shows it.
 */
export class Links {
  /** The book's pages, as files for Sphinx, by their paths in the repository. */
  readonly pages: ReadonlyMap<string, string>;
  /** The files that were linked and are no pages, by their paths in the repository. */
  readonly sources: Set<string> = new Set();
  /** The pictures that pages show, by their paths in the repository. */
  readonly images: Set<string> = new Set();

  /** Links between the given pages. */
  constructor(pages: ReadonlyMap<string, string>) {
    this.pages = pages;
  }

  /**
   * Markdown with its relative links turned into links of the book.
   *
   * @param path where the text stands in the repository.
   */
  rewrite(markdown: string, path: string): string {
    const from = (target: string) =>
      normalize(join(dirname(path), decodeURI(target))).replace(/\/$/, "");
    return markdown.replace(
      codeOrLink,
      (all, _fence, alt, image, target, anchor = "") => {
        if (image !== undefined) {
          this.images.add(from(image));
          return `<img src="${pictureFolder}/${basename(image)}" alt="${alt}">`;
        }
        if (target === undefined) return all;
        const file = from(target);
        const page = this.pages.get(file);
        if (page !== undefined) return `](${page}${anchor})`;
        return `](${this.source(file)})`;
      },
    );
  }

  /** The page that shows a file of the repository, as a file for Sphinx; the book then has it. */
  source(path: string): string {
    this.sources.add(path);
    return sourcePage(path);
  }
}

/** The page that shows a file of the repository, as a file for Sphinx. */
export function sourcePage(path: string): string {
  return `source/${path}.md`;
}

/** The address of the repository or of a file in it, if the environment tells where that is. */
export function repositoryUrl(path?: string): string | undefined {
  const [server, repository] = ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY"].map((name) =>
    Deno.env.get(name)
  );
  const file = path === undefined ? "" : `/blob/HEAD/${path}`;
  return server && repository ? `${server}/${repository}${file}` : undefined;
}

/** What GitHub, and MyST after it, make of a heading. */
export function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll(" ", "-").replace(/[^\p{L}\p{N}_-]/gu, "");
}
