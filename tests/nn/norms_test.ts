import { assertAlmostEquals, assertEquals, assertThrows } from "../support/assert.ts";
import { compile, gradcheck, LayerNorm, RMSNorm, sum, Value } from "../../mod.ts";
import { strangers, untyped } from "../support/helpers.ts";

// Values and gradients of PyTorch's are in files/state_dict_test.ts.

const numbers = (ys: readonly Value[]) => ys.map(({ data }) => data);

Deno.test("RMSNorm makes the mean square 1, and LayerNorm the mean 0 and the variance 1", () => {
  const x = [3, -1, .5, 8];
  const square = (ys: readonly number[]) => ys.reduce((total, y) => total + y * y, 0) / ys.length;
  assertAlmostEquals(square(numbers(new RMSNorm(4).forward(x))), 1, 1e-14);
  const centred = numbers(new LayerNorm(4, { eps: 0 }).forward(x));
  assertAlmostEquals(square(centred), 1, 1e-14);
  assertAlmostEquals(centred.reduce((a, b) => a + b), 0, 1e-14);
});

Deno.test("gains and biases are those of each place, 1 and 0 at first", () => {
  const norm = new LayerNorm(2, { eps: 0 });
  assertEquals(norm.parameters().map(({ data }) => data), [1, 1, 0, 0]);
  [norm.weight[1].data, norm.bias[1].data] = [10, 5];
  assertEquals(numbers(norm.forward([1, 3])), [-1, 15]);
  const rms = new RMSNorm(2, { eps: 0 });
  rms.weight[0].data = 5;
  assertEquals(numbers(rms.forward([1, 7])), [1, 1.4]);
});

Deno.test("parameters can be left out, and eps is as in PyTorch if not given", () => {
  const settings = { elementwiseAffine: false };
  assertEquals(new RMSNorm(3, settings).parameters(), []);
  assertEquals(new LayerNorm(3, settings).parameters(), []);
  assertEquals(new LayerNorm(3, { bias: false }).parameters().length, 3);
  assertEquals([new RMSNorm(3).eps, new LayerNorm(3).eps], [2 ** -52, 1e-5]);
  assertEquals(numbers(new RMSNorm(2).forward([0, 0])), [0, 0]);
  assertEquals(`${new RMSNorm(3)}`, "RMSNorm(3): 3 parameters");
  assertEquals(Deno.inspect([new LayerNorm(3)]), "[ LayerNorm(3): 6 parameters ]");
});

for (const norm of [new RMSNorm(3), new LayerNorm(3)]) {
  const name = norm.constructor.name;
  norm.parameters().forEach((p, i) => p.data = .5 + i / 4);

  Deno.test(`${name} has the gradients of central differences`, () => {
    const xs = [.5, -2, 1.25].map((x) => new Value(x));
    const loss = () => sum(norm.forward(xs).map((y, i) => y.mul(i + 1).tanh()));
    gradcheck(loss, [...xs, ...norm.parameters()], { tolerance: 1e-8 });
  });

  Deno.test(`${name} compiles`, () => {
    const xs = [.5, -2, 1.25].map((x) => new Value(x));
    const loss = sum(norm.forward(xs).map((y, i) => y.mul(i + 1).tanh()));
    const program = compile(loss, { inputs: xs, parameters: norm.parameters() });
    program.load([[.5, -2, 1.25]]);
    assertAlmostEquals(program.backward(), loss.data, 1e-14);
  });

  Deno.test(`${name} refuses inputs of another length and what are no numbers`, () => {
    const where = `${name}.forward: x`;
    assertThrows(() => norm.forward([1, 2]), RangeError, `${where} must have 3 elements, got 2`);
    for (const [thing, what] of strangers) {
      const x = [1, untyped<number>(thing), 3];
      assertThrows(
        () => norm.forward(x),
        TypeError,
        `${where}[1] must be a Value or a number, got ${what}`,
      );
    }
  });
}

Deno.test("norms refuse sizes and settings that cannot be", () => {
  for (const [name, Norm] of Object.entries({ RMSNorm, LayerNorm })) {
    assertThrows(
      () => new Norm(0),
      RangeError,
      `${name}: size must be a whole number from 1, got 0`,
    );
    const eps = `${name}: eps must be a finite number from 0, got -1`;
    assertThrows(() => new Norm(1, { eps: -1 }), RangeError, eps);
    const elementwiseAffine = untyped<boolean>(1);
    const flag = `${name}: elementwiseAffine must be a boolean, got number 1`;
    assertThrows(() => new Norm(1, { elementwiseAffine }), TypeError, flag);
  }
  const bias = untyped<boolean>("no");
  assertThrows(() => new LayerNorm(1, { bias }), TypeError, "LayerNorm: bias must be a boolean");
});
