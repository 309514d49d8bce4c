import { describe } from "../arguments.ts";
import { Drawing } from "../graph/draw.ts";
import { renderValue } from "../graph/value_view.ts";
import type { VegaLiteSpec } from "../chart/chart.ts";
import { colors } from "../show/colors.ts";
import { display, type Displayable, type MimeBundle } from "../show/jupyter.ts";
import { loadMathMl, MissingPackageError } from "../show/packages.ts";
import {
  imageElement,
  legibleWidth,
  pictureWidth,
  renderPicture,
  widthStyle,
} from "../show/picture.ts";
import { escape, formatNumber } from "../show/text.ts";
import { Value } from "../value.ts";
import { labelRoom, narrowed } from "../chart/narrow.js";

/** One thing that a function has returned, ready for a page. */
export interface Result {
  /** As a part of a page in which scripts run. */
  readonly html: string;
  /** As a part of one in which none do; default: the picture as an image, or the same. */
  readonly still?: string;
  /** The picture, an SVG document, if it is nothing but that. */
  readonly svg?: string;
  /** The same for a small screen, where another picture can be read better. */
  readonly narrow?: Result;
  readonly text: string;
}

/**
 * What a page shows of a function's result: a number, a string, something that
 * a notebook shows, or an array of these.
 *
 * @throws {TypeError} if it is something else.
 */
export async function resultsOf(returned: unknown): Promise<Result[]> {
  const results: Result[] = [];
  for (const one of Array.isArray(returned) ? returned : [returned]) {
    if (typeof one === "number") results.push(textResult(formatNumber(one)));
    else if (typeof one === "string") results.push(textResult(one));
    else if (one instanceof Value) results.push(await shown(await renderValue(one, true)));
    else if (isDisplayable(one)) {
      const displayed = one instanceof Drawing ? one.steady() : one;
      results.push(await shown(await displayed[display]()));
    } else {
      const hint = one === undefined ? ": has it a return?" : "";
      throw new TypeError(
        `fn must return a number, a string, something that a notebook shows, or an array of these, got ${
          describe(one)
        }${hint}`,
      );
    }
  }
  return results;
}

function isDisplayable(x: unknown): x is Displayable {
  return typeof x === "object" && x !== null && display in x && typeof x[display] === "function";
}

/** The richest content that does not need Vega-Lite: a slider that draws charts anew is slow. */
async function shown(bundle: MimeBundle): Promise<Result> {
  const of = (type: string) => typeof bundle[type] === "string" ? bundle[type] : undefined;
  const [html, svg, latex] = ["text/html", "image/svg+xml", "text/latex"].map(of);
  const text = of("text/plain") ?? "";
  const hasMore = html !== undefined && html !== renderPicture(svg ?? "", text)["text/html"];
  if (svg !== undefined && !hasMore) {
    const narrow = await narrowChart(bundle["application/vnd.vegalite.v5+json"], svg);
    return { ...pictureResult(svg, text), ...narrow && { narrow: pictureResult(narrow, text) } };
  }
  if (html !== undefined) return { html, text };
  if (latex !== undefined) return await formulaResult(latex, text);
  for (const type of ["image/png", "image/jpeg", "image/gif"]) {
    const image = of(type);
    if (image === undefined) continue;
    const address = `data:${type};base64,${image.replace(/\s/g, "")}`;
    return { html: `<img alt="${escape(text)}" src="${escape(address)}">`, text };
  }
  return textResult(of("text/markdown") ?? text);
}

/** How wide the picture of a chart is on a small screen, in pixels. */
const smallScreen = 340;

/** How much Vega reserves for a letter of a title where it cannot measure one, in pixels. */
const letter = 10.4;

/** The picture of a chart for a small screen, where the one for a large screen cannot be read. */
async function narrowChart(spec: unknown, svg: string): Promise<string | undefined> {
  if (!isSpec(spec) || legibleWidth(svg) <= smallScreen) return undefined;
  const { renderChart } = await import("../chart/vega.ts");
  const draw = (labels?: number) =>
    renderChart(narrowed(spec, pictureWidth(svg), smallScreen, { labels, letter }));
  const drawn = await draw();
  const excess = pictureWidth(drawn) - smallScreen;
  return excess > 8 ? await draw(labelRoom + excess) : drawn;
}

function isSpec(x: unknown): x is VegaLiteSpec {
  return typeof x === "object" && x !== null;
}

function pictureResult(svg: string, text: string): Result {
  return { html: svg, svg, text };
}

async function formulaResult(latex: string, text: string): Promise<Result> {
  try {
    const mathMl = await loadMathMl();
    const html = mathMl(latex.trim().replace(/^\$+|\$+$/g, ""));
    // Without scripts it would be LaTeX to read.
    return { html: `<div>${html}</div>`, still: textResult("(a formula)").html, text };
  } catch (error) {
    if (error instanceof MissingPackageError) return textResult(text);
    throw error;
  }
}

function textResult(text: string): Result {
  return { html: `<pre>${escape(text)}</pre>`, text };
}

/** A result as a part of a page in which no script runs. */
export function stillOf({ html, svg, text, still = html }: Result): string {
  return svg === undefined ? still : imageElement(svg, text);
}

/**
 * The results of all stops, those at the same place of one size: smaller
 * pictures get more paper, shorter texts more lines.
 */
export function alike(all: readonly (readonly Result[])[]): readonly (readonly Result[])[] {
  const longest = Math.max(...all.map(({ length }) => length));
  const places = Array.from({ length: longest }, (_, i) => all.map((results) => results[i]));
  const sizes = places.map(sizeOf);
  const narrowSizes = places.map((results) => sizeOf(results.map((result) => result?.narrow)));
  return all.map((results) =>
    results.map((result, i) => {
      const { narrow } = result;
      return {
        ...enlarge(result, sizes[i]),
        ...narrow && { narrow: enlarge(narrow, narrowSizes[i]) },
      };
    })
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
  readonly lines: number;
  /** How narrow the pictures may get on a small screen before they have to be scrolled. */
  readonly narrowest: number;
}

/** The size of pictures, at their beginning: as drawings and charts have it. */
const svgSize = / width="([\d.]+)" height="([\d.]+)" viewBox="0 0 \1 \2"/;

function sizeOf(results: readonly (Result | undefined)[]): Size {
  const size = { width: 0, height: 0, lines: 0, narrowest: 0 };
  for (const result of results) {
    if (result === undefined) continue;
    const [, width, height] = rootOf(result).match(svgSize) ?? [, 0, 0];
    size.width = Math.max(size.width, Number(width));
    size.height = Math.max(size.height, Number(height));
    size.narrowest = Math.max(size.narrowest, legibleWidth(result.svg ?? ""));
    if (result.html.startsWith("<pre>")) size.lines = Math.max(size.lines, linesOf(result));
  }
  return size;
}

function enlarge(result: Result, { width, height, lines, narrowest }: Size): Result {
  if (result.html.startsWith("<pre>")) {
    const more = "\n".repeat(lines - linesOf(result));
    return more ? { ...result, html: result.html.replace("</pre>", `${more} </pre>`) } : result;
  }
  const root = rootOf(result);
  const larger = ` width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const [own] = root.match(svgSize) ?? [];
  if (own === undefined) return result;
  const styled = (...styles: string[]) => {
    if (own !== larger) styles.push(`background:${colors.paper}`);
    const style = styles.length > 0 ? ` style="${styles.join(";")}"` : "";
    return root.replace(own, `${larger}${style}`) + result.html.slice(root.length);
  };
  return { ...result, html: styled(widthStyle(narrowest)), svg: styled() };
}

/** The first tag of a picture; of other results nothing. */
function rootOf({ svg = "" }: Result): string {
  return svg.slice(0, svg.indexOf(">") + 1);
}

function linesOf({ text }: Result): number {
  return text.split("\n").length;
}
