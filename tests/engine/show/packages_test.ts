import { assert, assertEquals, assertMatch, assertRejects } from "../../support/assert.ts";
import { loadMathMl, MissingPackageError, orText } from "../../../engine/show/packages.ts";

Deno.test("a display has its picture, and always the text", async () => {
  const draw = () => Promise.resolve({ "image/svg+xml": "<svg/>", "text/plain": "other" });
  assertEquals(await orText("L = 3", draw), { "image/svg+xml": "<svg/>", "text/plain": "L = 3" });
});

Deno.test("without its package a display is the text and a line that says why", async () => {
  const missing = new MissingPackageError("some-package", new Error("no network\nand so on"));
  assert(missing.cause instanceof Error);
  assertEquals(await orText("L = 3", () => Promise.reject(missing)), {
    "text/plain": "L = 3\n(no picture: the package some-package could not be loaded: no network)",
  });
});

Deno.test("what else goes wrong in a picture is no missing package", async () => {
  await assertRejects(() => orText("L", () => Promise.reject(new URIError("wrong"))), URIError);
});

Deno.test("LaTeX becomes MathML, and LaTeX that is wrong does not throw", async () => {
  const mathMl = await loadMathMl();
  assertMatch(mathMl("h^{2}"), /<msup><mi>h<\/mi><mn>2<\/mn><\/msup>/);
  assertMatch(mathMl("\\nosuchcommand"), /nosuchcommand/);
  assert(!mathMl("<b>").includes("<b>"));
});

Deno.test("a package is loaded once", async () => {
  const mathMl = await loadMathMl();
  assert(mathMl("x").includes("<math"));
  assert(await loadMathMl() === mathMl);
});
