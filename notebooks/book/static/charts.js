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
  const spec = JSON.parse(figure.querySelector("script").textContent);
  const chart = document.createElement("div");
  const draw = async (width, room) => {
    // Of narrow.js, which comes before.
    const fitted = narrowed(spec, width, figure.clientWidth, room);
    await globalThis.vegaEmbed(chart, fitted, { actions: false, renderer: "svg" });
    return Number(chart.querySelector("svg").getAttribute("width"));
  };
  try {
    await loadVega();
    if (!image) figure.append(chart);
    // How wide a chart is that has no picture, only drawing it tells.
    const width = image ? Number(image.getAttribute("width")) : await draw(0);
    if (image || width > figure.clientWidth) {
      const excess = await draw(width) - figure.clientWidth;
      if (excess > 8) await draw(width, { labels: labelRoom + excess });
    }
    image?.replaceWith(chart);
  } catch (error) {
    console.warn("A chart stays a picture:", error);
  }
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
