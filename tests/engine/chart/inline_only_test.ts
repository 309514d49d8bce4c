import { assertEquals, assertStringIncludes, assertThrows } from "../../support/assert.ts";
import { Chart, decisionBoundary, makeMoons, MLP } from "../../../mod.ts";
import { checkInline } from "../../../engine/chart/inline_only.ts";

const address = "https://example.org/cars.json";
const picture = "data:image/png;base64,iVBORw0KGgo=";
const values = [{ a: 1, map: picture }, { a: 2, map: picture }];
const image = (url: unknown, rows: unknown = values) => ({
  data: { values: rows },
  mark: { type: "image" },
  encoding: { url },
});

const refused: [name: string, spec: unknown, path: string][] = [
  ["data", { data: { url: address } }, "data.url"],
  ["data in a relative file", { data: { url: "cars.csv", format: { type: "csv" } } }, "data.url"],
  ["data at an address that a signal has", { data: { url: { signal: "x" } } }, "data.url"],
  ["a map", { data: { url: address, format: { type: "topojson", feature: "a" } } }, "data.url"],
  ["data of a layer", { layer: [{}, { data: { url: address } }] }, "layer.1.data.url"],
  ["data of a part", { vconcat: [{ hconcat: [{ data: { url: address } }] }] }, "vconcat.0.hconcat"],
  [
    "data that are looked up",
    { transform: [{ lookup: "a", from: { data: { url: address }, key: "b" } }] },
    "transform.0.from.data.url",
  ],
  ["data of a facet", { facet: {}, spec: { data: { url: address } } }, "spec.data.url"],
  ["a picture", { mark: { type: "image", url: address } }, "mark.url"],
  ["a picture of a style", { config: { style: { logo: { url: address } } } }, "config.style"],
  ["a picture of one value", image({ value: address }), "encoding.url.value"],
  ["a picture of one datum", image({ datum: address }), "encoding.url.datum"],
  [
    "a picture on a condition",
    image({ condition: { test: "datum.a > 1", value: address }, value: picture }),
    "encoding.url.condition.0.value",
  ],
  ["pictures of the rows", image({ field: "b" }, [{ b: picture }, { b: address }]), "encoding.url"],
  ["pictures that are computed", {
    ...image({ field: "c" }),
    transform: [{ calculate: "'https://' + datum.a", as: "c" }],
  }, "encoding.url.field"],
  ["a picture by an expression", image({ value: { expr: "url" } }), "encoding.url.value.expr"],
  ["settings", { usermeta: { embedOptions: { config: address } } }, "usermeta.embedOptions.config"],
  ["a patch", { usermeta: { embedOptions: { patch: address } } }, "usermeta.embedOptions.patch"],
];

for (const [name, spec, path] of refused) {
  Deno.test(`a chart that would fetch ${name} is refused by the place of the address`, () => {
    const { message } = assertThrows(() => checkInline("f", spec), RangeError);
    assertStringIncludes(message, `f: ${path}`);
    assertStringIncludes(message, "must be inline data, as nothing is fetched, got ");
    assertThrows(() => new Chart(spec as Record<string, unknown>), RangeError, `Chart: ${path}`);
  });
}

Deno.test("inline data may have any names and texts in them", () => {
  const rows = [{ url: address, href: address, data: { url: address }, as: "x" }];
  checkInline("f", { data: { values: rows }, mark: "point" });
  checkInline("f", { datasets: { url: rows }, data: { name: "url" }, mark: "point" });
  checkInline("f", { ...image({ field: "map" }), transform: [{ calculate: "1", as: "c" }] });
  checkInline("f", image({ value: picture }));
  checkInline("f", { mark: { type: "image", url: picture } });
  checkInline("f", {
    encoding: { href: { value: address } },
    data: { values: [{ url: address }] },
  });
});

Deno.test("a specification that holds itself is gone through once", () => {
  const spec: Record<string, unknown> = { mark: "point" };
  spec.layer = [spec];
  checkInline("f", spec);
  assertEquals(spec.mark, "point");
});

Deno.test("the library's own pictures of pixels are inline", () => {
  const model = new MLP(2, [2, 1]);
  checkInline(
    "f",
    decisionBoundary(model, makeMoons({ samples: 10 }), { threshold: 0 }).chart().spec,
  );
});
