import { assert, assertEquals, assertMatch, assertStringIncludes } from "../../support/assert.ts";
import { Chart, display } from "../../../mod.ts";

const spec = {
  data: { values: [{ x: 1, y: 2 }, { x: 2, y: 4 }, { x: 3, y: 3 }] },
  mark: "line",
  encoding: { x: { field: "x", type: "quantitative" }, y: { field: "y", type: "quantitative" } },
};

Deno.test("a chart's bundle is Vega-Lite 5, SVG and text, and nothing else", async () => {
  const bundle = await new Chart(spec, "three points")[display]();
  assertEquals(Object.keys(bundle), [
    "application/vnd.vegalite.v5+json",
    "image/svg+xml",
    "text/plain",
  ]);
  assertEquals(bundle["text/plain"], "three points");
});

Deno.test("a chart's specification overrides the defaults", () => {
  const { width, height, $schema, usermeta, config } = new Chart({
    ...spec,
    width: 99,
    config: { line: { color: "red" } },
  }).spec;
  assertEquals([width, height], [99, 220]);
  assertStringIncludes(String($schema), "vega-lite/v5.json");
  assertEquals(usermeta, { embedOptions: { actions: false } });
  assertEquals((config as { line: unknown }).line, { color: "red" });
  assert("axis" in (config as object), "the rest of the theme stays");
});

Deno.test("a chart does not change the specification it was given", () => {
  const before = structuredClone(spec);
  new Chart(spec);
  assertEquals(spec, before);
});

Deno.test("a chart's specification is plain JSON, as a notebook stores it", () => {
  const { spec: completed } = new Chart(spec);
  assertEquals(JSON.parse(JSON.stringify(completed)), completed);
});

Deno.test("a chart in the console is its text", () => {
  assertEquals(
    Deno.inspect([new Chart(spec, "three points"), new Chart(spec)]),
    "[ three points, chart ]",
  );
});

Deno.test("a chart of a specification that no page could take shows its text, and says why", async () => {
  const values = Array.from({ length: 300_000 }, (_, x) => ({ x, y: x / 7 }));
  const bundle = await new Chart({ ...spec, data: { values } }, "many points")[display]();
  assertEquals(Object.keys(bundle), ["text/plain"]);
  assertMatch(
    String(bundle["text/plain"]),
    /^many points\n\(no picture: \d+ MB of specification, and at most 5 shown: thin out the data\)$/,
  );
});

Deno.test("a chart's text gives a terminal nothing to obey", () => {
  assertEquals(Deno.inspect(new Chart(spec, "a\u001b[31mb\nc")), "a␛[31mb\nc");
});

Deno.test("a chart says its text, or its title, unless it has a description", () => {
  const { data, mark, encoding } = spec;
  const said = (more: object, text?: string) =>
    new Chart({ data, mark, encoding, ...more }, text).spec.description;
  assertEquals(said({ title: "losses" }, "three points"), "three points");
  assertEquals(said({ title: "losses" }), "losses");
  assertEquals(said({ title: ["losses", "of a training"] }), "losses of a training");
  assertEquals(said({ title: { text: "losses", subtitle: "of a training" } }), "losses");
  assertEquals(said({ title: { text: ["losses", "so far"] } }), "losses so far");
  assertEquals(said({}), "chart");
  assertEquals(said({ description: "three losses" }, "three points"), "three losses");
});

Deno.test("a chart's SVG is a picture with a name, whose points are not read out", async () => {
  const svg = await new Chart({ ...spec, mark: { type: "line", point: true } }, 'a "<b>"').svg();
  assertMatch(svg, /^<svg role="img" aria-label="a &#34;&#60;b&#62;&#34;" /);
  assertMatch(svg, /aria-label="X-axis titled 'x'/);
  assert(!svg.includes('aria-roledescription="point"'));
});
