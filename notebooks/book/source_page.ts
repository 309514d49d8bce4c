import { extname } from "node:path";
import { repositoryUrl, sourcePage } from "./links.ts";

const languages: Record<string, string> = {
  ".c": "c",
  ".js": "javascript",
  ".json": "json",
  ".md": "markdown",
  ".py": "python",
  ".ts": "typescript",
};

/**
 * A page that shows a file of the repository, in Markdown for Sphinx.
 *
 * @param path the file's path in the repository.
 * @param copy where Sphinx finds it, from the folder of its pages on.
 */
export function sourcePageText(path: string, copy: string): string {
  // The highlighter does not know all of TypeScript; what it does not know stays black.
  return [
    ...opening(path),
    `:::{literalinclude} /${copy}\n:language: ${languages[extname(path)] ?? "text"}\n:force:\n:::`,
  ].join("\n\n") + "\n";
}

/**
 * A page that lists the files of a folder of the repository, in Markdown for Sphinx.
 *
 * @param path the folder's path in the repository.
 * @param files the names of its files.
 */
export function folderPageText(path: string, files: readonly string[]): string {
  const items = files.map((name) => `- [${name}](/${sourcePage(`${path}/${name}`)})`);
  return [...opening(path), items.join("\n")].join("\n\n") + "\n";
}

function opening(path: string): string[] {
  const url = repositoryUrl(path);
  return [
    "---\norphan: true\nnosearch: true\n---",
    `# ${path}`,
    url
      ? `[As it is in the repository](${url}).`
      : "From the project, as it was when this book was made.",
  ];
}
