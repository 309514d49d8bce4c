import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertStringIncludes,
  assertThrows,
} from "../../support/assert.ts";
import { type Chart, display, secant } from "../../../mod.ts";
import { strangers, untyped } from "../../support/helpers.ts";

const parabola = (x: number) => 3 * x ** 2 - 4 * x + 5;
const chart = () => secant(parabola, 3, { from: -5, to: 5 });

interface Row {
  k: number;
  x: number;
  y: number;
  x2: number;
  y2: number;
  l: number;
  r: number;
  text: string;
}

/** The secants of a chart, one a position of the slider. */
function secants({ spec }: Chart): Row[] {
  const layers = spec.layer as { data: { values: Row[] } }[];
  return layers.map(({ data }) => data.values).find(([row]) => "k" in row)!;
}

/** The picture with the slider moved to `k`. */
async function moved({ spec }: Chart, k: number): Promise<string> {
  const copy = structuredClone(spec) as unknown as TopLevelSpec;
  const view = new View(parse(compile(copy).spec), { renderer: "none" });
  view.signal("halvings", k);
  await view.runAsync();
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}

Deno.test("secant() computes the slope (f(x+h) − f(x)) / h of every h on the slider", () => {
  const rows = secants(chart());
  assertEquals(rows.length, 33);
  for (const { k, x, y, x2, y2, l, r, text } of rows) {
    const h = 2 / 2 ** k;
    assertEquals([x, y, x2, y2], [3, 20, 3 + h, parabola(3 + h)]);
    const slope = Number(text.match(/slope (\S+)$/)![1]);
    assertAlmostEquals(slope, 14 + 3 * h, 1e-3);
    assertAlmostEquals((r - l) / 10, 14 + 3 * h, 1e-9, "the line from −5 to 5 has that slope");
    assertAlmostEquals(l + (x - -5) * (r - l) / 10, y, 1e-9, "and goes through the point");
  }
  assertEquals(rows[0].text, "h = 2: the secant has slope 20");
  assertEquals(rows[32].text, "h = 0.0078125: the secant has slope 14.023");
});

Deno.test("the slider of a secant moves the second point, the line and the numbers", async () => {
  const first = await chart().svg();
  assertStringIncludes(first, "h = 2: the secant has slope 20");
  assertStringIncludes(first, "h → 0: the tangent has slope 14");
  assertStringIncludes(first, ">−4</text>", "the numbers at the axis are whole");
  // Vega numbers its clips anew for each picture that is asked for in this way only.
  const plain = (svg: string) =>
    svg.replace(/clip\d+/g, "clip").replace(/ role="img" aria-label="[^"]*"/, "");
  assertEquals(plain(await moved(chart(), 0)), plain(first), "the first position is drawn");
  const pictures = new Set([first]);
  for (const [k, text] of [[1, "h = 1: the secant has slope 17"], [8, "slope 14.023"]] as const) {
    const svg = await moved(chart(), k);
    assertStringIncludes(svg, text);
    assert(!svg.includes("slope 20"), "the first secant has gone");
    pictures.add(svg);
  }
  assertEquals(pictures.size, 3);
});

Deno.test("a secant's slider is a parameter of Vega-Lite, from 0 to 8 halvings", () => {
  const [param] = chart().spec.params as { name: string; value: number; bind: object }[];
  assertEquals(param, {
    name: "halvings",
    value: 0,
    bind: { input: "range", min: 0, max: 8, step: .25, name: "halvings of h: " },
  });
  // Each position that the slider can take has its secant.
  assertEquals(secants(chart()).map(({ k }) => k), Array.from({ length: 33 }, (_, i) => i * .25));
});

Deno.test("a secant shows itself as a live chart, a still picture and text, the same each time", async () => {
  const bundle = await chart()[display]();
  assertEquals(Object.keys(bundle), [
    "application/vnd.vegalite.v5+json",
    "image/svg+xml",
    "text/plain",
  ]);
  assertEquals(
    bundle["text/plain"],
    "f at x = 3. h = 2: the secant has slope 20; h → 0: the tangent has slope 14",
  );
  const { spec } = chart();
  assertEquals(JSON.parse(JSON.stringify(spec)), spec);
  assert(JSON.stringify(spec).length < 25_000, `${JSON.stringify(spec).length} bytes`);
  assertEquals(await chart()[display](), bundle);
});

Deno.test("secant() takes 3 to each side and h = 2 by default, less where that does not fit", () => {
  const domain = (c: Chart) => {
    const layers = c.spec.layer as { data: { values: { x: number }[] } }[];
    const { values } = layers[0].data;
    return [values[0].x, values[values.length - 1].x];
  };
  assertEquals(domain(secant(Math.sin, 1)), [-2, 4]);
  assertEquals(secants(secant(Math.sin, 1))[0].x2, 3);
  assertEquals(secants(secant(Math.sin, 1, { to: 2.5 }))[0].x2, 2.5);
  assertEquals(secants(secant(Math.sin, 1, { h: .5 }))[0].x2, 1.5);
});

Deno.test("secant() leaves gaps where f is not a number, and says where there is no tangent", async () => {
  const log = secant(Math.log, 1, { from: -1, to: 4 });
  const svg = await log.svg();
  assert(!/ d="[^"]*NaN/.test(svg));
  assertStringIncludes(svg, "the tangent has slope 1<");
  const sqrt = secant(Math.sqrt, 0, { from: -1, to: 2 });
  assertStringIncludes(await sqrt.svg(), "h → 0: there is no tangent");
  assertMatch(await secant(() => 2, 1).svg(), /the secant has slope 0</);
});

Deno.test("secant() refuses points, ends and steps that do not fit", () => {
  const refused: [() => unknown, string][] = [
    [() => secant(Math.sin, NaN), "x must be a finite number, got NaN"],
    [() => secant(Math.sin, untyped("1")), 'x must be a finite number, got string "1"'],
    [
      () => secant(Math.sin, 1, { from: 2 }),
      "from must be a finite number up to x = 1, got 2",
    ],
    [() => secant(Math.sin, 1, { to: 1 }), "to must be a finite number above x = 1, got 1"],
    [() => secant(Math.sin, 1, { to: Infinity }), "to must be a finite number above x = 1"],
    [() => secant(Math.sin, 1, { h: 4 }), "h must be above 0 and at most to − x = 3, got 4"],
    [() => secant(Math.sin, 1, { h: 0 }), "h must be above 0 and at most to − x = 3, got 0"],
    [() => secant(Math.log, -1), "f(-1) must be a finite number, got NaN"],
    [() => secant((x) => untyped(`${x}`), 1), 'f(1) must be a finite number, got string "1"'],
  ];
  for (const [call, message] of refused) assertThrows(call, RangeError, `secant: ${message}`);
  for (const [thing, name] of strangers) {
    if (typeof thing === "function") continue;
    assertThrows(
      () => secant(untyped<(x: number) => number>(thing), 1),
      TypeError,
      `secant: f must be a function, got ${name}`,
    );
  }
});
