import { assertAlmostEquals, assertEquals, assertThrows } from "../../support/assert.ts";
import { dot, logSumExp, SGD, sum, Value } from "../../../mod.ts";
import { compile, type CompileOptions } from "../../../engine/compile/compile.ts";
import { constant, makeNode } from "../../../engine/value.ts";
import { strangers, untyped } from "../../support/helpers.ts";
import { agrees, only, several } from "../../support/reference.ts";

Deno.test("a loss may be an input, a parameter or a plain number", () => {
  agrees(([x]) => only(x), 1, [2]);
  agrees(([, x]) => only(x), 2, []);
  agrees((_, [w]) => only(w), 1, [2]);
  agrees((_, [w]) => only(w), 0, [2]);
  agrees(() => only(constant(3)), 1, [2]);
});

Deno.test("a loss may depend on parameters alone, on inputs alone, or on plain numbers alone", () => {
  agrees((_, w) => only(sum(w.map((wi) => wi.mul(wi).sin()))), 2, several(9));
  agrees(([a, b]) => only(a.mul(b).tanh().add(1)), 2, []);
  agrees(([a, b]) => only(a.mul(b).tanh().add(1)), 2, [1, 2]);
  agrees(() => only(constant(3).exp().log()), 0, []);
});

Deno.test("outputs come in their order: interior nodes, inputs, parameters, the loss; repeated too", () => {
  const [x, w] = [new Value(1), new Value(3)];
  const h = x.mul(w), scalar = w.add(1);
  const loss = h.mul(scalar);
  const outputs = [h, x, w, loss, scalar, h];
  const program = compile(loss, { inputs: [x], parameters: [w], outputs });
  assertEquals(program.outputs().length, 0);
  program.load([[1], [2], [5]]);
  assertEquals(program.forward([2, 0]), 36);
  assertEquals([...program.outputs()], [15, 5, 3, 60, 4, 15, 3, 1, 3, 12, 4, 3]);
  program.load([[1]]);
  assertEquals(program.outputs().length, 0);
});

Deno.test("what a caller does to the outputs does not reach the program", () => {
  const [x, w] = [new Value(1), new Value(3)];
  const h = x.mul(w);
  const program = compile(h, { inputs: [x], parameters: [w], outputs: [h] });
  program.load([[1]]);
  program.forward();
  program.outputs()[0] = 100;
  assertEquals([...program.outputs()], [3]);
});

const threeLeaves = () => {
  const [x, y, w] = [1, 2, .5].map((data, i) => new Value(data, { label: "xyw"[i] }));
  return { x, y, w, loss: w.mul(x).sub(y).pow(2) };
};

Deno.test("compiling changes no number, gradient or label", () => {
  const { x, y, w, loss } = threeLeaves();
  w.grad = 7;
  compile(loss, { inputs: [x, y], parameters: [w] }).load([[3, 4]]);
  assertEquals([x.data, y.data, w.data, w.grad, w.label, loss.data], [1, 2, .5, 7, "w", 2.25]);
});

/** Expects compile to throw, with a message that holds the text. */
function fails(
  Class: ErrorConstructor | TypeErrorConstructor | RangeErrorConstructor,
  message: string,
  change: (leaves: ReturnType<typeof threeLeaves>) => { loss?: unknown } & Partial<CompileOptions>,
): void {
  const leaves = threeLeaves();
  const { loss = leaves.loss, ...options } = change(leaves);
  const all = { inputs: [leaves.x, leaves.y], parameters: [leaves.w], ...options };
  assertThrows(() => compile(untyped<Value>(loss), all), Class, message);
}

Deno.test("compile takes a Value, or an object of named ones", () => {
  for (const [thing, name] of [...strangers, [2, "number 2"]] as const) {
    if (thing === undefined || /class (Object|null)$/.test(name)) continue;
    fails(TypeError, `compile: loss must be a Value, got ${name}`, () => ({ loss: thing }));
  }
});

for (const name of ["inputs", "parameters"] as const) {
  Deno.test(`compile checks ${name}: an array of leaves made with new, each once`, () => {
    fails(TypeError, `compile: ${name} must be an array, got undefined`, () => ({
      [name]: undefined,
    }));
    fails(TypeError, `compile: ${name}[0] must be a leaf made with new, got string "2"`, () => ({
      [name]: untyped<Value[]>(["2"]),
    }));
    fails(
      TypeError,
      `compile: ${name}[0] must be a leaf made with new, got the result of pow`,
      ({ loss }) => ({ [name]: [loss] }),
    );
    fails(
      TypeError,
      `compile: ${name}[0] must be a leaf made with new, got the constant Value(data=2)`,
      () => ({ [name]: [constant(2)] }),
    );
    fails(
      TypeError,
      `compile: ${name}[1] must be listed once, got Value(data=1) again`,
      ({ x }) => ({ [name]: [x, x] }),
    );
  });
}

Deno.test("compile checks that no leaf is an input and a parameter", () => {
  fails(
    TypeError,
    "compile: inputs[1] must not be among the parameters too, got Value(data=2)",
    ({ y, w }) => ({ parameters: [w, y] }),
  );
});

Deno.test("compile checks outputs: an array of Values whose leaves are listed", () => {
  fails(TypeError, "compile: outputs must be an array, got number 3", () => ({
    outputs: untyped<Value[]>(3),
  }));
  fails(TypeError, "compile: outputs[1] must be a Value, got number 3", ({ x }) => ({
    outputs: [x, untyped<Value>(3)],
  }));
  fails(
    Error,
    "compile: a leaf without a label (data 7) must be listed among the inputs or the parameters",
    ({ w }) => ({ outputs: [w.mul(new Value(7))] }),
  );
});

Deno.test("compile checks named losses: at least one, each a Value", () => {
  fails(RangeError, "compile: loss must have at least one Value, got an empty object", () => ({
    loss: {},
  }));
  fails(TypeError, "compile: loss.b must be a Value, got number 2", ({ loss }) => ({
    loss: { a: loss, b: 2 },
  }));
  fails(TypeError, "compile: loss must be a Value, got an object of class Map", ({ loss }) => ({
    loss: new Map([["a", loss]]),
  }));
});

Deno.test("an output may lie beside the loss, where no gradient comes from", () => {
  // The softmax beside takes what the loss takes, and is of the same operations.
  agrees(
    (x, w) => {
      const scores = [0, 1, 2].map((k) => dot(w.slice(2 * k, 2 * k + 2), x));
      const powers = scores.map((score) => score.exp());
      const shares = powers.map((power) => power.div(sum(powers)));
      const others = scores.map((score) => score.mul(2).exp());
      return { loss: logSumExp(scores).sub(scores[1]), outputs: [...shares, ...scores, ...others] };
    },
    2,
    several(6),
  );
  // All of a layer beside, of the parameters alone, an input alone, a number alone.
  agrees(
    ([x], [v, w]) => ({
      loss: x.mul(w).tanh(),
      outputs: [x.mul(v).tanh(), v.mul(w).exp(), x.mul(2), constant(4), x.mul(w).tanh().tanh()],
    }),
    1,
    several(2),
  );
});

Deno.test("named losses count as their sum, and their means are told apart", () => {
  const [x, y, v, w] = [0, 0, .5, -2].map((data) => new Value(data));
  const answer = x.mul(w).add(v);
  const losses = { error: answer.sub(y).pow(2), size: answer.abs().mul(.25), penalty: w.pow(2) };
  const options = { inputs: [x, y], parameters: [v, w], outputs: [answer, x] };
  const rows = Array.from({ length: 37 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
  const [named, total] = [losses, sum(Object.values(losses))].map((loss) => {
    const program = compile(loss, options);
    assertEquals(program.losses(), {});
    program.load(rows);
    assertEquals(program.losses(), {});
    for (const p of [v, w]) p.grad = 0;
    const means = [program.backward(), v.grad, w.grad, ...program.outputs()];
    const part = [program.forward([3, 5, 5]), ...program.outputs()];
    return { program, numbers: [...means, ...part] };
  });
  assertEquals(named.numbers, total.numbers);
  assertEquals(total.program.losses(), {});
  const wanted: Record<string, number> = {};
  for (const i of [3, 5, 5]) {
    const [a, b] = rows[i], said = a * w.data + v.data;
    const parts = { error: (said - b) ** 2, size: Math.abs(said) / 4, penalty: 4 };
    for (const [name, part] of Object.entries(parts)) {
      wanted[name] = (wanted[name] ?? 0) + part / 3;
    }
  }
  const got = named.program.losses();
  assertEquals(Object.keys(got), ["error", "size", "penalty"]);
  for (const name in wanted) assertAlmostEquals(got[name], wanted[name], 1e-13);
});

Deno.test("a training of named losses tells them apart after each step, as of its outputs", () => {
  const [x, w] = [1, 2].map((data) => new Value(data));
  const losses = { a: x.mul(w), b: w.pow(2) };
  const program = compile(losses, { inputs: [x], parameters: [w], outputs: [w] });
  program.load([[1], [3]]);
  const training = program.training(new SGD([w], { lr: .5 }));
  assertEquals([training.step(), program.losses()], [8, { a: 4, b: 4 }]);
  assertEquals([...training.outputs], [2, 2]);
  assertEquals([training.step(), program.losses()], [1 - 2, { a: -2, b: 1 }]);
});

Deno.test("compile checks precision, fused and threads", () => {
  fails(RangeError, 'compile: precision must be float64 or float32, got string "half"', () => ({
    precision: untyped<"float32">("half"),
  }));
  fails(TypeError, "compile: fused must be a boolean, got number 1", () => ({
    fused: untyped<boolean>(1),
  }));
  for (const [threads, name] of [[0, "0"], [1.5, "1.5"], [NaN, "NaN"], ["2", 'string "2"']]) {
    fails(RangeError, `got ${name}`, () => ({ threads: untyped<number>(threads) }));
  }
  fails(RangeError, "compile: threads must be a whole number from 1 to 64, got 65", () => ({
    threads: 65,
  }));
  assertThrows(
    () => compile(new Value(1), untyped<CompileOptions>(undefined)),
    TypeError,
    "compile: options must be an object, got undefined",
  );
});

Deno.test("fused is refused by name where WebAssembly has no relaxed SIMD, and only there", () => {
  const { validate, Module } = WebAssembly;
  const message = "compile: fused must be false where WebAssembly has no relaxed SIMD";
  const [x, w] = [1, 2].map((data) => new Value(data));
  const attempt = (fused: boolean) => () =>
    compile(w.mul(x), { inputs: [x], parameters: [w], fused });
  const absent = () => {
    throw new WebAssembly.CompileError("relaxed simd instructions not supported");
  };
  try {
    WebAssembly.validate = () => false;
    assertThrows(attempt(true), RangeError, message);
    attempt(false)();
    WebAssembly.validate = validate;
    // An engine that finds out only when it compiles.
    WebAssembly.Module = class {
      constructor() {
        absent();
      }
    } as unknown as typeof Module;
    assertThrows(attempt(true), RangeError, message);
  } finally {
    Object.assign(WebAssembly, { validate, Module });
  }
  const program = attempt(true)();
  program.load([[3]]);
  assertEquals(program.forward(), 6);
});

Deno.test("a leaf made with new that is not listed is an error that names it", () => {
  fails(
    Error,
    "compile: the leaf y (data 2) must be listed among the inputs or the parameters",
    ({ x }) => ({ inputs: [x] }),
  );
  fails(Error, "compile: a leaf without a label (data 9)", ({ loss }) => ({
    loss: loss.add(new Value(9)),
  }));
});

Deno.test("a detached value is an error, because its number would be that of one example", () => {
  const [x, w] = [new Value(3), new Value(2)];
  const y = w.mul(x);
  assertThrows(
    () => compile(w.mul(x).sub(y.detach()), { inputs: [x], parameters: [w] }),
    Error,
    "compile: a detached value (data 6) would have this number for all examples: put a leaf",
  );
  const target = new Value(6);
  const program = compile(w.mul(x).sub(target), { inputs: [x, target], parameters: [w] });
  program.load([[3, 1], [1, 1]]);
  assertEquals(program.backward(), (5 + 1) / 2);
});

Deno.test("an operation that is not in the table is an error that names it, never a constant", () => {
  fails(Error, "compile: the operation cbrt has no code", ({ x, loss }) => {
    const forged = makeNode(1, untyped<"sin">("cbrt"), true, x, null);
    return { loss: loss.add(forged) };
  });
  fails(Error, "compile: the operation copy has no code", ({ x, loss }) => {
    const forged = makeNode(1, untyped<"sin">("copy"), true, x, null);
    return { loss: loss.add(forged) };
  });
  fails(Error, "compile: the operation constructor has no code", ({ loss }) => {
    const forged = makeNode(1, untyped<"sin">("constructor"), false, null, []);
    return { loss: loss.add(forged) };
  });
});

Deno.test("single precision rounds numbers to it", () => {
  const [x, w] = [new Value(0), new Value(.1)];
  const program = compile(x.add(w), { inputs: [x], parameters: [w], precision: "float32" });
  program.load([[0]]);
  assertEquals(program.forward(), Math.fround(.1));
  assertAlmostEquals(program.backward(), .1, 1e-8);
});
