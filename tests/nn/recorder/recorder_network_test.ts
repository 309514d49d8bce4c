import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { display, MLP, RandomGenerator, Recorder } from "../../../mod.ts";
import { diverging } from "../../../engine/show/colors.ts";
import { show, train } from "../../support/recordings.ts";

Deno.test("the network is the one that the model shows: the same lines, circles and dashed arcs", async () => {
  const model = new MLP(2, [2, 2, 1], { residual: true });
  const tape = new Recorder(model);
  tape.record(1);
  const shapes = (svg: string) =>
    svg.match(
      /<(?:line x1|circle cx="\d+" cy="\d+" r="11"|path d="M\d+ \d+q)[^>]*?(?= fill| stroke)/g,
    );
  const shown = shapes(String((await model[display]())["image/svg+xml"]));
  assertEquals(shown!.length, 10 + 7 + 4);
  const { svg } = await show(tape);
  assertEquals(shapes(svg), shown);
  assertStringIncludes(svg, "dashed: an input, added to the output");
});

Deno.test("weights, fills and outputs of a moment are those of its parameters", async () => {
  const tape = train(20, { input: [1, 0] });
  const { reel } = await show(tape);
  const largest = Math.max(...tape.moments.flatMap(({ parameters }) => parameters.map(Math.abs)));
  const { palette } = diverging(1);
  const model = new MLP(2, [3, 1]);
  for (const [k, { parameters }] of tape.moments.entries()) {
    const frame = reel.frames[k];
    model.parameters().forEach((p, i) => p.data = parameters[i]);
    const [first, last] = model.layers;
    // Lines neuron by neuron, then rings.
    const drawn = [
      ...first.neurons.flatMap(({ w }) => w),
      ...last.neurons.flatMap(({ w }) => w),
      ...[...first.neurons, ...last.neurons].map(({ b }) => b),
    ];
    assertEquals(frame.strokes.length, drawn.length);
    drawn.forEach(({ data }, i) => {
      const [color, width] = reel.strokes[frame.strokes[i]];
      assert(Math.abs(width - (.4 + 3.6 * Math.abs(data) / largest)) < .07, `${width} ${data}`);
      if (width > .5) assertEquals(color, data < 0 ? "#e0663a" : "#2f7fd8");
    });
    const answer = model.forward([1, 0]).data;
    assertEquals(frame.outputs[0], [String(Number(answer.toPrecision(3)))]);
    assertEquals(frame.fills[0].length, 2 + 3 + 1);
    assertEquals(reel.fills[frame.fills[0][5]], palette[Math.round(32 + 32 * answer)]);
  }
});

Deno.test("where there is a map each example can be chosen, of many some, the input first", async () => {
  const tape = train(3, { input: [1, 0] });
  const { reel } = await show(tape);
  const words = reel.choices.map(({ words }) => words.match(/\(.*\)/)![0]);
  assertEquals(words, ["(1, 0)", "(0, 0)", "(0, 1)", "(1, 1)"]);
  for (const { fills, outputs } of reel.frames) {
    assertEquals([fills.length, outputs.length], [4, 4]);
  }
  const model = new MLP(2, [3, 1]);
  model.parameters().forEach((p, i) => p.data = tape.moments[2].parameters[i]);
  assertEquals(reel.frames[2].outputs[3], [
    String(Number(model.forward([1, 1]).data.toPrecision(3))),
  ]);

  const x = Array.from({ length: 3000 }, (_, i) => [i, i % 7]);
  const many = new Recorder(model, { data: { x, y: x.map((_, i) => i % 2 ? 1 : -1) } });
  for (let step = 0; step < 60; step++) many.record(1);
  const { reel: { choices, frames } } = await show(many);
  assert(choices.length > 30 && choices.length < 100, `${choices.length}`);
  const { length } = JSON.stringify(frames.map(({ fills, outputs }) => [fills, outputs]));
  assert(length < 70_000, `${length} letters`);
  const without = new Recorder(new MLP(3, [1]), { input: [1, 2, 3] });
  without.record(1);
  assertEquals((await show(without)).reel.choices, []);
});

Deno.test("of a network without biases the lines change, and no rings", async () => {
  const model = new MLP(2, [3, 1], { bias: false, generator: new RandomGenerator(1) });
  const tape = new Recorder(model, { input: [1, 0] });
  tape.record(1);
  const last = model.layers[1].neurons[0].w[2];
  for (const p of model.parameters()) p.data = p === last ? 1 : 0;
  tape.record(1);
  const { reel } = await show(tape);
  assertEquals(reel.frames.map(({ strokes }) => strokes.length), [9, 9]);
  const widths = [...reel.frames[1].strokes].map((letter) => reel.strokes[letter][1]);
  assertEquals(widths.indexOf(Math.max(...widths)), 8);
});

Deno.test("without an input no circle is filled by an answer, and none is written", async () => {
  const model = new MLP(3, [2, 1], { generator: new RandomGenerator(1) });
  const tape = new Recorder(model);
  tape.record(1);
  const { svg, reel } = await show(tape);
  assertEquals([reel.frames[0].fills, reel.frames[0].outputs], [[], []]);
  assert(!svg.includes("data-output") && !svg.includes("fill: the answers"));
  const withInput = new Recorder(model, { input: [1, 2, 3] });
  withInput.record(1);
  assertEquals((await show(withInput)).reel.frames[0].fills.map(({ length }) => length), [
    3 + 2 + 1,
  ]);
});
