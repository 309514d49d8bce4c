import { assert, assertEquals, assertStrictEquals, assertThrows } from "../support/assert.ts";
import {
  add,
  clamp,
  dot,
  gradcheck,
  logSumExp,
  max,
  mean,
  mul,
  type Operand,
  prod,
  sum,
  Value,
} from "../../mod.ts";
import * as activations from "../../engine/activations.ts";
import * as operations from "../../engine/operations.ts";
import { binaryOps, evaluate, unaryOps } from "../../engine/rules.ts";
import { apply, contents, gradients, strangers, untyped } from "../support/helpers.ts";

const functions = { ...operations, ...activations };

Deno.test("a new Value has its data, no gradient, no operation and no operands", () => {
  const a = new Value(2, { label: "a" });
  assertEquals([a.data, a.grad, a.label, a.op, a.operands.length], [2, 0, "a", null, 0]);
  assertEquals(new Value(2).label, "");
});

Deno.test("the operands of a result are the Values themselves, in order, repeats kept", () => {
  const [a, b] = [new Value(1), new Value(2)];
  const difference = b.sub(a);
  assertStrictEquals(difference.operands[0], b);
  assertStrictEquals(difference.operands[1], a);
  const square = a.mul(a);
  assertEquals(square.operands.length, 2);
  assert(square.operands.every((operand) => operand === a));
  assertEquals(sum([a, b, a]).operands.map((x) => x.data), [1, 2, 1]);
});

Deno.test("a number becomes a constant, which no gradient flows to", () => {
  const a = new Value(3);
  const y = a.mul(2);
  const [, two] = y.operands;
  y.backward();
  assertEquals([two.data, two.requiresGrad, two.grad, a.requiresGrad, y.requiresGrad], [
    2,
    false,
    0,
    true,
    true,
  ]);
});

Deno.test("a detached value is a constant with the number, and nothing leads to it", () => {
  const x = new Value(3, { label: "x" });
  const y = x.mul(2);
  const fixed = y.detach();
  assertEquals([fixed.data, fixed.op, fixed.requiresGrad, fixed.label], [6, null, false, ""]);
  y.data = 7;
  assertEquals(fixed.data, 6);
  assertEquals(gradients(x.mul(x.detach()), [x]), [3]);
  // The straight-through estimator: the number of one, the gradient of the other.
  const rounded = x.add(new Value(5).sub(x).detach());
  assertEquals([rounded.data, ...gradients(rounded, [x])], [5, 1]);
});

Deno.test("what was computed from constants alone requires no gradient", () => {
  assertEquals(add(1, 2).requiresGrad, false);
  assertEquals(sum([1, 2]).requiresGrad, false);
  assertEquals(sum([1, new Value(2)]).requiresGrad, true);
});

for (const op of unaryOps) {
  Deno.test(`the method ${op}() makes the node of the operation`, () => {
    const x = new Value(1.25);
    const y = x[op]();
    assertEquals([y.op, y.data], [op, evaluate(op, [1.25])]);
    assertStrictEquals(y.operands[0], x);
  });
}

for (const op of binaryOps) {
  Deno.test(`the method ${op}() makes the node of the operation`, () => {
    const [x, z] = [new Value(1.25), new Value(.5)];
    const y = x[op](z);
    assertEquals([y.op, y.data], [op, evaluate(op, [1.25, .5])]);
    assert(y.operands[0] === x && y.operands[1] === z);
    assertEquals(x[op](.5).data, y.data);
  });
}

Deno.test("assigning to data does not touch what was computed before", () => {
  const a = new Value(2);
  const y = a.mul(3);
  a.data = 5;
  assertEquals(y.data, 6);
});

Deno.test("NaN and the infinities flow as IEEE 754 says", () => {
  const [inf, nan, zero] = [Infinity, NaN, 0].map((x) => new Value(x));
  assertEquals(
    [inf.sub(inf), inf.mul(zero), zero.div(zero), nan.add(1), inf.add(1), inf.neg()].map((y) =>
      y.data
    ),
    [NaN, NaN, NaN, NaN, Infinity, -Infinity],
  );
  assertEquals(new Value(1).div(zero).data, Infinity);
  assertEquals(new Value(1).div(-0).data, -Infinity);
  assertEquals([zero.log().data, new Value(-1).log().data, new Value(-1).sqrt().data], [
    -Infinity,
    NaN,
    NaN,
  ]);
  assertEquals(gradients(nan.mul(inf), [nan, inf]), [Infinity, NaN]);
});

Deno.test("a Value shows itself as Value(data=6): as text, in templates, arrays and on the console", () => {
  const y = new Value(2).mul(3);
  assertEquals(y.toString(), "Value(data=6)");
  assertEquals(`${y}`, "Value(data=6)");
  assertEquals(Deno.inspect(y), "Value(data=6)");
  assertEquals(Deno.inspect([y, y]), "[ Value(data=6), Value(data=6) ]");
  assertEquals(
    [-0, NaN, Infinity, .1 + .2].map((x) => String(new Value(x))),
    [
      "Value(data=-0)",
      "Value(data=NaN)",
      "Value(data=Infinity)",
      "Value(data=0.30000000000000004)",
    ],
  );
});

Deno.test("JavaScript's own operators throw on Values and say what to write", () => {
  const [a, b] = [new Value(1), new Value(2)];
  const attempts: (() => unknown)[] = [
    // @ts-expect-error the mistake that this is about
    () => a + b,
    // @ts-expect-error the mistake that this is about
    () => a * b,
    // @ts-expect-error the mistake that this is about
    () => a - 1,
    // @ts-expect-error the mistake that this is about
    () => a ** 2,
    () => a < b,
    () => Number(a),
    () => Math.exp(untyped<number>(a)),
    () => untyped<string>(a) + "1",
  ];
  for (const attempt of attempts) {
    assertThrows(
      attempt,
      TypeError,
      "Value: JavaScript's own operators do not work on Values; write a.add(b), or math`${a} + ${b}`",
    );
  }
});

Deno.test("data that was made a text is refused where + would put it beside a number", () => {
  const x = new Value(4);
  x.data = untyped("4");
  for (const [name, f] of Object.entries({ add: () => x.add(1), sum: () => sum([x, 1]) })) {
    assertThrows(
      f,
      TypeError,
      `${name}: data of the operands must be numbers, got string "`,
    );
  }
});

for (const [thing, name] of strangers) {
  Deno.test(`new Value() refuses ${name} as data and as a label`, () => {
    assertThrows(
      () => new Value(untyped<number>(thing)),
      TypeError,
      `Value: data must be a number, got ${name}`,
    );
    if (thing === undefined || thing === null || typeof thing === "string") return;
    assertThrows(
      () => new Value(1, { label: untyped<string>(thing) }),
      TypeError,
      `Value: label must be a string, got ${name}`,
    );
    const named = new Value(1, { label: "x" });
    for (const value of [named, named.exp()]) {
      const { label } = value;
      assertThrows(
        () => value.label = untyped<string>(thing),
        TypeError,
        `Value: label must be a string, got ${name}`,
      );
      assertEquals(value.label, label);
    }
  });
}

/** Runs `attempt`, which must throw, and checks that a graph made before is as it was. */
function refuses(attempt: (y: Value) => unknown, error: typeof TypeError, message: string): void {
  const a = new Value(2, { label: "a" });
  const y = a.mul(3).tanh();
  y.backward();
  const before = contents(y);
  assertThrows(() => attempt(y), error, message);
  assertEquals(contents(y), before);
}

for (const [thing, name] of strangers) {
  const x = untyped<number>(thing);
  const must = (position: string) => `${position} must be a Value or a number, got ${name}`;

  Deno.test(`every operation refuses ${name} as an operand, and changes nothing`, () => {
    for (const op of binaryOps) {
      const f: (a: Operand, b: Operand) => Value = functions[op];
      if (!((op === "max" || op === "min") && Array.isArray(x))) {
        refuses((y) => f(x, y), TypeError, `${op}: ${must("the first operand")}`);
      }
      // What is left out has a default there.
      if ((op === "leakyRelu" || op === "elu") && x === undefined) continue;
      refuses((y) => y[op](x), TypeError, `${op}: ${must("the second operand")}`);
      refuses((y) => f(y, x), TypeError, `${op}: ${must("the second operand")}`);
    }
    for (const op of unaryOps) {
      refuses(() => functions[op](x), TypeError, `${op}: ${must("the operand")}`);
    }
    refuses((y) => clamp(y, x, 1), TypeError, `clamp: ${must("min")}`);
    refuses((y) => clamp(y, 0, x), TypeError, `clamp: ${must("max")}`);
    refuses((y) => mean([y, x]), TypeError, `mean: ${must("xs[1]")}`);
    refuses((y) => prod([y, x]), TypeError, `prod: ${must("xs[1]")}`);
    refuses((y) => max([y, x]), TypeError, `max: ${must("xs[1]")}`);
    refuses((y) => sum([y, x]), TypeError, `sum: ${must("xs[1]")}`);
    refuses((y) => logSumExp([y, 1, x]), TypeError, `logSumExp: ${must("xs[2]")}`);
    refuses((y) => dot([x], [y]), TypeError, `dot: ${must("a[0]")}`);
    refuses((y) => dot([y, 1], [1, x]), TypeError, `dot: ${must("b[1]")}`);
  });
}

Deno.test("no operation joins texts: add refuses a string where + would give one", () => {
  assertThrows(() => new Value(1).add(untyped<number>("2")), TypeError, 'got string "2"');
  assertThrows(() => mul(untyped<number>("2"), 3), TypeError, 'got string "2"');
});

Deno.test("a product is right beside a sum of the same Values", () => {
  const result = gradcheck((a, b) => a.mul(b).add(a).add(b), [2, -3]);
  assertEquals(result.entries.map(({ analytic }) => analytic), [-2, 3]);
});

Deno.test("apply reaches every operation that the table has", () => {
  const x = [1, 2, 3, 4].map((xi) => new Value(xi));
  assertEquals(apply("dot", x).data, 11);
  assertEquals(apply("sub", x).data, -1);
});
