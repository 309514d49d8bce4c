import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { clipGradNorm, clipGradValue, SGD, Value } from "../../../mod.ts";
import { strangers, untyped } from "../../support/helpers.ts";
import torch from "../../fixtures/torch_optim.json" with { type: "json" };

const clips = { clipGradNorm, clipGradValue };

for (const { name, most, path, norms } of torch.clipped.runs) {
  Deno.test(`50 steps with ${name}(…, ${most}) are PyTorch's within 1e-12`, () => {
    const leaves = torch.clipped.start.map((x) => new Value(x));
    const [x, y, z] = leaves;
    const optimizer = new SGD(leaves, { lr: .05, momentum: .5 });
    path.forEach((expected, t) => {
      const loss = x.pow(2).add(y.pow(2).mul(10)).add(z.sub(x).pow(4)).div(2);
      optimizer.zeroGrad();
      loss.backward();
      const norm = clips[name as keyof typeof clips](leaves, most);
      optimizer.step();
      [norm ?? null, ...leaves.map(({ data }) => data)].forEach((ours, i) => {
        const theirs = [norms[t], ...expected][i];
        if (ours === null || theirs === null) assertEquals(ours, theirs);
        else {assert(
            Math.abs(ours - theirs) <= 1e-12 * Math.abs(theirs),
            `step ${t}: ${ours}, ${theirs}`,
          );}
      });
    });
  });
}

const withGradients = (...gradients: number[]) =>
  gradients.map((grad) => Object.assign(new Value(0), { grad }));
const gradientsOf = (parameters: readonly Value[]) => parameters.map(({ grad }) => grad);

Deno.test("gradients within the bound stay as they are, to the last bit", () => {
  const parameters = withGradients(.1, -.2, 1e-300);
  assertEquals(clipGradNorm(parameters, 1), Math.hypot(.1, -.2));
  clipGradValue(parameters, 1);
  assertEquals(gradientsOf(parameters), [.1, -.2, 1e-300]);
  assertEquals(clipGradNorm(withGradients(0, 0), 1), 0);
});

Deno.test("clipGradNorm() keeps the direction, and counts a parameter that is listed twice once", () => {
  const parameters = withGradients(3, -4, 0);
  assertEquals(clipGradNorm([...parameters, parameters[0]], 1), 5);
  const [a, b, c] = gradientsOf(parameters);
  assert(Math.abs(Math.hypot(a, b) - 1) < 1e-6 && c === 0);
  assert(Math.abs(a / b + 3 / 4) < 1e-15);
});

Deno.test("a bound of 0 leaves nothing, and a gradient that is not a number is not hidden", () => {
  for (const clip of [clipGradNorm, clipGradValue]) {
    const parameters = withGradients(3, -4);
    clip(parameters, 0);
    assertEquals(gradientsOf(parameters).map(Math.abs), [0, 0]);
    const broken = withGradients(NaN, 2);
    clip(broken, 1);
    assert(Number.isNaN(broken[0].grad));
  }
});

Deno.test("clipping refuses what are no Values, and bounds that are none, and changes nothing", () => {
  for (const [name, clip] of Object.entries(clips)) {
    const parameters = withGradients(3, -4);
    for (const [thing, what] of strangers) {
      const list = [...parameters, untyped<Value>(thing)];
      const message = `${name}: parameters[2] must be a Value, got ${what}`;
      assertThrows(() => clip(list, 1), TypeError, message);
    }
    assertThrows(() => clip([], 1), RangeError, `${name}: parameters must have at least one`);
    for (const bound of [-1, NaN, Infinity, untyped<number>("1")]) {
      assertThrows(
        () => clip(parameters, bound),
        RangeError,
        "must be a finite number from 0, got",
      );
    }
    assertEquals(gradientsOf(parameters), [3, -4]);
  }
});
