import { assert, assertEquals, assertStringIncludes, assertThrows } from "../../support/assert.ts";
import { display, gradcheck, GradcheckError, MLP, RandomGenerator, Value } from "../../../mod.ts";
import { strangers, untyped } from "../../support/helpers.ts";

Deno.test("gradcheck() reports both derivatives of every input", () => {
  const result = gradcheck((x, y) => x.mul(y).add(x), [2, 3]);
  assertEquals(result.ok, true);
  assertEquals(result.failures, []);
  assertEquals(result.entries.map(({ label, input, analytic }) => [label, input, analytic]), [
    ["x0", 2, 4],
    ["x1", 3, 2],
  ]);
  for (const { analytic, numeric, error } of result.entries) {
    assert(Math.abs(analytic - numeric) < 1e-8);
    assertEquals(error, Math.abs(analytic - numeric) / Math.max(1, analytic, numeric));
  }
});

// A sine whose graph says it is the identity: backward() gives 1, differences give the cosine.
const wrong = (x: Value) => x.add(Math.sin(x.data) - x.data);

Deno.test("gradcheck() throws where the derivatives differ, with both of them in the message", () => {
  const x = new Value(1, { label: "x" });
  const error = assertThrows(() => gradcheck(wrong, [x]), GradcheckError);
  assertEquals(error.name, "GradcheckError");
  assertEquals(error.result.ok, false);
  assertStringIncludes(error.message, "1 of 1 derivatives disagree by more than 0.000001");
  assertStringIncludes(error.message, "1.000000000");
  assertStringIncludes(error.message, Math.cos(1).toPrecision(6));
  assertStringIncludes(error.message, "<- differs");
});

Deno.test("gradcheck() names the inputs that differ, and only those", () => {
  const result = gradcheck((x, y) => wrong(x).add(y), [1, 2], { throws: false });
  assertEquals(result.failures.map(({ label }) => label), ["x0"]);
  assertEquals(result.ok, false);
  const lines = result.toString().split("\n");
  assertEquals(lines.filter((line) => line.endsWith("<- differs")).length, 1);
});

Deno.test("gradcheck() fails at a corner, where there is no derivative", () => {
  assertEquals(gradcheck((x) => x.relu(), [0], { throws: false }).ok, false);
});

Deno.test("gradcheck() fails where a derivative is not a number", () => {
  assertEquals(gradcheck((x) => x.log(), [-1], { throws: false }).ok, false);
  assertEquals(gradcheck((x) => x.mul(NaN), [1], { throws: false }).ok, false);
});

Deno.test("gradcheck() passes what the tolerance allows", () => {
  assertEquals(gradcheck(wrong, [1e-3], { throws: false }).ok, true);
  assertEquals(gradcheck(wrong, [1], { tolerance: .5 }).ok, true);
  assertEquals(gradcheck(wrong, [1], { tolerance: .4, throws: false }).ok, false);
});

Deno.test("gradcheck() takes a model's parameters and puts data and gradients back", () => {
  const model = new MLP(2, [3, 1], { generator: new RandomGenerator(1) });
  const parameters = model.parameters();
  parameters.forEach((p, i) => p.grad = i);
  const before = parameters.map(({ data, grad }) => [data, grad]);
  const result = gradcheck(() => model.forward([.5, -1]).pow(2), parameters);
  assertEquals(result.entries.length, 13);
  assertEquals(parameters.map(({ data, grad }) => [data, grad]), before);
});

Deno.test("gradcheck() puts everything back when it throws, too", () => {
  const x = new Value(1);
  x.grad = 5;
  assertThrows(() => gradcheck(wrong, [x]), GradcheckError);
  assertEquals([x.data, x.grad], [1, 5]);
  let calls = 0;
  const failsLater = (v: Value) => {
    if (++calls === 2) throw new URIError("on the second call");
    return v;
  };
  assertThrows(() => gradcheck(failsLater, [x]), URIError);
  assertEquals([x.data, x.grad], [1, 5]);
});

Deno.test("gradcheck() leaves the gradients of Values that fn uses besides its inputs", () => {
  const w = new Value(3);
  w.grad = 7;
  gradcheck((x) => x.mul(w), [2]);
  assertEquals(w.grad, 7);
});

Deno.test("gradcheck() calls fn 2n + 1 times", () => {
  let calls = 0;
  gradcheck((x, y, z) => {
    calls++;
    return x.mul(y).mul(z);
  }, [1, 2, 3]);
  assertEquals(calls, 7);
});

Deno.test("gradcheck() refuses settings that are not above 0", () => {
  for (const x of [0, -1, NaN]) {
    for (const name of ["step", "tolerance"]) {
      assertThrows(
        () => gradcheck((v) => v, [1], { [name]: x }),
        RangeError,
        `gradcheck: ${name} must be above 0, got ${x}`,
      );
    }
  }
  assertThrows(
    () => gradcheck((v) => v, [1], { step: untyped<number>("1e-6") }),
    RangeError,
    'gradcheck: step must be above 0, got string "1e-6"',
  );
});

Deno.test("gradcheck() refuses other inputs and results than it says", () => {
  for (const [thing, name] of strangers) {
    assertThrows(
      () => gradcheck((v) => v, [1, untyped<number>(thing)]),
      TypeError,
      `gradcheck: inputs[1] must be a number or a Value, got ${name}`,
    );
    assertThrows(
      () => gradcheck(() => untyped<Value>(thing), [1]),
      TypeError,
      `gradcheck: fn must return a Value, got ${name}`,
    );
  }
});

Deno.test("a result shows itself as a table of text, one line an input", async () => {
  const result = gradcheck((x, y) => x.mul(y), [new Value(2, { label: "weight" }), 3]);
  const lines = result.toString().split("\n");
  assertEquals(lines.length, 4);
  assertEquals(lines[0], "gradcheck: all 2 derivatives agree within 0.000001");
  assertStringIncludes(lines[2], "weight");
  assertEquals((await result[display]())["text/plain"], result.toString());
  assertEquals(Deno.inspect(result), result.toString());
});
