import { assert, assertEquals } from "../../../support/assert.ts";
import { listing } from "../../../../engine/compile/listing/listing.ts";
import { ListingNames } from "../../../../engine/compile/listing/listing_names.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";
import { sum, Value } from "../../../../mod.ts";

const leaf = (label: string, data = .5) => new Value(data, { label });
const product = (values: readonly Value[]) => values.reduce((y, x) => y.mul(x).tanh());

/** The names of everything in a chain of products of leaves with these labels. */
function namesFor(inputs: readonly string[], parameters: readonly string[] = []) {
  const [x, p] = [inputs, parameters].map((labels) => labels.map((label) => leaf(label)));
  const made = plan(product([...x, ...p]), x, p);
  const names = new ListingNames(made);
  const groups = made.kernels.flatMap((kernel) => kernel.groups).map((group) => names.of(group));
  return { names, groups, x, p };
}

Deno.test("of hundreds of groups and as many labels no two have one name", () => {
  const labels = [..."abcdfghjklpqrstuvwxyzXPC", "a₁", "b₁", "a₂", ..."abx"];
  const { names, groups, x } = namesFor(labels, Array.from({ length: 60 }, () => ""));
  assert(groups.length > 100);
  const all = [
    ...groups,
    ...x.flatMap((value) => names.label(value) ?? []),
    names.input,
    names.parameter,
    names.constant,
  ];
  assertEquals(new Set(all).size, all.length);
});

Deno.test("a label is used if it is one word, no other has it and it means nothing else", () => {
  const labels = ["w", "w1", "größe", "two words", "a+b", "i", "m", "n", "e", "tanh", "", "twice"];
  const { names, x, p } = namesFor(labels, ["twice", "bias"]);
  assertEquals([...x, ...p].flatMap((value) => names.label(value) ?? []), [
    "w",
    "w1",
    "größe",
    "bias",
  ]);
});

Deno.test("the lists of leaves get a capital where a label is their letter", () => {
  const { names } = namesFor(["x", ""], ["", "p"]);
  assertEquals([names.input, names.parameter, names.constant], ["X", "P", "c"]);
  const [x, other, p] = [leaf("x"), leaf(""), leaf("")];
  const texts = listing(plan(x.mul(other).mul(p), [x, other], [p])).lines.map(({ text }) => text);
  assert(texts.includes("a = x · X[1]"), texts.join("\n"));
});

Deno.test("letters begin where the listing begins: with what is computed once", () => {
  const [x, p] = [leaf("x"), leaf("p")];
  const made = plan(x.mul(p).tanh().add(sum([p.exp(), p])), [x], [p]);
  const [first] = listing(made).lines.filter(({ level }) => level > 0);
  assertEquals(first.text[0], "a");
});

Deno.test("a result that is alone in its kind keeps its label, if nothing else has it", () => {
  const [x, p] = [leaf("x"), leaf("p")];
  const [y, z] = [x.mul(p), x.add(p)];
  [y.label, z.label] = ["score", "x"];
  const loss = y.tanh().mul(z);
  loss.label = "L";
  const texts = listing(plan(loss, [x], [p])).lines.map(({ text }) => text);
  assert(texts.includes("score = x[0] · p"), texts.join("\n"));
  assert(texts.includes("∂L = 1 / n"), texts.join("\n"));
});
