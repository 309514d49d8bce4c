import { checkCount, checkOptions, describe, describeNumber } from "../../engine/arguments.ts";
import {
  accuracy,
  Adam,
  add,
  exp,
  fit,
  gradcheck,
  log,
  makeMoons,
  max,
  MLP,
  mseLoss,
  predict,
  RandomGenerator,
  relu,
  SGD,
  StepLR,
  type Steps,
  steps,
  sum,
  Value,
} from "../../mod.ts";
import { assert, assertEquals, assertThrows } from "../support/assert.ts";
import { calls, publicNames } from "../support/calls.ts";

/** What a call throws or rejects with; null if it succeeds. */
async function thrownBy(call: () => unknown): Promise<unknown> {
  try {
    await call();
    return null;
  } catch (error) {
    return error;
  }
}

/** What must begin a message: a method's may begin with the class that it is inherited by. */
function startsWith(message: string, name: string): boolean {
  const [first, method] = name.split(".");
  // Of a batch, a Training says that it is its Program's.
  const owners = ["MLP", "SGD", "StepLR"].map((owner) => `${owner}.${method}`);
  const names = method === undefined
    ? [first]
    : [name, method, first, first.toLowerCase(), "Program", ...owners];
  return names.some((start) => message.startsWith(`${start}:`) || message.startsWith(`${start} `));
}

Deno.test("every public function, constructor and method is called here", () => {
  const tested = new Set(calls.map(({ name }) => name));
  assertEquals(publicNames().filter((name) => !tested.has(name)), []);
  const known = new Set(publicNames());
  assertEquals([...tested].filter((name) => !known.has(name)), []);
});

for (const { name, parameters, args, call } of calls) {
  const isFile = name === "save" || name === "load";

  Deno.test(`${name}() takes what it is made for, and no argument more`, async () => {
    if (!isFile) assertEquals(await thrownBy(() => call(...args())), null);
    const error = await thrownBy(() => call(...args(), "more"));
    assert(error instanceof TypeError, `${error}`);
    assert(startsWith(error.message, name), error.message);
    assert(/takes .*argument.*string "more" is one too many/.test(error.message), error.message);
  });

  if (parameters.includes("options")) {
    Deno.test(`${name}() refuses an option that it does not know, and options of another kind`, async () => {
      const at = parameters.indexOf("options");
      const given = args();
      const known = given[at] as object;
      const error = await thrownBy(() => call(...given.with(at, { ...known, qqqqqqqqq: 1 })));
      assert(error instanceof RangeError, `${error}`);
      assert(startsWith(error.message, name), error.message);
      assert(/options must be among .*, got qqqqqqqqq$/.test(error.message), error.message);
      const wrong = [null, 3, "x", true, [1], value, new Value(1), new Map()];
      for (const options of wrong) {
        const error = await thrownBy(() => call(...args().with(at, options)));
        assert(error instanceof TypeError, `${error}`);
        assert(startsWith(error.message, name), error.message);
        assert(
          /options must be an object, got .*: write \{ \w+: .* \}(; .*)?$/.test(error.message),
        );
      }
    });
  }

  if (parameters.length > 0) {
    Deno.test(`${name}() names itself and the argument that it cannot take`, async () => {
      for (const [at, parameter] of parameters.entries()) {
        for (const wrong of [null, undefined, 3, "x", {}, [], [null], true]) {
          const error = await thrownBy(() => call(...args().with(at, wrong)));
          if (error === null) {
            // The reason why a program was not compiled may be that it was.
            assert(wrong !== null || parameter === "eagerBecause", `${name}: ${parameter}: null`);
            continue;
          }
          // Then it is the path that is wrong.
          const isDefault = parameter === "options" && JSON.stringify(wrong) === "{}";
          if (isFile && (wrong === undefined || isDefault)) continue;
          assert(error instanceof Error, `${error}`);
          const what = `${name}, ${parameter} = ${Deno.inspect(wrong)}: ${error}`;
          assert(startsWith(error.message, name), what);
          // Of options that lack what they must have, it is that which is named.
          const isNamed = parameter === "options" ? / must be /.test(error.message) : undefined;
          // Of a list, it may be its element.
          assert(isNamed ?? error.message.includes(parameter.replace(/es$/, "")), what);
          assert(!/Cannot read|is not iterable|is not a function/.test(error.message), what);
        }
      }
    });
  }
}

const value = () => new Value(1);

Deno.test("what a list's own methods hand over besides its elements is let through", () => {
  assertEquals([0, 1].map(exp).map(Number.isNaN), [false, false]);
  assertEquals([-1, 2].map(relu).map(({ data }) => data), [0, 2]);
  assertEquals([value(), value()].reduce(add).data, 2);
  assertEquals([1, 5, 3].map((x) => new Value(x)).reduce(max).data, 5);
  assertThrows(() => [1, 2].map(max as () => Value), TypeError, "max: takes 2 arguments, got 3");
  assertThrows(
    () => [value()].map(steps as () => Steps),
    TypeError,
    "steps: takes 2 arguments, got 3: an array of 1 is one too many; in a list's method, write (x) => steps(x)",
  );
});

/** A call as in a notebook, where nobody checks types, and what is said to it. */
function says(call: () => unknown, message: string): void {
  assertThrows(call, Error, message);
}

/** A function as it is without types. */
// deno-lint-ignore no-explicit-any
const loose = (f: any): any => f;

Deno.test("what is written as elsewhere is refused, and what to write here is said", () => {
  const p = [value()];
  const model = new MLP(2, [1]);
  const SGDs = loose(SGD), MLPs = loose(MLP), Values = loose(Value), StepLRs = loose(StepLR);
  says(
    () => new SGDs(p, 0.1),
    "SGD: options must be an object, got number 0.1: write { lr: 0.1 }",
  );
  says(
    () => new MLPs(2, [4, 1], "relu"),
    'MLP: options must be an object, got string "relu": write { activation: "relu" }',
  );
  says(
    () => new MLPs(2, [1], new RandomGenerator(1)),
    "MLP: options must be an object, got an object of class RandomGenerator: write { generator: … }",
  );
  says(() => loose(makeMoons)(7), "got number 7: write { samples: 7 }");
  says(() => loose(mseLoss)([1], [2], "sum"), 'got string "sum": write { reduction: "sum" }');
  says(
    () => new Values(1, "a"),
    'Value: options must be an object, got string "a": write { label: "a" }',
  );
  says(() => loose(gradcheck)(exp, [1], 1e-6), "write { step: 0.000001 }");
  says(
    () => new StepLRs(new SGD(p)),
    "options must be an object, got undefined: write { stepSize: … }",
  );
  says(() => new StepLRs(new SGD(p), 0.1), "write { stepSize: 0.1 }");
  says(
    () => loose(fit)(model, { x: [[1, 2]], y: [1] }, new SGD(p)),
    "got an object of class SGD: write { optimizer: … }",
  );
  says(
    () => loose(predict)(model, [[1, 2]], [1]),
    "got an array of 1: write { threshold: … }; accuracy(model, { x, y }) compares",
  );
  says(() => loose(predict)(model, [[1, 2]], .5), "got number 0.5: write { threshold: 0.5 }");
  says(
    () => loose(accuracy)(model, [[1, 2]], [1]),
    "write { threshold: … }; the labels belong to data: accuracy(model, { x, y })",
  );
  says(
    () => loose(max)(1, 2, 3),
    "max: takes 2 arguments, got 3: number 3 is one too many; of a list: max(xs)",
  );
  says(
    () => loose(log)(8, 2),
    "log: takes 1 argument, got 2: number 2 is one too many; of another base: div(log(x), log(base))",
  );
  says(
    () => loose(sum)(1, 2, 3),
    "sum: takes 1 argument, got 3: number 2 is one too many; write sum([a, b, c])",
  );
  says(() => loose(value()).add(1, 2), "Value.add: takes 1 argument, got 2");
  says(() => loose(value()).neg(1), "Value.neg: takes no argument, got 1");
});

Deno.test("of an unknown option, the nearest right name is said", () => {
  const p = [value()];
  const guesses: [(options: object) => unknown, string, string][] = [
    ...["learningRate", "learning_rate", "LR", "eta", "rl"].map((name) =>
      [(options: object) => new SGD(p, options), name, "lr"] as [() => unknown, string, string]
    ),
    [(options) => new SGD(p, options), "weight_decay", "weightDecay"],
    [(options) => new SGD(p, options), "momentun", "momentum"],
    [(options) => new Adam(p, options), "beta1", "betas"],
    [(options) => new Adam(p, options), "epsilon", "eps"],
    [(options) => new MLP(2, [1], options), "activaton", "activation"],
    [(options) => new MLP(2, [1], options), "nonlinearity", "activation"],
    [(options) => new MLP(2, [1], options), "seed", "generator"],
    [(options) => new MLP(2, [1], options), "outputactivation", "outputActivation"],
    [(options) => makeMoons(options), "n", "samples"],
    [(options) => makeMoons(options), "randomState", "seed"],
    [(options) => makeMoons(options), "niose", "noise"],
    [(options) => mseLoss([1], [2], options), "reduce", "reduction"],
    [
      (options) => loose(fit)(new MLP(1, [1]), { x: [[1]], y: [1] }, options),
      "batch_size",
      "batchSize",
    ],
    [(options) => loose(fit)(new MLP(1, [1]), { x: [[1]], y: [1] }, options), "criterion", "loss"],
    [(options) => gradcheck((x) => x, [1], options), "atol", "tolerance"],
    [(options) => gradcheck((x) => x, [1], options), "eps", "step"],
    [(options) => new Value(1, options), "name", "label"],
    [(options) => new StepLR(new SGD(p), loose(options)), "step_size", "stepSize"],
  ];
  for (const [call, unknown, known] of guesses) {
    assertThrows(
      () => call({ [unknown]: 1 }),
      RangeError,
      `got ${unknown}: did you mean ${known}?`,
    );
  }
  assertThrows(() => new SGD(p, loose({ colour: 1 })), RangeError, "weightDecay, got colour");
});

Deno.test("checkCount() and checkOptions() take what is right, and options without a prototype", () => {
  checkCount("f", [1, 2], 2);
  checkOptions<{ a: number }>("f", {}, { a: "number" });
  checkOptions<{ a: number }>("f", Object.assign(Object.create(null), { a: 1 }), { a: "number" });
  says(
    () => checkOptions<{ a: number }>("f", { a: 1, b: 2 }, { a: "number" }),
    "f: options must be among a, got b",
  );
  says(
    () => checkCount("f", [1, 2, 3], 1, "write g"),
    "f: takes 1 argument, got 3: number 2 is one too many; write g",
  );
});

Deno.test("describe() says what a wrong argument is", () => {
  const things: [unknown, string][] = [
    [undefined, "undefined"],
    [null, "null"],
    ["a\nb", 'string "a\\nb"'],
    [[1, 2], "an array of 2"],
    [Promise.resolve(1), "a Promise: write await"],
    [{}, "an object of class Object"],
    [new Value(2), "an object of class Value"],
    [Object.create(null), "an object of class null"],
    [Math.sin, "function sin"],
    [() => 1, "function (anonymous)"],
    [3, "number 3"],
    [true, "boolean true"],
    [2n, "bigint 2"],
    [Symbol("s"), "symbol Symbol(s)"],
  ];
  assertEquals(things.map(([thing]) => describe(thing)), things.map(([, text]) => text));
});

Deno.test("describeNumber() gives a number as it is, and describes all else", () => {
  const things = [-1, NaN, Infinity, "2", null];
  assertEquals(things.map(describeNumber), ["-1", "NaN", "Infinity", 'string "2"', "null"]);
});

Deno.test("describe() keeps long texts short, and gives a terminal nothing to obey", () => {
  const long = `\u001b[31m${"x".repeat(1e6)}`;
  class Named {}
  Object.defineProperty(Named, "name", { value: long });
  const things = [long, new Named(), Named, Symbol(long), 10n ** 1000n, {
    constructor: { name: 3 },
  }];
  for (const thing of things) {
    const text = describe(thing);
    // deno-lint-ignore no-control-regex -- these are what must not be there
    if (text.length > 100 || /[\u0000-\u001f]/.test(text)) throw new Error(text.slice(0, 200));
  }
  assertEquals(describe("x".repeat(60)), `string "${"x".repeat(60)}"`);
  assertEquals(describe("x".repeat(61)), `string "${"x".repeat(59)}…"`);
});
