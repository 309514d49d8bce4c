import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStringIncludes,
} from "../../support/assert.ts";
import { MLP, RandomGenerator, Recorder } from "../../../mod.ts";
import { hue, readPng } from "../../support/images.ts";
import { elements } from "../../support/pictures.ts";
import { show, train, xor } from "../../support/recordings.ts";

/** The points of a line mark of a chart in a picture, from the upper left of the chart. */
function pathOf(svg: string, name: string): number[][] {
  const [, path] = svg.match(new RegExp(`${name}"[^>]*><path[^>]* d="([^"]*)"`))!;
  return path.split(/[ML]/).slice(1).map((pair) => pair.split(",").map(Number));
}

Deno.test("the mark is on the curve, at the moment's step", async () => {
  for (const logarithmic of [false, true]) {
    const tape = train(30, { logarithmic, every: 4 });
    const { svg, reel } = await show(tape);
    const curve = pathOf(svg, "mark-line role-mark marks");
    assertEquals(curve.length, 30);
    const [, left, top] = svg.match(
      /<g [^>]*transform="translate\((\d+),(\d+)\)"><g class="mark-group role-frame/,
    )!;
    const [, down] = svg.match(/translate\(0,(\d+)\)"><svg/)!;
    tape.moments.forEach(({ step }, k) => {
      const [x, y] = reel.frames[k].mark!;
      assertAlmostEquals(x - Number(left), curve[step][0], .02);
      assertAlmostEquals(y - Number(top) - Number(down), curve[step][1], .02);
    });
  }
});

Deno.test("a loss that cannot be drawn has no mark, and the picture no NaN", async () => {
  const tape = train(3);
  tape.model.parameters().forEach((p, i) => p.data = [NaN, Infinity, -1e308][i % 3]);
  for (const loss of [NaN, Infinity, 1e300]) tape.record(loss);
  const { svg, reel } = await show(tape);
  elements(svg);
  assert(!/(?:width|x1|y1|cx|cy|d|transform)="[^"]*(?:NaN|Infinity|undefined)/.test(svg));
  assertEquals(reel.frames.map(({ mark }) => mark === null), [
    ...[false, false, false],
    ...[true, true, false],
  ]);
  assertStringIncludes(reel.frames[3].strokes, "!");
  const nothing = new Recorder(tape.model);
  nothing.record(NaN);
  assertStringIncludes((await show(nothing)).svg, 'visibility="hidden"');
});

Deno.test("the map of each moment is that of its boundary, high places at the top", async () => {
  const tape = train(30, { resolution: 7, every: 10 });
  const { reel, svg } = await show(tape);
  tape.moments.forEach((moment, k) => {
    const { outputs } = tape.boundary(moment)!;
    const pixels = readPng(reel.frames[k].map!);
    assertEquals([pixels.length, pixels[0].length], [7, 7]);
    pixels.forEach((row, j) =>
      row.forEach((color, i) => {
        const [output] = outputs[6 - j][i];
        if (Math.abs(output) > .05) assertEquals(hue(color), output > 0 ? "b" : "r");
      })
    );
  });
  assert(new Set(reel.frames.map(({ map }) => map)).size > 1, "the map changes");
  assertStringIncludes(svg, reel.frames[0].map!);
});

Deno.test("of several outputs the map has the largest one", async () => {
  const model = new MLP(2, [4, 3], { generator: new RandomGenerator(4) });
  const tape = new Recorder(model, { data: { x: xor.x, y: [0, 1, 2, 1] }, resolution: 5 });
  tape.record(1);
  const { reel } = await show(tape);
  const { outputs } = tape.boundary(tape.moments[0])!;
  readPng(reel.frames[0].map!).forEach((row, j) =>
    row.forEach((color, i) => {
      const cell = outputs[4 - j][i];
      assertEquals(hue(color), "brg"[cell.indexOf(Math.max(...cell))]);
    })
  );
});

Deno.test("border and rings of each moment are those of its boundary", async () => {
  const tape = train(200, { every: 199, resolution: 12 });
  const { reel: { frames } } = await show(tape);
  const [before, after] = tape.moments.map((moment) => tape.boundary(moment)!);
  assertEquals(
    frames.map(({ wrong }) => wrong),
    [before, after].map(({ points }) =>
      points.map(({ label, answer }) => label === answer ? "0" : "1").join("")
    ),
  );
  assertEquals([before.accuracy < 1, after.accuracy], [true, 1]);
  assert(frames[1].border !== frames[0].border);

  // The first border is drawn by the chart, and all of them are known to the page.
  const trained = new Recorder(tape.model, { data: xor, resolution: 12 });
  trained.record(1);
  const { svg, reel } = await show(trained);
  const drawn = pathOf(svg, "border_marks").flat();
  const known = reel.frames[0].border!.split(/[ML,]/).slice(1).map(Number);
  assertEquals(known.length, drawn.length);
  known.forEach((at, i) => assertAlmostEquals(at, drawn[i], .1));
});
