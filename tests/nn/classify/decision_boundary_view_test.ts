import { assert, assertAlmostEquals, assertEquals } from "../../support/assert.ts";
import {
  type DecisionBoundary,
  decisionBoundary,
  display,
  makeMoons,
  MLP,
  RandomGenerator,
} from "../../../mod.ts";
import { hue, readPng } from "../../support/images.ts";
import { Known, logits, plane, square } from "../../support/models.ts";

interface Layer {
  data: { values: Record<string, number | string>[] };
  mark: { type: string; filled?: boolean };
  encoding: Record<string, { field: string; scale: Record<string, unknown> }>;
}

function parts(boundary: DecisionBoundary) {
  const { spec } = boundary.chart();
  const layers = spec.layer as Layer[];
  const one = (type: string, filled?: boolean) =>
    layers.find(({ mark }) => mark.type === type && mark.filled === filled)!;
  const map = one("image");
  return {
    spec,
    map,
    pixels: readPng(String(map.data.values[0].map)),
    line: one("line").data.values.filter(({ x1 }) => x1 !== null),
    dots: one("point", true),
    rings: one("point", false).data.values,
  };
}

Deno.test("the map has a cell for each place, high ones at the top: blue above 0, orange below", () => {
  const boundary = decisionBoundary(new Known((a, b) => 2 * a + b - 1.2), square, {
    resolution: 12,
    ...logits,
  });
  const { pixels, map } = parts(boundary);
  assertEquals([pixels.length, pixels[0].length], [12, 12]);
  pixels.forEach((row, j) =>
    row.forEach((color, i) => {
      const [output] = boundary.outputs[11 - j][i];
      if (Math.abs(output) < .05) return;
      assertEquals(hue(color), output > 0 ? "b" : "r", `${i}, ${j}: ${output}`);
    })
  );
  assert(pixels[0][11] !== pixels[5][9], "a larger output has a fuller colour");
  // A place is the middle of its cell.
  const { a, a2, b, b2 } = map.data.values[0];
  const half = (boundary.x1[1] - boundary.x1[0]) / 2;
  [a, a2, b, b2].forEach((edge, k) =>
    assertAlmostEquals(Number(edge), [-.15 - half, 1.15 + half][k % 2], 1e-9)
  );
});

Deno.test("cells are squares and one unit is as long on both axes", () => {
  const { spec, map } = parts(decisionBoundary(plane(), { x: [[0, 0], [3, 1]], y: [-1, 1] }));
  const [wide, high] = [map.encoding.x, map.encoding.y].map(({ scale }) => {
    const [low, high] = scale.domain as number[];
    return high - low;
  });
  assertEquals(spec.width, 360);
  assertAlmostEquals(Number(spec.height) / Number(spec.width), high / wide, 2e-3);
  const far = decisionBoundary(plane(), { x: [[0, 0], [1e6, 1]], y: [-1, 1] });
  assertEquals([far.x1.length, far.x2.length], [60, 60], "unlike axes have a scale each");
  const dot = decisionBoundary(plane(), { x: [[3, 3]], y: [1] }, { margin: 0, resolution: 3 });
  assertEquals([dot.x1, dot.x2], [[2.5, 3, 3.5], [2.5, 3, 3.5]], "a single point has room");
});

Deno.test("the line is at the threshold, of a sigmoid one half", () => {
  const { line } = parts(decisionBoundary(plane(), square, logits));
  assert(line.length > 10);
  for (const { x1 } of line) assertAlmostEquals(Number(x1), .7, 1e-3);
  const heights = line.map(({ x2 }) => Number(x2));
  assertEquals([Math.min(...heights), Math.max(...heights)], [-.15, 1.15], "from edge to edge");
  const early = parts(decisionBoundary(plane(), square, { threshold: -.5 }));
  assert(early.line.length > 10);
  for (const { x1 } of early.line) assertAlmostEquals(Number(x1), .2, 1e-3);

  const model = new MLP(2, [1], { activation: "sigmoid" });
  [6, 0, -3].forEach((data, i) => model.parameters()[i].data = data);
  const sigmoid = decisionBoundary(model, square);
  assertEquals(sigmoid.middle, .5);
  assert(parts(sigmoid).line.length > 10);
  for (const { x1 } of parts(sigmoid).line) assertAlmostEquals(Number(x1), .5, 1e-3);
});

Deno.test("of several outputs the colour is that of the largest, with lines between all of them", () => {
  // Thirds of the plane: left, right below, right above.
  const model = new Known((a, b) => [.5 - a, a - .5 - (b - .5), a - .5 + (b - .5)]);
  const data = { x: [[0, .5], [1, 0], [1, 1], [0, 0]], y: [0, 1, 2, 2] };
  const boundary = decisionBoundary(model, data, { resolution: 30 });
  const { pixels, line, dots } = parts(boundary);
  assertEquals(new Set(pixels.flat()).size, 3);
  const middle = Math.floor(pixels.length / 2);
  const seen = [pixels[middle][0], pixels[pixels.length - 1][29], pixels[0][29]];
  assertEquals(seen.map(hue), ["b", "r", "g"]);
  assertEquals(dots.encoding.color.scale.domain, ["0", "1", "2"]);
  assertEquals((dots.encoding.color.scale.range as string[]).map(hue), ["b", "r", "g"]);
  const at = (a: number, b: number) =>
    line.some(({ x1, x2 }) => Math.hypot(Number(x1) - a, Number(x2) - b) < .05);
  assertEquals([at(.9, .5), at(.4, .3), at(.4, .7)], [true, true, true]);
  assertEquals([at(.9, .3), at(.2, .5)], [false, false]);
  const apart = ({ x1, x2 }: Record<string, number | string>) => {
    const [first, second] = model.answer(Number(x1), Number(x2)).toString().split(",").map(Number)
      .toSorted((a, b) => b - a);
    return first - second;
  };
  for (const point of line) assert(apart(point) < .05, JSON.stringify(point));
});

Deno.test("a dashed line is drawn at each of the levels, and the chart says so", () => {
  const levels = [-.25, .25];
  const boundary = decisionBoundary(plane(), square, { ...logits, levels });
  assertEquals(boundary.levels, levels);
  const { spec } = boundary.chart();
  const { data } = (spec.layer as (Layer & { name: string })[])
    .find(({ name }) => name === "levels")!;
  const at = data.values.filter(({ x1 }) => x1 !== null).map(({ x1 }) => Number(x1).toFixed(3));
  assertEquals([...new Set(at)], ["0.450", "0.950"]);
  const { subtitle } = spec.title as { subtitle: string[] };
  assert(subtitle.includes("dashed: where the output is −0.25 or 0.25"), subtitle.join("\n"));
});

Deno.test("maps of the same reach have one scale of colours; else an example has the fullest", () => {
  const [own, shared] = [{}, { reach: 40 }].map((more) =>
    decisionBoundary(plane(), square, { ...logits, ...more })
  );
  const farthest = Math.max(...own.points.map(({ outputs: [output] }) => Math.abs(output)));
  assertEquals([own.reach, shared.reach], [Math.max(1, farthest), 40]);
  const [full, pale] = [own, shared].map((boundary) => parts(boundary).pixels.flat());
  assert(full.some((color, i) => color !== pale[i]), "the same colours");
});

Deno.test("a mark is an example in the colour and shape of its label, in a ring where the model is wrong", () => {
  const { spec, dots, rings } = parts(
    decisionBoundary(plane(), square, { title: "four", ...logits }),
  );
  assertEquals(
    dots.data.values.map(({ x1, x2, label, says }) => [x1, x2, label, says]),
    [[0, 0, "0", "0"], [1, 0, "1", "1"], [0, 1, "0", "0"], [1, 1, "0", "1"]],
  );
  assertEquals((dots.encoding.color.scale.range as string[]).map(hue), ["r", "b"]);
  assertEquals(dots.encoding.shape.scale.range, ["triangle-up", "circle"]);
  assertEquals(rings.map(({ x1, x2 }) => [x1, x2]), [[1, 1]]);
  assertEquals((spec.title as { text: string }).text, "four: 3 of 4 right: 75%");
  // A ring on top would keep the pointer from the dot and its tooltip.
  assertEquals((spec.layer as Layer[]).at(-1), dots);
});

Deno.test("of many examples a part is drawn, and the chart says so; the wrong ones are among them", () => {
  const x = Array.from({ length: 1000 }, (_, i) => [i / 1000, (i * 7 % 1000) / 1000]);
  const y = x.map(([a], i) => Number(a > .7) ^ Number(i % 100 === 0));
  const { spec, dots, rings } = parts(decisionBoundary(plane(), { x, y }, logits));
  assertEquals([dots.data.values.length, rings.length], [310, 10]);
  const { subtitle } = spec.title as { subtitle: string[] };
  assertEquals(subtitle[subtitle.length - 1], "310 of 1000 marks are drawn");
});

Deno.test("numbers that are not finite are grey and have no line", async () => {
  const boundary = decisionBoundary(new Known((a) => a > .5 ? NaN : a - .2), square, logits);
  const { pixels, line } = parts(boundary);
  assertEquals(pixels[3][59], "#636c76");
  for (const { x1 } of line) assertAlmostEquals(Number(x1), .2, 1e-3);
  const svg = await boundary.chart().svg();
  assert(svg.startsWith("<svg") && !/(?:d|transform)="[^"]*NaN/.test(svg));
});

Deno.test("a boundary shows itself as a chart, a picture and text in less than 150 KB, the same each time", async () => {
  const model = new MLP(2, [8, 1], { generator: new RandomGenerator(3) });
  const moons = makeMoons({ samples: 100, noise: .1 });
  const bundle = await decisionBoundary(model, moons, logits)[display]();
  assertEquals(Object.keys(bundle), [
    "application/vnd.vegalite.v5+json",
    "image/svg+xml",
    "text/plain",
  ]);
  assert(/^DecisionBoundary\(60 × \d+, \d+ of 100 right: [\d.]+%\)$/.test(
    String(bundle["text/plain"]),
  ));
  assert(JSON.stringify(bundle).length < 150_000);
  assertEquals(await decisionBoundary(model, moons, logits)[display](), bundle);
  const svg = String(bundle["image/svg+xml"]);
  for (const text of [">moons: ", ">label<", ">the model's output<", ": says 0<", ": undecided<"]) {
    assert(svg.includes(text), text);
  }
});
