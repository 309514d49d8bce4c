import { assertEquals, assertMatch } from "../../support/assert.ts";
import { loadMathMl } from "../../../engine/show/math_ml.ts";

Deno.test("LaTeX becomes MathML, and LaTeX that is wrong does not throw", async () => {
  const mathMl = await loadMathMl();
  assertMatch(mathMl("h^{2}"), /<msup><mi>h<\/mi><mn>2<\/mn><\/msup>/);
  assertMatch(mathMl("\\nosuchcommand"), /nosuchcommand/);
  assertEquals(mathMl("<b>").includes("<b>"), false);
});
