/**
 * The packages that pictures need; each is loaded when the first picture asks for it.
 *
 * @module
 */
// deno-lint-ignore-file no-import-prefix -- a project that imports the library has another deno.json
import type { MimeBundle } from "./jupyter.ts";

/** A picture cannot be drawn because its package cannot be loaded, for instance without a network. */
export class MissingPackageError extends Error {
  override name = "MissingPackageError";

  /** What could not be loaded, and why. */
  constructor(name: string, cause: unknown) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
    super(`the package ${name} could not be loaded: ${reason}`, { cause });
  }
}

/** Graphviz, which lays graphs out. */
export const loadGraphviz: () => Promise<import("npm:@viz-js/viz@3.31.0").Viz> = onDemand(
  "@viz-js/viz",
  async () => await (await import("npm:@viz-js/viz@3.31.0")).instance(),
);

/** KaTeX, which sets LaTeX in type: here as MathML, which browsers draw by themselves. */
export const loadMathMl: () => Promise<(latex: string) => string> = onDemand(
  "katex",
  async () => {
    const { default: katex } = await import("npm:katex@0.16.22");
    return (latex) =>
      katex.renderToString(latex, {
        output: "mathml",
        displayMode: false,
        throwOnError: false,
        // It would warn of every letter whose width it does not know; here the browser sets them.
        strict: "ignore",
        // Fractions that can be read, within a line, too.
      }).replace("<math ", '<math displaystyle="true" ');
  },
);

/** Vega, which draws charts. */
export const loadVega: () => Promise<typeof import("npm:vega@5.33.1")> = onDemand(
  "vega",
  () => import("npm:vega@5.33.1"),
);

/** Vega-Lite, which makes Vega's specifications of shorter ones. */
export const loadVegaLite: () => Promise<typeof import("npm:vega-lite@5.23.0")> = onDemand(
  "vega-lite",
  () => import("npm:vega-lite@5.23.0"),
);

/** What `draw` gives, and the text; where a package is missing, the text and a line that says so. */
export async function orText(text: string, draw: () => Promise<MimeBundle>): Promise<MimeBundle> {
  try {
    return { ...await draw(), "text/plain": text };
  } catch (error) {
    if (!(error instanceof MissingPackageError)) throw error;
    return { "text/plain": `${text}\n(no picture: ${error.message})` };
  }
}

/** Loads once. After a failure Deno tries again only in a new process. */
function onDemand<T>(name: string, load: () => Promise<T>): () => Promise<T> {
  let loaded: T | undefined;
  return async () => {
    try {
      return loaded ??= await load();
    } catch (cause) {
      throw new MissingPackageError(name, cause);
    }
  };
}
