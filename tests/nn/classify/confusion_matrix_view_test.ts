import { assert, assertEquals } from "../../support/assert.ts";
import { type ConfusionMatrix, confusionMatrix, display, RandomGenerator } from "../../../mod.ts";
import { colors, mix, pale } from "../../../engine/show/mod.ts";
import { hue } from "../../support/images.ts";

interface Cell {
  actual: string;
  predicted: string;
  count: number;
  share: string;
  fill: string;
}

interface Layer {
  data: { values: Cell[] };
}

const cells = (matrix: ConfusionMatrix) => (matrix.chart().spec.layer as Layer[])[0].data.values;

Deno.test("a cell has its count: right ones blue, mistakes orange, none of them no colour", () => {
  const matrix = confusionMatrix([0, 0, 0, 0, 1, 1, 2, 2, 2], [0, 0, 0, 1, 1, 1, 0, 0, 2]);
  const drawn = cells(matrix);
  assertEquals(drawn.length, 9);
  for (const { actual, predicted, count, fill } of drawn) {
    assertEquals(count, matrix.counts[Number(actual)][Number(predicted)]);
    const expected = count === 0 ? "#ffffff" : actual === predicted ? "b" : "r";
    assertEquals(count === 0 ? fill : hue(fill), expected, `${actual}, ${predicted}`);
  }
  const fill = (i: number, j: number) => drawn[3 * i + j].fill;
  assertEquals(fill(0, 0), mix(pale, colors.positive, .85), "the most frequent is the fullest");
  assertEquals(fill(2, 0), mix(pale, colors.negative, .85));
  assert(fill(1, 1) > fill(0, 0) && fill(0, 1) > fill(2, 0), "fewer are paler");
  assertEquals(drawn[6].share, "66.7%");
});

Deno.test("a lone mistake among many right answers is pale", () => {
  const many = Array.from({ length: 100 }, () => 0);
  const [, mistake] = cells(confusionMatrix([...many, 0], [...many, 1]));
  assertEquals([mistake.count, hue(mistake.fill)], [1, "r"]);
  assert(mistake.fill > "#e8", mistake.fill);
});

Deno.test("a matrix shows itself with all counts, names, recalls and precisions", async () => {
  const matrix = confusionMatrix([0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 1, 1, 1], {
    classNames: ["cat & dog", "recall"],
  });
  const bundle = await matrix[display]();
  assertEquals(Object.keys(bundle), [
    "application/vnd.vegalite.v5+json",
    "image/svg+xml",
    "text/plain",
  ]);
  assertEquals(bundle["text/plain"], matrix.table().toString());
  const svg = String(bundle["image/svg+xml"]);
  const place = (text: string) => {
    const all = [
      ...svg.matchAll(/transform="translate\(([\d.]+),([\d.]+)\)"[^>]*>([^<]*)<\/text>/g),
    ];
    return all.filter(([, , , words]) => words === text).map(([, x, y]) => [Number(x), Number(y)]);
  };
  for (const text of ["6 of 7 right: 85.7%", "cat &amp; dog", "recall", "it is", "66.7%", "80%"]) {
    assert(svg.includes(`>${text}<`), text);
  }
  // The mistake is in the upper row, right of the right answers; the others are below it.
  const [[[right, top]], [[wrong, alsoTop]], [[last, bottom]]] = ["2", "1", "4"].map(place);
  assert(right < wrong && wrong === last && top === alsoTop && top < bottom);
  assertEquals(await matrix[display](), bundle);
});

Deno.test("a matrix of ten classes takes less than 120 KB, chart and picture together", async () => {
  const generator = new RandomGenerator(1);
  const draw = () => Array.from({ length: 500 }, () => generator.integer(10));
  const bundle = await confusionMatrix(draw(), draw())[display]();
  const size = JSON.stringify(bundle).length;
  assert(size < 120_000, `${size}`);
});
