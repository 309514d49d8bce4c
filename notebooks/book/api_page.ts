/** What `deno doc --json` says of a module, as far as it matters here. */
export interface ModuleDoc {
  /** The modules by address. */
  nodes: Record<string, { symbols: SymbolDoc[] }>;
}

interface SymbolDoc {
  name: string;
  declarations: {
    kind: string;
    location: { filename: string };
    jsDoc?: { doc?: string; tags?: { kind: string; doc?: string }[] };
  }[];
}

/** The folder of the site that has the pages of `deno doc --html`. */
export const apiFolder = "api";

/** A list of all public symbols, with a link to the page of each, in Markdown for Sphinx. */
export function apiPage(doc: ModuleDoc): string {
  const groups = new Map<string, string[]>();
  const symbols = Object.values(doc.nodes).flatMap(({ symbols }) => symbols)
    .sort((a, b) => a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);
  for (const symbol of symbols) {
    const group = groupOf(symbol);
    const summary = symbol.declarations.map(({ jsDoc }) => firstSentence(jsDoc?.doc ?? ""))
      .find((sentence) => sentence) ?? "";
    const link =
      `<a href="${apiFolder}/~/${symbol.name}.html"><code class="literal">${symbol.name}</code></a>`;
    groups.set(group, [...groups.get(group) ?? [], `- ${link}: ${summary}`]);
  }
  const sections = [...groups].sort(([a], [b]) => a < b ? -1 : 1).map(([name, items]) =>
    `## ${name}\n\n${items.join("\n")}`
  );
  return [
    "# All names",
    `What \`import { … } from "chainrule"\` can bring, with the first sentence of each description. ` +
    `The links lead to the <a href="${apiFolder}/index.html">reference</a>, which has signatures, ` +
    "examples and a search of its own.",
    ...sections,
  ].join("\n\n") + "\n";
}

/** The category that the documentation gives, else the package; types by themselves. */
function groupOf({ declarations }: SymbolDoc): string {
  const tags = declarations.flatMap(({ jsDoc }) => jsDoc?.tags ?? []);
  const category = tags.find(({ kind }) => kind === "category")?.doc?.trim();
  if (category) return category;
  const [{ kind, location }] = declarations;
  const name = location.filename.includes("/nn/") ? "Networks" : "Engine";
  return /interface|typeAlias/.test(kind) ? `${name}: types` : name;
}

/** The first sentence of a description, in one line of Markdown. */
function firstSentence(doc: string): string {
  const paragraph = doc.trim().split(/\n\s*\n/)[0].replace(/\s+/g, " ");
  const sentence = paragraph.match(/^.*?[.:!?](?= [A-Z`]|$)/)?.[0] ?? paragraph;
  return sentence.replace(/\{@link (?:\S+ )?([^}\s]+)\}/g, "`$1`").replace(/:$/, ".")
    .replaceAll("$", "\\$");
}
