import { assert, assertEquals, assertStrictEquals, assertThrows } from "../../support/assert.ts";
import { Adam, RandomGenerator, SGD, Value } from "../../../mod.ts";
import { compile } from "../../../engine/compile/compile.ts";
import type { Batch } from "../../../engine/compile/run/batch_order.ts";
import type { Updater } from "../../../engine/compile/training.ts";
import { needs } from "../../support/permissions.ts";
import { strangers, untyped } from "../../support/helpers.ts";
import { ask, type Build, compiled, eager, worstError } from "../../support/reference.ts";

/** (wx + b − y)², mean over examples. */
function line(options: { precision?: "float32" } = {}) {
  const [x, y, w, b] = [1, 2, .5, 0].map((data) => new Value(data));
  const loss = w.mul(x).add(b).sub(y).pow(2);
  const program = compile(loss, {
    inputs: [x, y],
    parameters: [w, b],
    outputs: [loss],
    ...options,
  });
  return { program, w, b };
}

const examples = [[1, 2], [2, 4], [3, 6]];

Deno.test("backward() adds to the gradients, as the eager engine does, and zeros clear them", () => {
  const { program, w, b } = line();
  program.load(examples);
  program.backward();
  assertEquals([w.grad, b.grad], [-14, -6]);
  program.backward();
  assertEquals([w.grad, b.grad], [-28, -12]);
  for (const p of [w, b]) p.grad = 0;
  program.backward();
  assertEquals([w.grad, b.grad], [-14, -6]);
});

Deno.test("forward() touches no gradient", () => {
  const { program, w } = line();
  program.load(examples);
  w.grad = 5;
  assertEquals(program.forward(), 10.5);
  assertEquals(w.grad, 5);
});

Deno.test("a parameter that was edited counts in the next call", () => {
  const { program, w, b } = line();
  program.load(examples);
  w.data = 2;
  assertEquals(program.forward(), 0);
  b.data = 1;
  assertEquals([program.backward(), w.grad, b.grad], [1, 4, 2]);
});

Deno.test("a batch takes its examples in its order, repeats too; without one all are taken", () => {
  const { program } = line();
  program.load(examples);
  assertEquals(program.forward([2]), 20.25);
  assertEquals(program.forward([0, 0, 0, 2]), (3 * 2.25 + 20.25) / 4);
  assertEquals([...program.outputs()], [2.25, 2.25, 2.25, 20.25]);
  assertEquals(program.forward(), 10.5);
  assertEquals([...program.outputs()], [2.25, 9, 20.25]);
  assertEquals(program.forward([2, 1, 0]), 10.5);
  assertEquals([...program.outputs()], [20.25, 9, 2.25]);
  assertEquals(program.forward(), 10.5);
});

Deno.test("a batch that the caller changes later changes nothing", () => {
  const { program } = line();
  program.load(examples);
  const batch = [0, 2];
  program.forward(batch);
  batch.push(1);
  assertEquals(program.outputs().length, 2);
});

for (const precision of [undefined, "float32"] as const) {
  Deno.test(`other examples may be loaded, more and fewer, in ${precision ?? "float64"}`, () => {
    const build: Build = ([x, y], [w, v]) => ({
      loss: x.mul(w).add(y.mul(v)).tanh(),
      outputs: [x],
    });
    const program = compiled(build, 2, [.5, -.25], { precision });
    const generator = new RandomGenerator(1);
    for (const n of [3, 1, 100, 7, 20_000, 2, 64, 65]) {
      const rows = Array.from(
        { length: n },
        () => [generator.uniform(-1, 1), generator.uniform(-1, 1)],
      );
      program.program.load(rows);
      const error = worstError(ask(program), eager(build, rows, [.5, -.25]));
      assert(error < (precision ? 1e-5 : 1e-12), `with ${n} examples the error is ${error}`);
    }
  });
}

Deno.test("two programs share parameters, and no memory", () => {
  const [x, w] = [new Value(1), new Value(3)];
  const [f, g] = [x.mul(w), x.mul(w).mul(w)].map((loss) =>
    compile(loss, { inputs: [x], parameters: [w] })
  );
  f.load([[2]]);
  g.load([[5], [7]]);
  assertEquals([f.forward(), g.forward(), f.forward()], [6, 54, 6]);
  f.backward();
  g.backward();
  assertEquals(w.grad, 2 + 36);
});

Deno.test("examples that are not rows of numbers are refused, and the old ones stay", () => {
  const { program, w } = line();
  program.load(examples);
  const load = (thing: unknown) => () => program.load(untyped<number[][]>(thing));
  assertThrows(load(3), TypeError, "Program.load: examples must be an array, got number 3");
  assertThrows(load([]), RangeError, "Program.load: examples must have at least one row");
  assertThrows(
    load([[1, 2], 3]),
    TypeError,
    "Program.load: examples[1] must be an array, got number 3",
  );
  assertThrows(
    load([[1, 2], [1]]),
    RangeError,
    "Program.load: examples[1] must have 2 numbers, one an input, got 1",
  );
  assertThrows(load([[1, 2, 3]]), RangeError, "must have 2 numbers, one an input, got 3");
  for (const [thing, name] of strangers) {
    assertThrows(
      load([[1, 2], [3, thing]]),
      TypeError,
      `Program.load: examples[1][1] must be a number, got ${name}`,
    );
  }
  assertEquals([program.forward(), w.grad], [10.5, 0]);
});

Deno.test("a batch that is no list of examples is refused, and nothing changes", () => {
  const { program, w, b } = line();
  const optimizer = new SGD([w, b], { lr: .1 });
  const calls = [
    (batch: Batch) => program.forward(batch),
    (batch: Batch) => program.backward(batch),
    (batch: Batch) => program.train(optimizer, [batch]),
    (batch: Batch) => program.training(optimizer).step(batch),
    (batch: Batch) => program.training(optimizer).evaluate(batch),
  ];
  for (const call of calls) {
    assertThrows(() => call(undefined), Error, "Program: load examples first");
  }
  program.load(examples);
  w.grad = b.grad = 7;
  program.forward();
  for (const call of calls) {
    assertThrows(() => call(untyped<number[]>(3)), TypeError, "batch must be an array, got number");
    assertThrows(() => call([]), RangeError, "batch must have at least one element");
    for (const [i, name] of [[3, "3"], [-1, "-1"], [.5, "0.5"], [NaN, "NaN"], ["1", "string"]]) {
      assertThrows(
        () => call([0, untyped<number>(i)]),
        RangeError,
        `Program: batch[1] must be a whole number from 0 to 2, got ${name}`,
      );
    }
  }
  assertEquals([w.data, b.data, w.grad, b.grad], [.5, 0, 7, 7]);
  assertEquals([...program.outputs()], [2.25, 9, 20.25]);
  assertEquals(program.forward(), 10.5);
});

Deno.test("examples that the memory cannot hold are refused, and the old ones stay", () => {
  const { program } = line();
  program.load(examples);
  program.forward();
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = () => {
    throw new RangeError("no more");
  };
  try {
    const many = Array.from({ length: 100_000 }, () => [0, 0]);
    const message = "Program: the memory cannot hold 100032 examples, which need ";
    assertThrows(() => program.load(many), RangeError, message);
  } finally {
    WebAssembly.Memory.prototype.grow = grow;
  }
  assertEquals([...program.outputs()], [2.25, 9, 20.25]);
  assertEquals([program.forward(), program.forward([2])], [10.5, 20.25]);
});

Deno.test("a refused step leaves the outputs, also of a training that has not begun", () => {
  const { program, w, b } = line();
  program.load(examples);
  program.forward([2, 1]);
  const training = program.training(new Adam([w, b]));
  assertThrows(() => training.step([99]), RangeError, "Program: batch[0] must be");
  assertEquals([...program.outputs()], [20.25, 9]);
  assertThrows(() => training.evaluate([99]), RangeError, "Program: batch[0] must be");
  assertEquals([...training.outputs], [20.25, 9]);
});

Deno.test("a loss that is not a number moves no parameter", () => {
  const [x, w] = [1, 2].map((data) => new Value(data));
  const program = compile(w.mul(x).log(), { inputs: [x], parameters: [w] });
  program.load([[1], [-1]]);
  for (const optimizer of [new SGD([w]), new Adam([w])]) {
    assertEquals(program.train(optimizer, [[1], [1]]), [NaN, NaN]);
    assertEquals(w.data, 2);
  }
});

Deno.test("an optimizer of other parameters is refused, and so is what is none", () => {
  const { program, w } = line();
  program.load(examples);
  assertThrows(
    () => program.train(new SGD([w, new Value(9)]), [undefined]),
    RangeError,
    "optimizer.parameters[1] must be a parameter of the program, got Value(data=9)",
  );
  assertThrows(
    () => program.train(untyped<Updater>(3), [undefined]),
    TypeError,
    "Program.train: optimizer must have parameters and update(), got number 3",
  );
  assertEquals(w.data, .5);
});

Deno.test("a program says its size, and where its bytes are", () => {
  const { program } = line();
  assertStrictEquals(program.bytes, program.bytes);
  assert(`${program}`.includes(`${program.bytes.length} bytes`), `${program}`);
});

Deno.test(
  "programs that are dropped are collected, a thousand of them",
  needs("read", "run"),
  async () => {
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-check",
        "--v8-flags=--expose-gc",
        new URL("../../support/dropped_programs.ts", import.meta.url).href,
      ],
      env: { NO_COLOR: "1" },
    }).output();
    const [said, complaint] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    assert(said.startsWith("{"), complaint);
    // The last ones may still lie on the stack.
    const { programs, models, kept } = JSON.parse(said);
    assert(programs >= 985 && programs <= 990, said);
    assert(models >= 8 && models <= 9, said);
    assertEquals(kept, 11);
  },
);
