/** How much room the labels and the title of an axis usually take up beside a plot, in pixels. */
export const labelRoom = 66;

/** What JupyterLab has beside the output of a cell where its side bars are closed, in pixels. */
const frame = 116;

/**
 * A chart that gets narrower by itself where a viewer draws it as it stands in
 * a narrow window, as JupyterLab and VS Code do: a plot, with its legend below
 * it. Plots beside each other stay as they are.
 *
 * @param {Record<string, any>} chart a specification of Vega-Lite, which stays as it is.
 * @returns {Record<string, any>} the specification to show.
 */
export function fitsWindow(chart) {
  const { width, height, params = [], encoding: { row, column, facet } = {} } = chart;
  const isPlot = chart.mark !== undefined || chart.layer !== undefined;
  if (params.some(isSize) || !isPlot || row || column || facet || !(width > 0) || !(height > 0)) {
    return chart;
  }
  const rest = frame + labelRoom;
  const narrower = `max(windowSize()[0] - ${rest}, 100)`;
  // Outside of a page, windows have no size.
  const fitted = [{
    name: "width",
    expr: `windowSize()[0] < ${width + rest} ? ${narrower} : ${width}`,
  }];
  if (!isWide(chart)) fitted.push({ name: "height", expr: `width * ${height / width}` });
  const legend = {
    orient: { expr: `width < ${width} ? "bottom" : "right"` },
    // Said, since a legend whose place an expression decides would lie down.
    gradientDirection: "vertical",
    ...chart.config?.legend,
  };
  return {
    ...chart,
    params: [...params, ...fitted],
    config: { ...chart.config, legend },
  };
}

/** Whether a parameter stands for the size of the plot, as Vega calls it. */
function isSize({ name }) {
  return name === "width" || name === "height";
}

/** Whether a plot may change its proportions: a map of a plane must not be distorted. */
function isWide({ width, height }) {
  return width >= 1.5 * height;
}

/**
 * A chart laid out anew where it is wider than its place: the legend goes below
 * it, its title is broken into lines, plots beside each other go below each
 * other, and each gets narrower. The book's pages do so, too.
 *
 * @param {Record<string, any>} chart a specification of Vega-Lite, which stays as it is.
 * @param {number} width how wide its picture is.
 * @param {number} available how wide it may be, in pixels; it comes out about as wide.
 * @param {{ labels?: number, letter?: number }} [room] how much of that is taken up beside a plot,
 * and by a letter of a title.
 * @returns {Record<string, any>} the specification to draw instead.
 */
export function narrowed(chart, width, available, { labels = labelRoom, letter = 6.5 } = {}) {
  const spec = structuredClone(chart);
  // Its place is known here, and need not be guessed from the window's size.
  if (spec.params) spec.params = spec.params.filter((param) => !isSize(param));
  if (width <= available) return spec;
  if (spec.title) spec.title = wrapTitle(spec.title);
  moveLegendBelow();
  wrapAxes(spec);
  const { row, column, facet } = spec.encoding ?? {};
  if (spec.hconcat) {
    spec.vconcat = spec.hconcat;
    delete spec.hconcat;
  }
  if (spec.vconcat) {
    spec.vconcat.forEach(shrink);
  } else if (spec.columns || facet?.columns) {
    breakRow(spec.columns ? spec : facet);
  } else if (row || column || spec.facet || spec.repeat || spec.concat) {
    const inner = spec.spec ?? spec;
    // What stands beside the plots stays as wide as it is.
    const share = (available - labels) / Math.max(width - labels, 1);
    if (inner.width > 0) inner.width = Math.floor(inner.width * share);
  } else if (isWide(spec)) {
    spec.width = available;
    spec.autosize = { type: "fit-x", contains: "padding" };
  } else {
    shrink(spec);
  }
  return spec;

  function shrink(plot) {
    if (plot.title) plot.title = wrapTitle(plot.title);
    if (plot.columns) breakRow(plot);
    plot.vconcat?.forEach(shrink);
    const most = available - labels;
    if (!(plot.width > most)) return;
    if (plot.height > 0 && !isWide(plot)) plot.height = Math.round(plot.height * most / plot.width);
    plot.width = most;
  }

  function breakRow(plots) {
    plots.columns = Math.max(1, Math.floor(plots.columns * available / width));
  }

  function moveLegendBelow() {
    const layout = { bottom: { direction: "vertical", anchor: "start" } };
    const below = {
      ...{ orient: "bottom", columns: 1, layout },
      ...{ gradientDirection: "horizontal", gradientLength: 0.7 * available },
    };
    spec.config = { ...spec.config, legend: { ...spec.config?.legend, ...below } };
    lengthenGradients(spec, below.gradientLength);
  }

  function lengthenGradients(part, length) {
    if (typeof part !== "object" || part === null) return;
    if ("gradientLength" in part) part.gradientLength = length;
    for (const key of ["layer", "encoding", "color", "fill", "legend"]) {
      for (const inner of [part[key]].flat()) lengthenGradients(inner, length);
    }
  }

  function wrapAxes({ encoding, layer = [], vconcat = [], hconcat = [], concat = [] }) {
    for (const part of [encoding?.x, encoding?.x?.axis]) {
      if (typeof part?.title === "string") part.title = wrap(part.title, available - labels);
      if (part?.labelOverlap === false) part.labelOverlap = "greedy";
    }
    [...layer, ...vconcat, ...hconcat, ...concat].forEach(wrapAxes);
  }

  function wrapTitle(title) {
    if (typeof title === "string" || Array.isArray(title)) return wrap(title);
    const { text, subtitle } = title;
    return { ...title, text: wrap(text), ...(subtitle && { subtitle: wrap(subtitle) }) };
  }

  /** Lines as long as there is room for, as far as words allow. */
  function wrap(lines, room = available) {
    return [lines].flat().flatMap((line) => {
      const wrapped = [""];
      for (const word of line.split(" ")) {
        const longer = `${wrapped.at(-1)} ${word}`.trim();
        if (longer.length > room / letter && wrapped.at(-1)) wrapped.push(word);
        else wrapped[wrapped.length - 1] = longer;
      }
      return wrapped;
    });
  }
}
