/**
 * Compares what a cell gives in a browser with what is stored in its notebook.
 *
 * Texts must be the same to the letter. Three things may differ, and no more:
 *
 * - Last digits. `exp`, `log` and `atan` differ between versions of V8 in the last
 *   bit (exp in 9 % of arguments), so a number that is printed with 15 significant
 *   digits or more may be off by 4 of its last bits, and a number that only tells
 *   of rounding, one below 1e-11, may be any other below that.
 * - The source of functions. Deno and the bundler each print it in their own
 *   layout: scripts in HTML are left out, and blanks around `=>` do not count.
 * - Charts. A page draws them from the specification, without a picture, and
 *   their data has all digits.
 *
 * Of a cell that is marked as measured, only the kinds of its outputs count.
 *
 * @module
 */
import { type Output, plain } from "../../../notebooks/jupyter/compare.ts";

const chart = /^application\/vnd\.vegalite/;

/** How outputs differ, in words; nothing if they are the same. */
export function differences(
  got: readonly Output[],
  stored: readonly Output[],
  isMeasured = false,
): string[] {
  const [a, b] = [parts(got), parts(stored)];
  const kinds = [a, b].map((all) => all.map(({ kind }) => kind).join(", "));
  if (kinds[0] !== kinds[1]) return [`it gives ${kinds[0]} where ${kinds[1]} is stored`];
  if (isMeasured) return [];
  return a.flatMap(({ kind, text }, i) => {
    if (sameText(text, b[i].text)) return [];
    const at = [...text].findIndex((sign, k) => sign !== b[i].text[k]);
    const near = (all: string) => JSON.stringify(all.slice(Math.max(0, at - 40), at + 40));
    return [`${kind}: ${near(text)} where ${near(b[i].text)} is stored`];
  });
}

/** What counts of outputs. */
function parts(outputs: readonly Output[]): { kind: string; text: string }[] {
  const found: { kind: string; text: string }[] = [];
  for (const { output_type, name, text, data, ename, evalue } of outputs) {
    if (output_type === "stream") {
      const last = found.at(-1);
      if (last?.kind === name) last!.text += plain(text);
      else found.push({ kind: String(name), text: plain(text) });
    } else if (data) {
      const isChart = Object.keys(data).some((type) => chart.test(type));
      for (const [type, content] of Object.entries(data).toSorted()) {
        const isLeftOut = chart.test(type) || (isChart && type === "image/svg+xml");
        const text = typeof content === "string" ? content : plain(content);
        found.push({ kind: `${output_type} ${type}`, text: isLeftOut ? "" : text });
      }
    } else found.push({ kind: output_type, text: `${ename}: ${evalue}` });
  }
  return found.map(({ kind, text }) => ({
    kind,
    text: (kind.endsWith("text/html") ? text.replace(/<script>[^]*?<\/script>/g, "") : text)
      .replace(/\s*=>\s*/g, "=>"),
  }));
}

const number = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g;

/** Whether texts are the same, but for the last digits of numbers. */
export function sameText(a: string, b: string): boolean {
  if (a === b) return true;
  // A table is as wide as its numbers.
  const frame = (text: string) => text.replace(number, "#").replace(/ +/g, " ");
  if (frame(a) !== frame(b)) return false;
  const [x, y] = [a, b].map((text) => text.match(number) ?? []);
  return x.every((text, i) => text === y[i] || sameNumber(text, y[i]));
}

function sameNumber(a: string, b: string): boolean {
  const [x, y] = [Math.abs(Number(a)), Math.abs(Number(b))];
  if (x < 1e-11 && y < 1e-11) return true;
  const digits = (text: string) => text.replace(/e.*/, "").replace(/\D/g, "").replace(/^0+/, "");
  if (digits(a).length < 15 && digits(b).length < 15) return false;
  return Math.abs(Number(a) - Number(b)) <= 4 * 2 ** -52 * Math.max(x, y);
}
