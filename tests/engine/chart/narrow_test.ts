import { Chart } from "../../../mod.ts";
import { fitsWindow, narrowed } from "../../../engine/chart/narrow.js";
import { renderChart } from "../../../engine/chart/vega.ts";
import { legibleWidth, pictureWidth } from "../../../engine/show/picture.ts";
import { assert, assertEquals } from "../../support/assert.ts";

/** As much as Vega reserves where there is no page. */
const letter = 10.4;
const values = [{ x: 0, y: 1, who: "the first of all" }, { x: 9, y: 2, who: "the second" }];
const x = { field: "x", type: "quantitative" };
const y = { field: "y", type: "quantitative" };
const color = { field: "who", type: "nominal" };
const plot = { mark: "line", encoding: { x, y, color } };
const title = "A title that is longer than a telephone is wide, and so it needs more than one line";

/** The charts that get narrower in different ways. */
const charts: Record<string, Record<string, unknown>> = {
  "a wide plot with a legend": { ...plot, title, data: { values }, width: 490, height: 220 },
  "a map": { ...plot, data: { values }, width: 360, height: 350 },
  "plots below each other": {
    data: { values },
    vconcat: [1, 2].map(() => ({ ...plot, title, width: 460, height: 160 })),
  },
  "plots beside each other": {
    data: { values },
    hconcat: [1, 2].map(() => ({ ...plot, width: 230, height: 200 })),
  },
  "rows of small plots": {
    data: { values },
    vconcat: [{
      columns: 8,
      concat: Array(16).fill({ mark: "point", encoding: {}, width: 75, height: 50 }),
    }],
  },
  "columns of plots": {
    data: { values },
    mark: "bar",
    encoding: { x, y, column: { field: "who", type: "nominal" } },
    width: 220,
    height: 90,
  },
};

for (const [name, spec] of Object.entries(charts)) {
  Deno.test(`${name}: as wide as a phone, and to be read there`, async () => {
    const chart = new Chart(spec);
    const before = structuredClone(chart.spec);
    const width = pictureWidth(await chart.svg());
    const svg = await new Chart(narrowed(chart.spec, width, 340, { letter })).svg();
    assert(width > 400, `${width}: it was not too wide`);
    assert(pictureWidth(svg) <= 348, `${pictureWidth(svg)} pixels`);
    assert(legibleWidth(svg) <= 340, `${legibleWidth(svg)} pixels until it can be read`);
    assertEquals(chart.spec, before, "the specification itself stays");
  });
}

Deno.test("a chart that fits stays as it is", () => {
  const chart = new Chart(charts["a map"]);
  assertEquals(narrowed(chart.spec, 340, 340), chart.spec);
});

Deno.test("a map keeps its proportions, and a wide plot its height", () => {
  const { width, height } = narrowed(charts["a map"], 520, 340);
  assert(Math.abs(width / height - 360 / 350) < 0.01);
  assertEquals(narrowed(charts["a wide plot with a legend"], 700, 340).height, 220);
});

Deno.test("long labels beside a plot leave it less room, and what stands below it takes more lines", async () => {
  const long = {
    data: { values: values.map((row) => ({ ...row, who: `${row.who}, a long name` })) },
    vconcat: [{
      mark: "bar",
      encoding: {
        x: { ...x, title, axis: { labelOverlap: false } },
        y: { ...color, axis: { labelLimit: 150 } },
      },
      width: 440,
    }],
  };
  const { spec } = new Chart(long);
  const first = pictureWidth(await new Chart(narrowed(spec, 700, 340, { letter })).svg());
  assert(first > 380, `${first}: the labels are not long enough`);
  const again = narrowed(spec, 700, 340, { labels: 66 + first - 340, letter });
  const width = pictureWidth(await new Chart(again).svg());
  assert(width <= 348, `${width} pixels`);
  const across = again.vconcat[0].encoding.x;
  assert(across.title.length > 1);
  assertEquals(across.axis.labelOverlap, "greedy");
});

/** The size of a chart's picture, and of its plot alone, where a viewer draws it as it stands. */
async function drawn(spec: Record<string, unknown>, innerWidth?: number) {
  // This is what Vega asks for the size of the window.
  Object.assign(globalThis, innerWidth && { window: { innerWidth, innerHeight: 900 } });
  try {
    const svg = await renderChart(spec);
    const [, width, height] = svg.match(
      /<path class="background"[^>]* d="M0.5,0.5h([\d.]+)v([\d.]+)h/,
    )!;
    return { picture: pictureWidth(svg), width: Number(width), height: Number(height) };
  } finally {
    Reflect.deleteProperty(globalThis, "window");
  }
}

for (const name of ["a wide plot with a legend", "a map"]) {
  Deno.test(`${name}: fits a narrow window by itself, and a wide one as before`, async () => {
    const { title: _, ...untitled } = charts[name];
    const { spec } = new Chart(untitled);
    const fitting = fitsWindow(spec);
    const asBefore = await drawn(spec);
    for (const wide of [undefined, 1280]) assertEquals(await drawn(fitting, wide), asBefore);
    const phone = await drawn(fitting, 390);
    assert(asBefore.picture > 400 && phone.picture <= 274, `${phone.picture} pixels`);
    const keptHeight = phone.height === asBefore.height;
    const keptSides =
      Math.abs(phone.height / phone.width - asBefore.height / asBefore.width) < 0.01;
    assertEquals([keptHeight, keptSides], name === "a map" ? [false, true] : [true, false]);
  });
}

Deno.test("a legend of shades stands beside a plot, and lies below a narrow one", async () => {
  const shades = { ...color, field: "y", type: "quantitative" };
  const { spec } = new Chart({ ...charts["a map"], encoding: { x, y, color: shades } });
  const isUpright = async (spec: Record<string, unknown>) => {
    const svg = await renderChart(spec);
    const [, width, height] = svg.match(/d="M0,0h([\d.]+)v([\d.]+)h-?[\d.]+Z" fill="url/)!;
    return Number(height) > Number(width);
  };
  assertEquals(await isUpright(fitsWindow(spec)), true);
  assertEquals(await isUpright(narrowed(fitsWindow(spec), 450, 340)), false);
});

Deno.test("plots beside each other do not get narrower by themselves", () => {
  for (const [name, spec] of Object.entries(charts)) {
    const isPlot = /^a /.test(name);
    const chart = new Chart(spec).spec;
    assertEquals(fitsWindow(chart) === chart, !isPlot, name);
  }
});

Deno.test("a chart whose size is a parameter of its own keeps that", () => {
  const { spec } = new Chart(charts["a map"]);
  const own = { ...spec, params: [{ name: "height", value: 300 }] };
  assertEquals(fitsWindow(own), own);
});

Deno.test("what follows the window's width is left out where the place is known", () => {
  const { spec } = new Chart(charts["a map"]);
  const given = { ...spec, params: [{ name: "rate", value: 1 }] };
  assertEquals(narrowed(fitsWindow(given), 340, 340).params, given.params);
});
