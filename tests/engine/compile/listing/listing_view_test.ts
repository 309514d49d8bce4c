import { assert, assertEquals, assertStringIncludes } from "../../../support/assert.ts";
import { renderListing } from "../../../../engine/compile/listing/listing_view.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";
import { scope, sum, Value } from "../../../../mod.ts";
import { elements } from "../../../support/pictures.ts";

const leaf = (label = "") => new Value(.5, { label });

function render(loss: Value, inputs: Value[], parameters: Value[], title = "title") {
  const bundle = renderListing(plan(loss, inputs, parameters), title);
  return { html: String(bundle["text/html"]), text: String(bundle["text/plain"]) };
}

/** The words of a colour, in order. */
function coloured(html: string, title: string): string[] {
  const color = new RegExp(`color:(#\\w+)">${title}<`).exec(html)![1];
  const words = html.matchAll(new RegExp(`<span style="color:${color}">([^<]*)</span>`, "g"));
  return [...words].map(([, word]) => word).slice(1);
}

Deno.test("inputs, parameters and gradients have their colours", () => {
  const [x, y, p] = [leaf("x"), leaf(), leaf("w")];
  const { html } = render(p.mul(x).sub(y), [x, y], [p]);
  assertEquals(coloured(html, "numbers of the example"), ["x", "X[1]", "x"]);
  assertEquals(coloured(html, "parameters"), ["w"]);
  assertEquals(coloured(html, "gradients"), ["∂b", "∂a", "∂b", "∂w", "∂a"]);
});

Deno.test("without the markup the HTML reads like the text", () => {
  const [x, p] = [leaf("lt"), leaf("amp")];
  const { html, text } = render(scope("<b> & co", () => p.mul(x).max(p)), [x], [p], "<i>");
  elements(html);
  const pre = html.slice(html.indexOf("<pre"), html.indexOf("</pre>"));
  const read = pre.replace(/<[^>]*>/g, "").replace(
    /&#(\d+);/g,
    (_, code) => String.fromCharCode(code),
  );
  assertEquals(read, text.split("\n").slice(1).join("\n"));
  assertStringIncludes(text, "[");
});

Deno.test("markup in labels, parts and title stays text", () => {
  const attack = `<img src=x onerror="alert(1)">`;
  const [x, p] = [leaf(attack), leaf(attack)];
  const { html } = render(scope(attack, () => p.mul(x)), [x], [p], attack);
  assert(!elements(html).includes("img"));
  assertStringIncludes(html, "&#60;img src=x");
});

Deno.test("a listing of more than 200 lines is cut, and says so", () => {
  const [x, p] = [leaf("x"), leaf("p")];
  let y = x;
  for (let i = 0; i < 150; i++) y = y.mul(p).tanh();
  const { html, text } = render(sum([y]), [x], [p]);
  const lines = text.split("\n");
  assertEquals(lines.length, 202);
  assert(/^… \d+ more lines$/.test(lines.at(-1)!), lines.at(-1));
  assertStringIncludes(html, lines.at(-1)!);
});
