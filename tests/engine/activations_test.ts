import { assert, assertAlmostEquals, assertEquals } from "../support/assert.ts";
import { elu, erf, gelu, grad, leakyRelu, silu, Value } from "../../mod.ts";
import { gradients, structure } from "../support/helpers.ts";

Deno.test("the slope of leakyRelu is 0.01 and elu's alpha 1, if none is given, as in PyTorch", () => {
  const x = new Value(-2, { label: "x" });
  assertEquals(structure(x.leakyRelu()), "leakyRelu(x, 0.01)");
  assertEquals(structure(leakyRelu(x)), "leakyRelu(x, 0.01)");
  assertEquals(structure(x.elu()), "elu(x, 1)");
  assertEquals(structure(elu(x)), "elu(x, 1)");
});

Deno.test("a slope that is a parameter learns, which makes it a PReLU", () => {
  const slope = new Value(.25);
  assertEquals(gradients(new Value(-2).leakyRelu(slope), [slope]), [-2]);
  assertEquals(gradients(new Value(2).leakyRelu(slope), [slope]), [0]);
});

Deno.test("gelu and silu are x times a probability", () => {
  for (const x of [-4, -.5, 0, .25, 3]) {
    assertAlmostEquals(gelu(x).data, x * (1 + erf(x / Math.SQRT2).data) / 2, 1e-16);
    assertAlmostEquals(silu(x).data, x / (1 + Math.exp(-x)), 1e-15);
  }
});

Deno.test("the second derivatives of gelu, silu and elu at 0 are 2φ(0), 1/2 and that of the left side", () => {
  const second = (f: (x: Value) => Value) => {
    const x = new Value(0);
    return grad(grad(f(x), [x])[0], [x])[0].data;
  };
  assertAlmostEquals(second(gelu), 2 / Math.sqrt(2 * Math.PI), 1e-15);
  assertAlmostEquals(second(silu), .5, 1e-15);
  assertEquals(second((x) => elu(x, 3)), 3);
});

Deno.test("elu is smooth at 0 only for alpha 1", () => {
  const slope = (x: number, alpha: number) => {
    const leaf = new Value(x);
    return gradients(leaf.elu(alpha), [leaf])[0];
  };
  assertEquals([slope(1e-300, 1), slope(0, 1), slope(-1e-300, 1)], [1, 1, 1]);
  assertEquals([slope(1e-300, 2), slope(0, 2), slope(-1e-300, 2)], [1, 2, 2]);
});

Deno.test("far from 0 all of them are x or their limit, without overflow", () => {
  for (const f of [leakyRelu, elu, gelu, silu]) assertEquals(f(1000).data, 1000);
  assertEquals(elu(-1000).data, -1);
  assert(Object.is(gelu(-1000).data, -0));
  assertEquals(Math.abs(silu(-1e300).data), 0);
});
