import { assert, assertEquals, assertThrows } from "../support/assert.ts";
import {
  binaryCrossEntropyWithLogits,
  compile,
  crossEntropy,
  hingeLoss,
  huberLoss,
  l1Loss,
  type LossOptions,
  mseLoss,
  Value,
} from "../../mod.ts";
import { gradients, strangers, untyped } from "../support/helpers.ts";
import torch from "../fixtures/torch_losses.json" with { type: "json" };

interface Case extends Required<LossOptions> {
  name: string;
  inputs: number[] | number[][];
  targets: number[];
  value: number;
  grads: number[];
}

const cases = torch.cases as Case[];
const values = (xs: readonly number[]) => xs.map((x) => new Value(x));

/** The losses of which an answer is one number. */
const ofSingles: Record<string, (x: Value[], y: number[], options: LossOptions) => Value> = {
  mseLoss,
  l1Loss,
  huberLoss,
  hingeLoss,
  binaryCrossEntropyWithLogits,
};

/** The loss of a case, and the Values that PyTorch's gradients are of. */
function run({ name, inputs, targets, reduction }: Case): { loss: Value; leaves: Value[] } {
  if (name === "crossEntropy") {
    const logits = (inputs as number[][]).map(values);
    return { loss: crossEntropy(logits, targets, { reduction }), leaves: logits.flat() };
  }
  const leaves = values(inputs as number[]);
  if (name === "huberLoss of 0.5") {
    return { loss: huberLoss(leaves, targets, { reduction, delta: .5 }), leaves };
  }
  return { loss: ofSingles[name](leaves, targets, { reduction }), leaves };
}

Deno.test("values and gradients of the losses are PyTorch's within 1e-12, also at ±1000", () => {
  assertEquals(new Set(cases.map(({ name }) => name)).size, 7);
  assert(cases.some(({ inputs }) => inputs.flat().includes(1000)));
  for (const expected of cases) {
    const { loss, leaves } = run(expected);
    const ours = [loss.data, ...gradients(loss, leaves)];
    const theirs = [expected.value, ...expected.grads];
    assertEquals(ours.length, theirs.length);
    ours.forEach((x, i) => {
      const error = x === theirs[i] ? 0 : Math.abs(x - theirs[i]) / Math.abs(theirs[i]);
      const what = `${expected.name} of ${JSON.stringify(expected.inputs)}, number ${i}`;
      assert(error < 1e-12, `${what}: ${x}, PyTorch ${theirs[i]}, error ${error}`);
    });
  }
});

Deno.test("mseLoss() passes gradients to targets that are Values", () => {
  const [x, y] = values([3, 1]);
  assertEquals(gradients(mseLoss([x, 0], [y, 0]), [x, y]), [2, -2]);
});

Deno.test("huberLoss() is half of the square up to delta, and goes on as a line without a corner", () => {
  const at = (error: number) => {
    const x = new Value(error);
    const loss = huberLoss([x], [0], { delta: 2 });
    return [loss.data, ...gradients(loss, [x])];
  };
  assertEquals([0, 1, 2, 3, -5].map(at), [[0, 0], [.5, 1], [2, 2], [4, 2], [8, -2]]);
  for (const delta of [0, -1, NaN, Infinity]) {
    assertThrows(
      () => huberLoss([1], [0], { delta }),
      RangeError,
      `huberLoss: delta must be a finite number above 0, got ${delta}`,
    );
  }
});

Deno.test("l1Loss() and huberLoss() check what mseLoss() checks, under their own names", () => {
  for (const [name, loss] of Object.entries({ l1Loss, huberLoss })) {
    const x = untyped<number>("1");
    const one = "must be a Value or a number, got string";
    assertThrows(() => loss([x], [1]), TypeError, `${name}: predictions[0] ${one}`);
    assertThrows(() => loss([1], [x]), TypeError, `${name}: targets[0] ${one}`);
    assertThrows(() => loss([1], [NaN]), RangeError, `${name}: targets[0] must be a finite number`);
    assertThrows(() => loss([1], [1, 2]), RangeError, `${name}: predictions and targets must have`);
    assertThrows(() => loss([], []), RangeError, `${name}: predictions must have at least one`);
    assertEquals(loss([1], [0]).scope?.name, name);
  }
});

Deno.test("l1Loss() and huberLoss() compile, on both sides of their corners", () => {
  const errors = [-3, -1, -.25, 0, .5, 1, 7];
  for (const loss of [l1Loss, huberLoss]) {
    const [x, w] = values([1, 1]);
    const program = compile(loss([w.mul(x)], [0]), { inputs: [x], parameters: [w] });
    program.load(errors.map((e) => [e]));
    const eager = loss(errors.map((e) => w.mul(e)), errors.map(() => 0));
    const mean = program.backward(), { grad } = w;
    assert(Math.abs(mean - eager.data) < 1e-15);
    assert(Math.abs(grad - gradients(eager, [w])[0]) < 1e-15);
  }
});

Deno.test("targets, labels and classes may be typed arrays", () => {
  const xs = values([.5, -2, 1]);
  for (const loss of [mseLoss, l1Loss, huberLoss, hingeLoss, binaryCrossEntropyWithLogits]) {
    const targets = [1, -1, 1].map((y) =>
      loss === binaryCrossEntropyWithLogits ? Math.max(y, 0) : y
    );
    assertEquals(loss(xs, Int8Array.from(targets)).data, loss(xs, targets).data);
  }
  const logits = [xs, xs];
  assertEquals(crossEntropy(logits, Uint8Array.of(0, 2)).data, crossEntropy(logits, [0, 2]).data);
});

Deno.test("hingeLoss() has the gradient 0 at its corner", () => {
  const score = new Value(1);
  const loss = hingeLoss([score], [1]);
  assertEquals([loss.data, ...gradients(loss, [score])], [0, 0]);
});

Deno.test("the cross-entropies keep the digits of small losses and gradients", () => {
  const x = new Value(40);
  const loss = binaryCrossEntropyWithLogits([x], [1]);
  assertEquals(loss.data, Math.log1p(Math.exp(-40)));
  const [gradient] = gradients(loss, [x]);
  assert(Math.abs(gradient + Math.exp(-40)) < 1e-15 * Math.exp(-40));

  const [near, far] = [[20, 0], [1020, 1000]].map(values);
  const [a, b] = [crossEntropy([near], [0]), crossEntropy([far], [0])];
  assertEquals(a.data, b.data);
  assertEquals(gradients(a, near), gradients(b, far));
  assert(Math.abs(near[0].grad + near[1].grad) < 1e-24);
});

Deno.test("crossEntropy() of an example that is all but certain is what it costs, and not 0", () => {
  for (const size of [37, 50, 700]) {
    for (const label of [0, new Value(0)]) {
      const logits = values([size, 0]);
      const loss = crossEntropy([logits], [label]);
      assertEquals(loss.data, Math.exp(-size));
      const [right, wrong] = gradients(loss, logits);
      assert(Math.abs(wrong / Math.exp(-size) - 1) < 1e-13, `${wrong}`);
      assert(Math.abs(right / wrong + 1) < 1e-13, `${right}`);
    }
  }
});

Deno.test("a class that a logit of −∞ rules out costs infinitely much, and the others keep their gradients", () => {
  const logits = values([-Infinity, 0, 1]);
  const loss = crossEntropy([logits], [0]);
  const [a, b, c] = gradients(loss, logits);
  assertEquals([loss.data, a], [Infinity, -1]);
  assert(Math.abs(b - 1 / (1 + Math.E)) < 1e-15 && Math.abs(c - 1 / (1 + 1 / Math.E)) < 1e-15);

  for (const both of [[-Infinity, -Infinity], [Infinity, 0]]) {
    assert(Number.isNaN(crossEntropy([both], [0]).data)); // as in PyTorch
  }

  const masked = values([2, -Infinity, 1]);
  const other = crossEntropy([masked], [0]);
  const plain = values([2, 1]);
  const expected = crossEntropy([plain], [0]);
  const [x, y] = gradients(expected, plain);
  assertEquals([other.data, ...gradients(other, masked)], [expected.data, x, 0, y]);
});

Deno.test("a loss is one part of the computation, which pictures can fold", () => {
  const [x, y] = values([1, 2]);
  const made = [
    mseLoss([x], [0]),
    hingeLoss([x], [1]),
    binaryCrossEntropyWithLogits([x], [0]),
    crossEntropy([[x, y]], [0]),
  ];
  assertEquals(made.map((loss) => loss.scope?.name), [
    "mseLoss",
    "hingeLoss",
    "binaryCrossEntropyWithLogits",
    "crossEntropy",
  ]);
});

const bce = binaryCrossEntropyWithLogits;
const name = "binaryCrossEntropyWithLogits";

Deno.test("crossEntropy() says what a model of one output lacks", () => {
  const [one, message] = [new Value(1), ": a model needs an output for each class"];
  for (const [given, got] of [[one, "an object of class Value"], [1, "number 1"]]) {
    assertThrows(
      () => crossEntropy(untyped([given]), [0]),
      TypeError,
      `crossEntropy: logits[0] must be an array, got ${got}${message}`,
    );
  }
});

Deno.test("the losses refuse empty lists and lists of different lengths", () => {
  for (
    const [f, message] of [
      [() => mseLoss([], []), "mseLoss: predictions must have at least one element"],
      [() => hingeLoss([], []), "hingeLoss: scores must have at least one element"],
      [() => bce([], []), `${name}: logits must have at least one element`],
      [() => crossEntropy([], []), "crossEntropy: logits must have at least one element"],
      [() => crossEntropy([[]], [0]), "crossEntropy: logits[0] must have at least one element"],
      [
        () => mseLoss([1, 2], [1]),
        "mseLoss: predictions and targets must have the same length, got 2 and 1",
      ],
      [
        () => hingeLoss([1], [1, 1]),
        "hingeLoss: scores and labels must have the same length, got 1 and 2",
      ],
      [
        () => bce([1], [1, 1]),
        `${name}: logits and targets must have the same length, got 1 and 2`,
      ],
      [
        () => crossEntropy([[1]], []),
        "crossEntropy: logits and classes must have the same length, got 1 and 0",
      ],
      [
        () => crossEntropy([[1, 2], [1]], [0, 0]),
        "crossEntropy: logits[1] must have 2 elements as logits[0], got 1",
      ],
    ] as const
  ) assertThrows(f, RangeError, message);
});

Deno.test("the losses refuse targets, labels and classes out of their range", () => {
  for (const y of [NaN, Infinity, -Infinity]) {
    const message = `mseLoss: targets[1] must be a finite number, got ${y}`;
    assertThrows(() => mseLoss([1, 2], [1, y]), RangeError, message);
    assertThrows(() => mseLoss([1, 2], [1, new Value(y)]), RangeError, message);
  }
  for (const y of [0, 2, -1.5, NaN]) {
    assertThrows(
      () => hingeLoss([1, 2], [1, y]),
      RangeError,
      `hingeLoss: labels[1] must be -1 or 1, got ${y}`,
    );
  }
  for (const y of [-.1, 1.1, NaN, Infinity]) {
    assertThrows(
      () => bce([1, 2], [1, y]),
      RangeError,
      `${name}: targets[1] must be a finite number from 0 to 1, got ${y}`,
    );
  }
  for (const c of [-1, 2, .5, NaN, Infinity]) {
    assertThrows(
      () => crossEntropy([[1, 2], [1, 2]], [1, c]),
      RangeError,
      `crossEntropy: classes[1] must be a whole number from 0 to 1, got ${c}`,
    );
  }
});

Deno.test("the losses refuse what is no array, no Value, no number and no reduction", () => {
  for (const [thing, got] of strangers) {
    const x = untyped<number>(thing);
    const one = `[0] must be a Value or a number, got ${got}`;
    assertThrows(() => hingeLoss([x], [1]), TypeError, `hingeLoss: scores${one}`);
    assertThrows(() => crossEntropy([[x]], [0]), TypeError, `crossEntropy: logits[0]${one}`);
    assertThrows(() => hingeLoss([1], [x]), RangeError, `-1 or 1, got ${got}`);
    assertThrows(() => crossEntropy([[1]], [x]), RangeError, `from 0 to 0, got ${got}`);
    // An array is a row of outputs, or of targets.
    if (!Array.isArray(thing)) {
      assertThrows(() => mseLoss([x], [1]), TypeError, `mseLoss: predictions${one}`);
      assertThrows(() => mseLoss([1], [x]), TypeError, `mseLoss: targets${one}`);
      assertThrows(() => bce([x], [1]), TypeError, `${name}: logits${one}`);
      assertThrows(() => bce([1], [x]), TypeError, `${name}: targets${one}`);
    }
    if (thing === undefined) continue;
    const options = { reduction: untyped<"sum">(thing) };
    const message = `must be mean or sum, got ${got}`;
    assertThrows(() => mseLoss([1], [1], options), RangeError, `mseLoss: reduction ${message}`);
  }
  const notArray = untyped<number[]>(new Value(1));
  const message = "must be an array, got an object of class Value";
  assertThrows(() => mseLoss(notArray, [1]), TypeError, `mseLoss: predictions ${message}`);
  assertThrows(() => mseLoss([1], notArray), TypeError, `mseLoss: targets ${message}`);
  assertThrows(() => hingeLoss([1], notArray), TypeError, `hingeLoss: labels ${message}`);
  assertThrows(() => bce([1], notArray), TypeError, `${name}: targets ${message}`);
  assertThrows(
    () => crossEntropy([notArray], [0]),
    TypeError,
    `crossEntropy: logits[0] ${message}`,
  );
  assertThrows(() => crossEntropy([[1]], notArray), TypeError, `crossEntropy: classes ${message}`);
});

Deno.test("the losses do not skip elements that a list leaves out", () => {
  const hole: number[] = [];
  hole[1] = 1;
  assertThrows(() => mseLoss(hole, [1, 1]), TypeError, "mseLoss: predictions[0]");
  assertThrows(() => mseLoss([1, 1], hole), TypeError, "mseLoss: targets[0]");
  assertThrows(() => hingeLoss([1, 1], hole), RangeError, "hingeLoss: labels[0]");
  assertThrows(() => bce([1, 1], hole), TypeError, `${name}: targets[0]`);
  assertThrows(() => crossEntropy([[1], [1]], hole), RangeError, "crossEntropy: classes[0]");
});

for (const loss of [mseLoss, l1Loss, huberLoss, binaryCrossEntropyWithLogits]) {
  Deno.test(`${loss.name} of rows is that of all their numbers, as in PyTorch`, () => {
    const [x, y] = [[.5, -2, 3, 0, 1.5, -1], [1, 0, .5, 0, 1, .25]];
    for (const reduction of ["mean", "sum"] as const) {
      const flat = values(x), rows = values(x);
      const [a, b] = [
        loss(flat, y, { reduction }),
        loss([rows.slice(0, 3), rows.slice(3)], [Float64Array.from(y.slice(0, 3)), y.slice(3)], {
          reduction,
        }),
      ];
      a.backward();
      b.backward();
      assertEquals(b.data, a.data);
      assertEquals(rows.map(({ grad }) => grad), flat.map(({ grad }) => grad));
    }
  });

  Deno.test(`${loss.name} names the row that does not fit`, () => {
    const [answers, targets] = loss === binaryCrossEntropyWithLogits
      ? ["logits", "targets"]
      : ["predictions", "targets"];
    const attempt = (x: unknown, y: unknown) => () =>
      loss(untyped<number[]>(x), untyped<number[]>(y));
    assertThrows(attempt([[1, 2]], [1]), TypeError, `${loss.name}: ${targets}[0] must be an array`);
    assertThrows(attempt([1], [[1]]), TypeError, `${loss.name}: ${answers}[0] must be an array`);
    assertThrows(
      attempt([[1, 2], [1]], [[1, 0], [1, 0]]),
      RangeError,
      `${loss.name}: ${targets}[1] must have 1 element, got 2`,
    );
    assertThrows(
      attempt([[1, 2]], [[1, NaN]]),
      RangeError,
      `${loss.name}: ${targets}[0][1] must be a finite number`,
    );
    assertThrows(attempt([[1], 2], [[1], [1]]), TypeError, `${answers}[1] must be an array`);
  });
}
