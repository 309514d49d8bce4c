/**
 * What the sentences of a notebook say, and what bears it out: every number and
 * every comparison in its text is held by a claim or is given.
 *
 * @module
 */
import { type Notebook, type Output, plain } from "../../../notebooks/jupyter/compare.ts";

/** Words of a sentence, and where what they say can be seen. */
export interface Claim {
  /** The words, as they stand in one cell of text; line breaks count as spaces. */
  says?: string;
  /** What an output shows: the printed text, or the letters in a picture. */
  shows?: RegExp;
  /** What the code says: for "forty steps" and its kind. */
  runs?: RegExp;
}

/** Words whose numbers nothing here computes: a year, a definition, a sum done in the head. */
export type Given = string | RegExp;

/** What a notebook holds, as text. */
export interface Texts {
  /** One cell of text each. */
  prose: readonly string[];
  outputs: string;
  code: string;
}

/** What a cell prints, and its result as text; not the pictures it shows meanwhile. */
export function textOf(outputs: readonly Output[]): string {
  return outputs.filter(({ output_type }) => output_type !== "display_data").map((
    { text: printed, data },
  ) => plain(printed ?? data?.["text/plain"])).join("\n")
    .replaceAll("\n\n", "\n").trim();
}

/** The letters in the pictures, also in those that a slider brings up, one line for each. */
function lettersOf(outputs: readonly Output[]): string {
  return outputs.flatMap(({ data }) => [
    ...[...plain(data?.["image/svg+xml"]).matchAll(/<text\b[^>]*>([\s\S]*?)<\/text>/g)]
      .map(([, inside]) => inside.replaceAll(/<[^>]*>/g, "")),
    ...[...plain(data?.["text/html"]).matchAll(/"\\u003ctext\b(?:\\.|[^"\\])*"/g)]
      .map(([piece]) => JSON.parse(piece).replace(/^[^>]*>/, "")),
  ]).join("\n");
}

/** All that is read in a notebook. */
export function textsOf({ cells }: Notebook): Texts {
  const outputs = cells.flatMap((cell) => cell.outputs ?? []);
  const sources = (type: string) =>
    cells.filter(({ cell_type }) => cell_type === type).map(({ source }) => plain(source));
  return {
    prose: sources("markdown").map(oneLine),
    outputs: `${textOf(outputs)}\n${lettersOf(outputs)}`,
    code: sources("code").join("\n"),
  };
}

/** Headings and displayed formulas and code go, and so do the places that links lead to. */
function oneLine(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```$|\$\$[\s\S]*?\$\$|^#+ .*$/gm, "")
    .replaceAll(/^\s*\d+\. /gm, "")
    .replaceAll(/\]\([^)\s]*\)/g, "]")
    .replaceAll(/\s+/g, " ").trim();
}

const number = String.raw`(?<![\w.^_/-])[-−]?\d(?:[\d,]*\d)?(?:\.\d+)?(?:e[-+]?\d+)?(?!\w)`;
const spelled = "three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|sixteen|" +
  "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|" +
  "percent|twice|half|thirds?|quarters?|dozen|tenth|hundredth|thousandth";
const comparison = "(?!rather)(?:more|less|fewer|[a-z]{3,}er|worse) than|at (?:most|least)|" +
  "(?:best|worst|most|least|[a-z]{3,}est) of (?:all|the|them)|everywhere|nowhere";
const asserted = new RegExp(`${number}|\\b(?:${spelled})\\b|\\b(?:${comparison})\\b`, "gi");

/** What says of no thing how many: a chapter's number, code, and a formula that is more than a number. */
const names =
  /\b(?:notebooks?|exercises?|chapters?|steps?|part|cells?|section) \[?\d+(?:\.\d+)?\]?(?:(?:,| and| to) \[?\d+(?:\.\d+)?\]?)*|\[\d+\]|`[^`]*`|\$[^$]*\$/gi;
const onlyNumber = /^\$[-−\d.,%\s\\]*\$$/;

/** The numbers and comparisons of a text, and where they stand. */
export function assertions(text: string): { words: string; at: number }[] {
  const blank = text.replaceAll(
    names,
    (name) => onlyNumber.test(name) ? name : " ".repeat(name.length),
  );
  return [...blank.matchAll(asserted)].map(({ 0: words, index }) => ({ words, at: index }));
}

/** The claims whose words are not in the text, or that nothing bears out. */
export function brokenClaims({ prose, outputs, code }: Texts, claims: readonly Claim[]): string[] {
  return claims.flatMap(({ says, shows, runs }) => {
    const faults = [];
    if (says !== undefined && !prose.some((cell) => cell.includes(says))) {
      faults.push(`no sentence says: ${says}`);
    }
    if (shows !== undefined && outputs.search(shows) < 0) faults.push(`no output shows: ${shows}`);
    if (runs !== undefined && code.search(runs) < 0) faults.push(`no code says: ${runs}`);
    if (shows === undefined && runs === undefined) faults.push(`nothing bears out: ${says}`);
    return faults;
  });
}

/** What is given and yet stands in no sentence: it can go. */
export function unusedGivens({ prose }: Texts, given: readonly Given[]): string[] {
  return given.filter((words) => !prose.some((cell) => spans(cell, words).length)).map(String);
}

/** The numbers and comparisons that no claim holds and that are not given, with their surroundings. */
export function unheld(
  { prose }: Texts,
  claims: readonly Claim[],
  given: readonly Given[],
): string[] {
  const held = [...claims.flatMap(({ says }) => says ?? []), ...given];
  return prose.flatMap((cell) => {
    const covered = held.flatMap((words) => spans(cell, words));
    return assertions(cell)
      .filter(({ at, words }) =>
        !covered.some(([from, to]) => from <= at && at + words.length <= to)
      )
      .map(({ words, at }) => `"${words}" in: …${cell.slice(Math.max(0, at - 40), at + 40)}…`);
  });
}

/** Where words stand in a text. */
function spans(text: string, words: Given): [number, number][] {
  if (typeof words !== "string") {
    return [...text.matchAll(new RegExp(words, `${words.flags.replace("g", "")}g`))]
      .map(({ 0: found, index }) => [index, index + found.length]);
  }
  const found: [number, number][] = [];
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    found.push([at, at + words.length]);
  }
  return found;
}
