import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { compile, SGD, Value } from "../../../mod.ts";
import { start } from "../../../engine/compile/standalone_page.js";

/** What `start` gives for (wx + b − y)² of w = 3 and b = 1, with steps at a rate of 0.25. */
async function line() {
  const [x, y, w, b] = [0, 0, 3, 1].map((data) => new Value(data));
  const answer = w.mul(x).add(b);
  const options = { inputs: [x, y], parameters: [w, b], outputs: [answer] };
  const optimizer = new SGD([w, b], { lr: .25 });
  const { js, wasm } = compile(answer.sub(y).pow(2), options).standalone({ optimizer });
  const { load } = await import(`data:text/javascript,${encodeURIComponent(js)}`);
  return { model: await load(wasm), js };
}

Deno.test("what runs elsewhere is the text of this function", async () => {
  const { js } = await line();
  assert(js.endsWith(`\nconst start = ${start};\n`));
  assert(js.split("\n").length < 130, "it must stay short enough to read");
});

Deno.test("rows must be there and have the right length; nothing changes otherwise", async () => {
  const { model } = await line();
  const refused = (name: string, rows: unknown, message: string) =>
    assertThrows(() => model[name](rows), RangeError, `${name}: ${message}`);
  for (const name of ["predict", "loss", "step"]) {
    for (const rows of [[], 3]) refused(name, rows, "rows must be a list with at least one");
  }
  refused("predict", [[1], [1, 2]], "rows[1] must have 1 numbers, got 2");
  refused("loss", [[1]], "rows[0] must have 2 numbers, got 1");
  refused("step", [[1, 2], [1, 2, 3]], "rows[1] must have 2 numbers, got 3");
  assertEquals([...model.parameters], [3, 1]);
  assertEquals(model.predict([Float64Array.of(2)]), [[7]]);
});

Deno.test("a step returns the loss before it, follows the rate as it is now, and NaN moves nothing", async () => {
  const { model } = await line();
  assertEquals(model.step([[1, 0]]), 16);
  assertEquals([...model.parameters], [1, -1]); // less 0.25 · 2 · 4
  assertEquals(model.step([[NaN, 0]]), NaN);
  assertEquals([...model.parameters], [1, -1]);
  model.lr = 0;
  assertEquals([model.step([[3, 0], [1, 0]]), ...model.parameters], [2, 1, -1]);
});

Deno.test("the memory grows with the rows, and what was asked before does not count", async () => {
  const { model } = await line();
  const rows = Array.from({ length: 50_000 }, (_, i) => [i]);
  assertEquals(model.predict(rows), rows.map(([x]) => [3 * x + 1]));
  assertEquals(model.predict([[1]]), [[4]]);
  assertEquals(model.loss([[1, 2], [0, 1]]), 2);
});
