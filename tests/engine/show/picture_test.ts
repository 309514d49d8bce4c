import type { Displayable } from "../../../engine/extend.ts";
import { imageElement, renderPicture, scriptNote } from "../../../engine/show/picture.ts";
import {
  Dataset,
  diagnose,
  display,
  draw,
  explain,
  Layer,
  math,
  MLP,
  Neuron,
  predictionGrid,
  RandomGenerator,
  Recorder,
  steps,
  sum,
  Value,
  weightImages,
} from "../../../mod.ts";
import { assert, assertEquals, assertMatch } from "../../support/assert.ts";
import { pictureTypes } from "../../support/pictures.ts";

const generator = new RandomGenerator(1);
const model = new MLP(2, [4, 1], { generator });
const [a, b] = [2, 3].map((data, i) => new Value(data, { label: "ab"[i] }));
const y = math`tanh(${a}) * ${a} + ${b}`;
const large = sum([[1, 2], [3, 4], [5, 6]].map((x) => model.forward(x)));
const images = new Dataset([[0, 1, 1, 0], [1, 0, 0, 1]], [0, 1], { imageSize: [2, 2] });
const digits = new MLP(4, [2], { outputActivation: "linear", generator });

/** Everything with a picture that is no chart, and what its script is for, if it has one. */
const displays: readonly (readonly [name: string, shown: Displayable, use?: string])[] = [
  ["a Value", y],
  ["a drawing", draw(y)],
  ["a network", model],
  ["a layer", new Layer(2, 2)],
  ["a neuron", new Neuron(2)],
  ["images", images],
  ["weights as images", weightImages(digits.layers[0], [2, 2])],
  ["a prediction grid", predictionGrid(digits, images)],
  ["a film", steps(y), "to make it move"],
  ["a training", recorded(), "to make it move"],
  ["a folded graph", large, "to open the violet boxes"],
  ["an explanation", explain(a, y)],
  ["a diagnosis", diagnose(new Value(NaN).mul(a), model)],
];

function recorded(): Recorder {
  const recorder = new Recorder(model, { input: [1, 2] });
  for (let step = 0; step < 3; step++) recorder.record(1 / (step + 1));
  return recorder;
}

/** What JupyterLab leaves of the HTML in a notebook that it does not trust; see its sanitiser. */
function sanitised(html: string): string {
  return html.replace(/<(script|style|textarea|option)\b[^]*?<\/\1>/g, "")
    .replace(/<\/?(?!\/|(?:a|b|br|button|code|div|i|img|input|li|p|pre|span|ul)\b)[^>]*>/g, "")
    .replace(/ hidden(?=[ >])/g, "");
}

for (const [name, shown, use] of displays) {
  Deno.test(`${name} is a whole picture where nobody trusts the notebook`, async () => {
    const html = String((await shown[display]())["text/html"]);
    const left = sanitised(html);
    assertMatch(
      left,
      /<img alt="[^"]+" style="max-width:100%;min-width:\d+px" src="data:image\/svg\+xml;base64,/,
    );
    assert(!/<(?:button|input|output)\b/.test(left), "dead controls");
    assert(
      !/\\|\{|&lt;/.test(left.replace(/src="[^"]*"/g, "")),
      `the source of something: ${left}`,
    );
    const notes = [...left.matchAll(/<p class="still">([^<]*)<\/p>/g)].map(([, text]) => text);
    assertEquals(notes, use ? [`A still picture: run this cell ${use}.`] : []);
  });
}

Deno.test("a formula that cannot be set in type is text", async () => {
  const left = sanitised(String((await explain(a, y)[display]())["text/html"]));
  for (const line of explain(a, y).toString().split("\n")) assert(left.includes(line), line);
});

Deno.test("a picture comes as an image, as SVG and as text", () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';
  const bundle = renderPicture(svg, "nothing");
  assertEquals(Object.keys(bundle).sort(), pictureTypes);
  assertEquals([bundle["image/svg+xml"], bundle["text/plain"]], [svg, "nothing"]);
  const [, code] = String(bundle["text/html"]).match(/^<img alt="nothing".*base64,(.*)">$/)!;
  assertEquals(new TextDecoder().decode(Uint8Array.fromBase64(code)), svg);
});

Deno.test("markup in a picture's description, or in what a script is for, stays text", () => {
  assert(!imageElement("<svg/>", '"><script>').includes("<script>"));
  assert(!scriptNote("<script>").includes("<script>"));
});
