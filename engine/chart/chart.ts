import { checkCount, describe } from "../arguments.ts";
import { categories, colors } from "../show/colors.ts";
import { display, inspect, type MimeBundle, Shown } from "../show/jupyter.ts";
import { orText } from "../show/packages.ts";
import { checkInline } from "./inline_only.ts";
import { fitsWindow } from "./narrow.js";
import { asName } from "../show/text.ts";

/**
 * A Vega-Lite specification, as in https://vega.github.io/vega-lite/docs/spec.html.
 *
 * @category Charts and displays
 *
 * @example
 * ```ts
 * import { Chart, type VegaLiteSpec } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const bars: VegaLiteSpec = {
 *   data: { values: [{ x: "a", y: 2 }, { x: "b", y: 3 }] },
 *   mark: "bar",
 *   encoding: { x: { field: "x" }, y: { field: "y", type: "quantitative" } },
 * };
 * deepEqual(new Chart({ ...bars, width: 100 }).spec.width, 100);
 * ```
 */
export type VegaLiteSpec = Record<string, unknown>;

/**
 * A Vega-Lite chart that a notebook shows: live where the viewer knows
 * Vega-Lite (JupyterLab, VS Code, the book), as a still SVG elsewhere (GitHub).
 * It lies on white paper, so that it is readable on light and dark pages; the
 * specification overrides all colours.
 *
 * @category Charts and displays
 *
 * @example
 * ```ts
 * import { Chart } from "chainrule";
 * import { match } from "node:assert/strict";
 *
 * const chart = new Chart({
 *   data: { values: [{ x: 1, y: 2 }, { x: 2, y: 4 }] },
 *   mark: "line",
 *   encoding: {
 *     x: { field: "x", type: "quantitative" },
 *     y: { field: "y", type: "quantitative" },
 *   },
 * });
 * match(await chart.svg(), /^<svg/);
 * ```
 */
export class Chart {
  /** The specification, completed with the defaults of this library. */
  readonly spec: VegaLiteSpec;
  readonly #text: string;

  /**
   * A chart of inline data.
   *
   * @param spec what to draw; data must be inline, nothing is fetched.
   * @param text what viewers without pictures show, and screen readers say unless the
   * specification has a `description`. Default: its title.
   * @throws {TypeError} if `spec` is not an object or `text` not a string.
   * @throws {RangeError} if data, a picture or a setting in it stands at another address.
   */
  constructor(spec: VegaLiteSpec, text?: string) {
    checkCount("Chart", arguments, 2);
    if (typeof spec !== "object" || spec === null || Array.isArray(spec)) {
      throw new TypeError(`Chart: spec must be an object of Vega-Lite, got ${describe(spec)}`);
    }
    if (text === undefined) text = titleOf(spec) ?? "chart";
    if (typeof text !== "string") {
      throw new TypeError(`Chart: text must be a string, got ${describe(text)}`);
    }
    checkInline("Chart", spec);
    this.spec = {
      $schema: "https://vega.github.io/schema/vega-lite/v5.json",
      width: 460,
      height: 220,
      background: colors.paper,
      description: text,
      usermeta: { embedOptions: { actions: false } },
      ...spec,
      config: { ...theme, ...spec.config as VegaLiteSpec | undefined },
    };
    this.#text = text.split("\n").map((line) => asName(line, 500)).join("\n");
  }

  /** The chart as the text of an SVG document. */
  async svg(): Promise<string> {
    checkCount("Chart.svg", arguments, 0);
    const { renderChart } = await import("./vega.ts");
    return await renderChart(this.spec);
  }

  /** @ignore */
  [inspect](): string {
    return this.#text;
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    const { length } = JSON.stringify(this.spec);
    if (length > most) {
      const size = `${Math.ceil(length / 1e6)} MB of specification, and at most ${
        most / 1e6
      } shown`;
      return { "text/plain": `${this.#text}\n(no picture: ${size}: thin out the data)` };
    }
    return {
      "application/vnd.vegalite.v5+json": fitsWindow(this.spec),
      ...await orText(this.#text, async () => ({ "image/svg+xml": await this.svg() })),
    };
  }
}

/**
 * Something that a notebook shows as its chart.
 *
 * @category Charts and displays
 *
 * @example
 * ```ts
 * import { Chart, display } from "chainrule";
 * import { Charted } from "chainrule/extend";
 * import { match } from "node:assert/strict";
 *
 * class Days extends Charted {
 *   override chart(): Chart {
 *     const values = [{ day: 1, rain: 3 }, { day: 2, rain: 0 }];
 *     return new Chart({ data: { values }, mark: "bar", encoding: { x: { field: "day" } } });
 *   }
 * }
 * match(String((await new Days()[display]())["image/svg+xml"]), /^<svg/);
 * ```
 */
export abstract class Charted extends Shown {
  /** The chart. */
  abstract chart(): Chart;

  /** @ignore */
  [display](): Promise<MimeBundle> {
    return this.chart()[display]();
  }
}

/** A channel of numbers, such as an axis. */
export function quantitative(field: string, title: string, more: VegaLiteSpec = {}) {
  return { field, type: "quantitative", title, ...more };
}

/** The longest specification that a notebook is given, in characters. */
const most = 5_000_000;

/** An axis from one number exactly to another, for places in a map. */
export function intervalAxis(field: string, domain: readonly [low: number, high: number]) {
  return quantitative(field, field, { axis: { grid: false }, scale: { domain, nice: false } });
}

/** The mark of an example on a map. */
export const pointMark = {
  ...{ type: "point", filled: true, opacity: 1 },
  ...{ stroke: colors.paper, strokeWidth: 1 },
} as const;

const grey = colors.line;
const faint = `${grey}55`;

/** The words of a title, which may be lines, and may have settings. */
function titleOf({ title }: VegaLiteSpec): string | undefined {
  const isSettings = typeof title === "object" && title !== null && "text" in title;
  const lines = [isSettings ? title.text : title].flat();
  return lines.every((line) => typeof line === "string") ? lines.join(" ") : undefined;
}

const theme: VegaLiteSpec = {
  // A screen reader says the description, the axes and the legend, and not every point.
  mark: { aria: false },
  view: { stroke: faint },
  axis: {
    labelColor: grey,
    titleColor: grey,
    tickColor: faint,
    domainColor: faint,
    gridColor: `${grey}33`,
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: "normal",
  },
  legend: {
    labelColor: grey,
    titleColor: grey,
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: "normal",
    labelLimit: 0,
  },
  header: { labelColor: grey, titleColor: grey, labelFontSize: 11, titleFontSize: 12 },
  title: { color: grey, subtitleColor: grey, anchor: "start", fontWeight: "normal" },
  text: { color: grey },
  line: { color: colors.positive, strokeWidth: 2 },
  point: { color: colors.positive, filled: true },
  rule: { color: grey },
  range: { category: [...categories] },
};
