// Puts a chart that can be moved in the place of each picture of one.
for (const place of document.querySelectorAll(".live-chart")) {
  const spec = JSON.parse(place.querySelector("script").textContent);
  const chart = document.createElement("div");
  const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), {
    container: chart,
    renderer: "svg",
    hover: true,
  });
  view.runAsync().then(() => place.querySelector("img").replaceWith(chart));
}
