/** The rule by which outputs in a browser are compared with stored ones. */
import { assert, assertEquals } from "../../support/assert.ts";
import { differences, sameText } from "./differences.ts";

Deno.test("numbers may differ in their last bits, and in nothing else", () => {
  const x = 0.8813735870195429;
  const next = (steps: number) => String(x + steps * 2 ** -53);
  assert(sameText(`x = ${x}`, `x = ${next(1)}`));
  assert(!sameText(`x = ${x}`, `x = ${next(40)}`));
  assert(!sameText("loss 0.4735", "loss 0.4736"), "rounded numbers have to be the same");
  assert(!sameText("3 of 4", "2 of 4"));
  assert(!sameText(`x = ${x}`, `y = ${x}`));
});

Deno.test("numbers that tell of rounding may be any others that do", () => {
  assert(sameText("error   9.4e-16", "error  12.3e-16"));
  assert(!sameText("error 1e-9", "error 1e-16"));
});

Deno.test("an output that is missing, new or of another kind is found, also where time is told", () => {
  const stream = (text: string, name = "stdout") => ({ output_type: "stream", name, text });
  assertEquals(differences([stream("a"), stream("b")], [stream("ab")]), []);
  assertEquals(differences([stream("2 ms")], [stream("3 ms")], true), []);
  assertEquals(differences([stream("2 ms")], [stream("3 ms")]), [
    'stdout: "2 ms" where "3 ms" is stored',
  ]);
  assertEquals(differences([], [stream("3 ms")], true), ["it gives  where stdout is stored"]);
  assertEquals(differences([stream("a", "stderr")], [stream("a")], true), [
    "it gives stderr where stdout is stored",
  ]);
});

Deno.test("of a chart the text counts, and of HTML all but its scripts", () => {
  const chart = (text: string, svg: string) => ({
    output_type: "execute_result",
    data: { "application/vnd.vegalite.v5+json": {}, "image/svg+xml": svg, "text/plain": text },
  });
  assertEquals(differences([chart("a", "")], [chart("a", "<svg/>")]), []);
  assertEquals(differences([chart("a", "")], [chart("b", "<svg/>")]).length, 1);
  const html = (text: string) => ({ output_type: "display_data", data: { "text/html": text } });
  const script = (code: string) => html(`<b>1</b><script>${code}</script>`);
  assertEquals(differences([script("f( )")], [script("f()")]), []);
  assertEquals(differences([html("<b>1</b>")], [html("<b>2</b>")]).length, 1);
});
