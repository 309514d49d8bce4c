import { assertEquals, assertThrows } from "../../support/assert.ts";
import { display, MLP, RandomGenerator, Recorder, type RecorderOptions } from "../../../mod.ts";
import { strangers, untyped } from "../../support/helpers.ts";
import { train, xor } from "../../support/recordings.ts";

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

Deno.test("showing a recorder, and asking for a boundary, leaves the model as it is", async () => {
  const tape = train(8);
  tape.model.parameters().forEach((p, i) => p.grad = i);
  const before = tape.model.parameters().map(({ data, grad }) => [data, grad]);
  await tape[display]();
  tape.boundary(tape.moments[0]);
  assertEquals(tape.model.parameters().map(({ data, grad }) => [data, grad]), before);
});

Deno.test("the boundary of a moment has forward()'s answers with its parameters", () => {
  for (const sizes of [[3, 1], [4, 3]]) {
    const data = { x: xor.x, y: [0, 1, 1, 0] };
    const model = new MLP(2, sizes, { generator: new RandomGenerator(4) });
    const tape = new Recorder(model, { data, resolution: 4, margin: .5 });
    for (const step of [0, 1, 2]) {
      tape.record(step);
      for (const p of model.parameters()) p.data += .1;
    }
    const other = new MLP(2, sizes);
    for (const moment of tape.moments) {
      const { x1, x2, outputs, points } = tape.boundary(moment)!;
      other.parameters().forEach((p, i) => p.data = moment.parameters[i]);
      const answer = (x: number[]) => [other.forward(x)].flat().map(({ data }) => data);
      assertEquals(outputs, x2.map((b) => x1.map((a) => answer([a, b]))));
      assertEquals(points.map(({ outputs }) => outputs), data.x.map(answer));
      assertEquals([x1.length, x1[0], x1[3]], [4, -.5, 1.5]);
    }
  }
});

Deno.test("a recorder without data, or of other than two inputs, has no boundary", () => {
  for (const tape of [new Recorder(new MLP(2, [1])), train(1, { data: undefined })]) {
    tape.record(1);
    assertEquals(tape.boundary(tape.moments[0]), null);
    assertEquals(tape.input, null);
  }
  const deep = new Recorder(new MLP(3, [1]), { data: { x: [[1, 2, 3]], y: [.7] } });
  assertEquals([deep.boundary({ parameters: [1, 2, 3, 4] }), deep.input], [null, [1, 2, 3]]);
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
  assertEquals([tape.losses.length, tape.moments.length], [1, 1]);
});

Deno.test("a recorder refuses settings that do not fit its network", () => {
  const flat = new MLP(2, [1]), deep = new MLP(3, [1]);
  const refused: [MLP, unknown, string][] = [
    [flat, { every: 0 }, "every must be a whole number from 1, got 0"],
    [deep, { data: xor }, "data.x[0] must be an array of 3 numbers, got an array of 2"],
    [flat, { data: { x: [[1, NaN]], y: [1] } }, "data.x[0][1] must be a finite number, got NaN"],
    [flat, { data: { x: xor.x, y: [1] } }, "data: x and y must have the same length, got 4 and 1"],
    [flat, { data: { x: [[1, 2]], y: [.5] } }, "data.y[0] must be 0 or 1, got 0.5"],
    [flat, { input: [1] }, "input must be an array of 2 numbers, got an array of 1"],
    [flat, { input: 3 }, "input must be an array of 2 numbers, got number 3"],
    [flat, { input: [1, "2"] }, 'input[1] must be a finite number, got string "2"'],
    [flat, { data: xor, resolution: 1 }, "resolution must be a whole number from 2 to 200, got 1"],
    [flat, { data: xor, resolution: 101 }, "resolution must be at most 100, got 101"],
    [
      flat,
      { data: xor, resolution: 2.5 },
      "resolution must be a whole number from 2 to 200, got 2.5",
    ],
    [flat, { data: xor, margin: -1 }, "margin must be a finite number from 0, got -1"],
  ];
  for (const [model, options, message] of refused) {
    assertThrows(
      () => new Recorder(model, untyped<RecorderOptions>(options)),
      RangeError,
      `Recorder: ${message}`,
    );
  }
  assertThrows(
    () => new Recorder(flat, { data: untyped<typeof xor>("xor") }),
    TypeError,
    'Recorder: data must be a Dataset or { x, y }, got string "xor"',
  );
  for (const [thing, name] of strangers) {
    assertThrows(
      () => new Recorder(untyped<MLP>(thing)),
      TypeError,
      `Recorder: model must be an MLP, got ${name}`,
    );
  }
});
