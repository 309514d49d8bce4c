/** What `deno doc --json` says of a module, as far as it matters here. */
export interface ModuleDoc {
  /** The modules by address. */
  nodes: Record<string, { symbols: SymbolDoc[] }>;
}

interface SymbolDoc {
  name: string;
  declarations: {
    kind: string;
    jsDoc?: { doc?: string; tags?: { kind: string; doc?: string }[] };
  }[];
}

/** The folder of the site that has the pages of `deno doc --html`. */
export const apiFolder = "api";

/** What the documentation of each public symbol chooses its `@category` from, in reading order. */
export const categories = [
  "Values",
  "Operations",
  "Derivatives",
  "Seeing it work",
  "Networks",
  "Losses",
  "Optimizers",
  "Training",
  "Data",
  "Classifiers",
  "Watching training",
  "Compiling",
  "Files",
  "Charts and displays",
  "Randomness",
];

/** A list of all public symbols, with a link to the page of each, in Markdown for Sphinx. */
export function apiPage(doc: ModuleDoc): string {
  const symbols = Object.values(doc.nodes).flatMap(({ symbols }) => symbols)
    .sort((a, b) => a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);
  const sections = categories.map((category) => {
    const items = symbols.filter((symbol) => categoryOf(symbol) === category).map(item);
    return `## ${category}\n\n${items.join("\n")}`;
  });
  return [
    "# All names",
    `What \`import { … } from "chainrule"\` can bring, with the first sentence of each description. ` +
    `The links lead to the <a href="${apiFolder}/index.html">reference</a>, which has signatures ` +
    "and examples; the search of the book finds them too.",
    ...sections,
  ].join("\n\n") + "\n";
}

function item({ name, declarations }: SymbolDoc): string {
  const summary = declarations.map(({ jsDoc }) => firstSentence(jsDoc?.doc ?? ""))
    .find((sentence) => sentence) ?? "";
  return `- <a href="${apiFolder}/~/${name}.html"><code class="literal">${name}</code></a>: ${summary}`;
}

function categoryOf({ declarations }: SymbolDoc): string | undefined {
  return declarations.flatMap(({ jsDoc }) => jsDoc?.tags ?? [])
    .find(({ kind }) => kind === "category")?.doc?.trim();
}

/** The first sentence of a description, in one line of Markdown. */
function firstSentence(doc: string): string {
  const paragraph = doc.trim().split(/\n\s*\n/)[0].replace(/\s+/g, " ");
  const sentence = paragraph.match(/^.*?[.:!?](?= [A-Z`]|$)/)?.[0] ?? paragraph;
  return sentence.replace(/\{@link (?:\S+ )?([^}\s]+)\}/g, "`$1`").replace(/:$/, ".")
    .replaceAll("$", "\\$");
}
