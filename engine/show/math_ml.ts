import { loadKatex } from "./packages.ts";

/** What sets LaTeX in type as MathML, which browsers draw by themselves. */
export async function loadMathMl(): Promise<(latex: string) => string> {
  const katex = await loadKatex();
  return (latex) =>
    katex.renderToString(latex, {
      output: "mathml",
      displayMode: false,
      throwOnError: false,
      // It would warn of every letter whose width it does not know; here the browser sets them.
      strict: "ignore",
    });
}
