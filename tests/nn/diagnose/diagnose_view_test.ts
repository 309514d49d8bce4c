import { assertEquals, assertMatch } from "../../support/assert.ts";
import { diagnose, display } from "../../../mod.ts";
import { Parameters, value } from "../../support/diagnoses.ts";

Deno.test("a diagnosis shows its findings as a list, escaped, with a picture of the place", async () => {
  const w0 = value(-2, "<w0>");
  const loss = w0.log();
  const bundle = await diagnose(loss, new Parameters([w0]))[display]();
  assertEquals(Object.keys(bundle), ["text/html", "text/plain"]);
  const html = String(bundle["text/html"]);
  assertMatch(html, /^<ul>\n<li>The first value that is not finite is log\(&#60;w0&#62;\)/);
  const pictures = [...html.matchAll(/<img [^>]*base64,([^"]+)"><\/figure><\/li>/g)].map((
    [, code],
  ) => atob(code));
  assertEquals(pictures.length, 2, "one for each finding");
  assertMatch(pictures[0], /^<svg[^]*data NaN[^]*<\/svg>$/);
  assertMatch(pictures[1], /data -2/);
  assertMatch(String(bundle["text/plain"]), /^- The first value.*\n- All gradients are 0/);
});
