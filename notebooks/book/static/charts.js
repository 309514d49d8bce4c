// Puts a live chart in the place of each picture of one, shortly before the reader sees it. Vega is
// loaded when the first is needed. Where anything fails, the picture stays.
const vegaFolder = `${document.documentElement.dataset.content_root}vega/`;
let vega;

function loadVega() {
  return vega ??= ["vega", "vega-lite", "vega-embed"].reduce(
    (before, name) => before.then(() => loadScript(`${vegaFolder}${name}.min.js`)),
    Promise.resolve(),
  );
}

function loadScript(src) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src });
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${src} could not be loaded`));
    document.head.append(script);
  });
}

async function enliven(figure) {
  const image = figure.querySelector("img");
  const spec = () => JSON.parse(figure.querySelector("script").textContent);
  const chart = document.createElement("div");
  const draw = async (width) => {
    const fitted = spec();
    fit(fitted, width, figure.clientWidth);
    await globalThis.vegaEmbed(chart, fitted, { actions: false, renderer: "svg" });
  };
  try {
    await loadVega();
    if (image) {
      await draw(image.width);
      image.replaceWith(chart);
    } else {
      // How wide a chart is that has no picture, only drawing it tells.
      figure.append(chart);
      await draw(0);
      const width = chart.querySelector("svg").clientWidth;
      if (width > figure.clientWidth) await draw(width);
    }
  } catch (error) {
    console.warn("A chart stays a picture:", error);
  }
}

// Where a chart is wider than its box, its legend goes below it and its title is broken into lines. A
// wide plot also gets as narrow as the box; others keep their proportions, and their box scrolls.
const composed = ["facet", "repeat", "concat", "hconcat", "vconcat"];

function fit(spec, width, available) {
  if (width <= available) return;
  moveLegendBelow(spec, available);
  if (spec.title) spec.title = wrapTitle(spec.title, available / 6);
  if (!(spec.width >= 1.5 * spec.height)) return;
  if (composed.some((key) => key in spec || key in (spec.encoding ?? {}))) return;
  if ("row" in (spec.encoding ?? {}) || "column" in (spec.encoding ?? {})) return;
  spec.width = available;
  spec.autosize = { type: "fit-x", contains: "padding" };
}

function moveLegendBelow(spec, available) {
  const layout = { bottom: { direction: "vertical", anchor: "start" } };
  const below = { orient: "bottom", columns: 1, gradientLength: 0.7 * available, layout };
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

function wrapTitle(title, length) {
  if (typeof title === "string" || Array.isArray(title)) return wrap(title, length);
  const { text, subtitle } = title;
  return {
    ...title,
    text: wrap(text, length),
    ...(subtitle && { subtitle: wrap(subtitle, length) }),
  };
}

/** Lines of at most that many characters, as far as words allow. */
function wrap(lines, length) {
  return [lines].flat().flatMap((line) => {
    const wrapped = [""];
    for (const word of line.split(" ")) {
      const longer = `${wrapped.at(-1)} ${word}`.trim();
      if (longer.length > length && wrapped.at(-1)) wrapped.push(word);
      else wrapped[wrapped.length - 1] = longer;
    }
    return wrapped;
  });
}

const observer = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    observer.unobserve(target);
    enliven(target);
  }
}, { rootMargin: "800px 0px" });
function observe(part) {
  for (const figure of part.querySelectorAll("figure.chart")) observer.observe(figure);
}
observe(document);
document.addEventListener("shown", ({ target }) => observe(target));
