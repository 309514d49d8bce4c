import { inflateSync } from "node:zlib";
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
  assertThrows,
} from "../../support/assert.ts";
import {
  display,
  MLP,
  RandomGenerator,
  Recorder,
  type RecorderOptions,
  sum,
  Value,
} from "../../../mod.ts";
import { strangers, untyped } from "../../support/helpers.ts";
import { assertPicture, count, elements } from "../../support/pictures.ts";
import { needs } from "../../support/permissions.ts";

const xor = [[0, 0, -1], [0, 1, 1], [1, 0, 1], [1, 1, -1]]
  .map(([x, y, label]) => ({ x, y, label }));

/** A training of a small network, recorded. */
function train(steps: number, options: RecorderOptions = {}, sizes = [3, 1]): Recorder {
  const model = new MLP(2, sizes, { generator: new RandomGenerator(4) });
  const tape = new Recorder(model, { points: xor, ...options });
  for (let step = 0; step < steps; step++) {
    const loss = sum(xor.map(({ x, y, label }) => {
      const answer = model.forward([x, y]);
      return (answer instanceof Value ? answer : sum(answer)).sub(label).pow(2);
    }));
    tape.record(loss);
    model.zeroGrad();
    loss.backward();
    for (const p of model.parameters()) p.data -= .1 * p.grad;
  }
  return tape;
}

/** The names of the 64 shades, from orange to blue. */
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

interface Reel {
  lines: Record<string, [string, number]>;
  fills: Record<string, string>;
  frames: {
    words: string;
    mark: [number, number] | null;
    map: string;
    weights: string;
    units: string;
    outputs: string[];
  }[];
}

async function show(tape: Recorder): Promise<{ html: string; svg: string; reel: Reel }> {
  const bundle = await tape[display]();
  const html = String(bundle["text/html"]);
  const json = html.match(/<script type="application\/json">(.*?)<\/script>/)![1];
  return { html, svg: String(bundle["image/svg+xml"]), reel: JSON.parse(json) };
}

/** The pixels of a map, row by row from the top; numbers of colours. */
function pixels(map: string, n: number): number[] {
  const file = Uint8Array.from(atob(map), (c) => c.charCodeAt(0));
  const at = new TextDecoder("latin1").decode(file).indexOf("IDAT");
  const length = new DataView(file.buffer).getUint32(at - 4);
  const rows = [...inflateSync(file.slice(at + 4, at + 4 + length))];
  return rows.filter((_, i) => i % (n + 1) !== 0);
}

Deno.test("a recorder keeps every loss, and the parameters of every n-th step and of the last", () => {
  const tape = train(12, { every: 5 });
  assertEquals(tape.losses.length, 12);
  assertEquals(tape.moments.map(({ step }) => step), [0, 5, 10, 11]);
  const whole = train(12);
  assertEquals(tape.moments, [0, 5, 10, 11].map((step) => whole.moments[step]));
  assertEquals(whole.moments.map(({ loss }) => loss), whole.losses);
  const fresh = new MLP(2, [3, 1], { generator: new RandomGenerator(4) });
  assertEquals(tape.moments[0].parameters, fresh.parameters().map((p) => p.data));
  assertEquals(String(tape), "Recorder(12 steps, 4 kept)");
  assertEquals(Deno.inspect([tape]), "[ Recorder(12 steps, 4 kept) ]");
});

Deno.test("showing a recorder leaves the model as it is", async () => {
  const tape = train(8);
  tape.model.parameters().forEach((p, i) => p.grad = i);
  const before = tape.model.parameters().map(({ data, grad }) => [data, grad]);
  await tape[display]();
  assertEquals(tape.model.parameters().map(({ data, grad }) => [data, grad]), before);
});

Deno.test("a long training is thinned to 60 moments, its ends among them, and the picture says so", async () => {
  const { reel, svg } = await show(train(200));
  assertEquals(reel.frames.length, 60);
  const steps = reel.frames.map(({ words }) => Number(words.match(/^step (\d+) /)![1]));
  assertEquals([steps[0], steps[59]], [0, 199]);
  const gaps = steps.slice(1).map((step, i) => step - steps[i]);
  assert(Math.max(...gaps) - Math.min(...gaps) <= 1, "evenly spread");
  assertStringIncludes(svg, "60 of 200 steps are on the slider");
});

Deno.test("the map has the colour of forward()'s answer in each of its cells", async () => {
  const n = 7;
  const tape = train(30, { boundary: { x: [-1, 2], y: [-2, 1], n }, every: 10 });
  const { reel } = await show(tape);
  const model = new MLP(2, [3, 1]);
  tape.moments.forEach(({ parameters }, k) => {
    model.parameters().forEach((p, i) => p.data = parameters[i]);
    const found = pixels(reel.frames[k].map, n);
    assertEquals(found.length, n * n);
    found.forEach((color, i) => {
      const x = -1 + 3 * ((i % n) + .5) / n;
      const y = 1 - 3 * (Math.floor(i / n) + .5) / n;
      const answer = model.forward([x, y]).data;
      assertEquals(color, Math.min(63, Math.floor(32 + 32 * answer)), `at ${x}, ${y}`);
    });
  });
  assert(new Set(reel.frames.map(({ map }) => map)).size > 1, "the map changes");
});

Deno.test("weights, fills and outputs of a moment are those of its parameters", async () => {
  const tape = train(20, { input: [1, 0] });
  const { reel } = await show(tape);
  const largest = Math.max(...tape.moments.flatMap(({ parameters }) => parameters.map(Math.abs)));
  const model = new MLP(2, [3, 1]);
  for (const [k, { parameters, loss }] of tape.moments.entries()) {
    const { weights, units, outputs, words } = reel.frames[k];
    model.parameters().forEach((p, i) => p.data = parameters[i]);
    const [first, last] = model.layers;
    // Lines neuron by neuron, then rings.
    const drawn = [
      ...first.neurons.flatMap(({ w }) => w),
      ...last.neurons.flatMap(({ w }) => w),
      ...[...first.neurons, ...last.neurons].map(({ b }) => b),
    ];
    assertEquals(weights.length, drawn.length);
    drawn.forEach(({ data }, i) => {
      const [color, width] = reel.lines[weights[i]];
      assertEquals(color, data < 0 ? "#e0663a" : "#2f7fd8");
      assert(Math.abs(width - (.4 + 3.6 * Math.abs(data) / largest)) < .07, `${width} ${data}`);
    });
    const answer = model.forward([1, 0]).data;
    assertEquals(outputs, [String(Number(answer.toPrecision(3)))]);
    assertEquals(units.length, 2 + 3 + 1);
    assertEquals(letters.indexOf(units[5]), Math.floor(32 + 32 * answer));
    assertMatch(reel.fills[units[5]], /^#[0-9a-f]{6}$/);
    assertEquals(words, `step ${k}   loss ${Number(loss.toPrecision(5))}`);
  }
});

Deno.test("a network with other than two inputs has no map", async () => {
  const model = new MLP(3, [2, 1], { generator: new RandomGenerator(1) });
  const tape = new Recorder(model);
  tape.record(1);
  tape.record(.5);
  const { svg, reel } = await show(tape);
  assertEquals(count(svg, "image"), 0);
  assertEquals(reel.frames.map(({ map, units }) => map + units), ["", ""]);
  const withInput = new Recorder(model, { input: [1, 2, 3] });
  withInput.record(1);
  assertEquals((await show(withInput)).reel.frames[0].units.length, 3 + 2 + 1);
});

Deno.test("of several outputs the map has the largest one", async () => {
  const n = 5;
  const tape = train(3, { boundary: { x: [0, 1], y: [0, 1], n } }, [4, 3]);
  const { reel, svg } = await show(tape);
  const model = new MLP(2, [4, 3]);
  model.parameters().forEach((p, i) => p.data = tape.moments[2].parameters[i]);
  pixels(reel.frames[2].map, n).forEach((color, i) => {
    const at = [((i % n) + .5) / n, 1 - (Math.floor(i / n) + .5) / n];
    const outputs = model.forward(at).map(({ data }) => data);
    assertEquals(color, outputs.indexOf(Math.max(...outputs)));
  });
  assertStringIncludes(svg, "which output is the largest");
});

Deno.test("the still picture is that of the first moment, well-formed and complete", async () => {
  const { svg, reel } = await show(train(10));
  const names = elements(svg);
  assertEquals(names.filter((name) => name === "line").length, 2 * 3 + 3);
  // Six units, four points, and the mark on the curve.
  assertEquals(names.filter((name) => name === "circle").length, 6 + 4 + 1);
  assertStringIncludes(svg, reel.frames[0].words);
  assertStringIncludes(svg, reel.frames[0].map);
});

Deno.test("the picture of a small training is as it was", needs("read", "env"), async () => {
  const { svg } = await show(train(10, { boundary: { x: [-1, 2], y: [-1, 2], n: 4 } }));
  await assertPicture(import.meta.url, "recorder", svg);
});

Deno.test("a page of 60 moments takes less than 200 KB, fetches nothing and is the same each time", async () => {
  const { html } = await show(train(100, {}, [16, 16, 1]));
  assert(html.length < 200_000, `${html.length} characters`);
  assert(!/(src|href)=["']?https?:|url\(/.test(html));
  assertEquals(html, (await show(train(100, {}, [16, 16, 1]))).html);
});

Deno.test("markup in a point's label stays text", async () => {
  const label = "</script><img src=x onerror=alert(1)>";
  const { html, svg } = await show(train(2, { points: [{ x: 0, y: 0, label }] }));
  assert(!html.includes("<img src=x") && !svg.includes("<img"));
  assertStringIncludes(svg, "&#60;/script&#62;&#60;img src=x");
  assertEquals(html.match(/<\/script>/g)!.length, 2);
});

Deno.test("a training that diverged can be shown, too", async () => {
  const tape = train(3);
  tape.model.parameters().forEach((p, i) => p.data = [NaN, Infinity, -1e308][i % 3]);
  for (const loss of [NaN, Infinity, 1e300]) tape.record(loss);
  const { svg, reel } = await show(tape);
  elements(svg);
  assert(!/(?:width|x1|y1|cx|cy|d)="[^"]*(?:NaN|Infinity|undefined)/.test(svg));
  assertEquals(reel.frames.map(({ mark }) => mark === null), [
    false,
    false,
    false,
    true,
    true,
    false,
  ]);
  assertStringIncludes(reel.frames[3].weights, "!");
  const nothing = new Recorder(tape.model);
  nothing.record(NaN);
  elements((await show(nothing)).svg);
});

Deno.test("an empty recorder shows its text", async () => {
  assertEquals(await new Recorder(new MLP(2, [1]))[display](), {
    "text/plain": "Recorder(0 steps, 0 kept)",
  });
});

Deno.test("a recorder refuses losses that are none, and keeps what it had", () => {
  const tape = train(1);
  for (const [thing, name] of strangers) {
    assertThrows(
      () => tape.record(untyped<number>(thing)),
      TypeError,
      `Recorder.record: loss must be a Value or a number, got ${name}`,
    );
  }
  assertEquals(tape.losses.length, 1);
});

Deno.test("a recorder refuses settings that do not fit its network", () => {
  const flat = new MLP(2, [1]), deep = new MLP(3, [1]);
  const interval: [number, number] = [0, 1];
  const refused: [MLP, unknown, string][] = [
    [flat, { every: 0 }, "every must be a whole number from 1, got 0"],
    [deep, { points: xor }, "points needs a network with 2 inputs, got one with 3"],
    [
      deep,
      { boundary: { x: interval, y: interval } },
      "boundary needs a network with 2 inputs, got one with 3",
    ],
    [flat, { input: [1] }, "input must be an array of 2 numbers, got an array of 1"],
    [flat, { input: [1, "2"] }, 'input[1] must be a finite number, got string "2"'],
    [flat, { points: [{ x: NaN, y: 0, label: 1 }] }, "[x, y] of points[0][0] must be a finite"],
    [
      flat,
      { boundary: { x: [1, 1], y: interval } },
      "boundary.x must be a low end and a higher one, got 1 and 1",
    ],
    [
      flat,
      { boundary: { x: interval, y: 3 } },
      "boundary.y must be an array of 2 numbers, got number 3",
    ],
    [
      flat,
      { boundary: { x: interval, y: interval, n: 101 } },
      "boundary.n must be at most 100, got 101",
    ],
    [
      flat,
      { boundary: { x: interval, y: interval, n: .5 } },
      "boundary.n must be a whole number from 1, got 0.5",
    ],
  ];
  for (const [model, options, message] of refused) {
    assertThrows(
      () => new Recorder(model, untyped<RecorderOptions>(options)),
      RangeError,
      `Recorder: ${message}`,
    );
  }
  assertThrows(
    () => new Recorder(flat, { points: [{ x: 0, y: 0, label: untyped<string>(null) }] }),
    TypeError,
    "Recorder: label of points[0] must be a number or a string, got null",
  );
  for (const [thing, name] of strangers) {
    assertThrows(
      () => new Recorder(untyped<MLP>(thing)),
      TypeError,
      `Recorder: model must be an MLP, got ${name}`,
    );
  }
});
