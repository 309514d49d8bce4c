import { assertEquals } from "../../support/assert.ts";
import { display, draw, MLP, RandomGenerator, Value } from "../../../mod.ts";
import { pictureTypes } from "../../support/pictures.ts";

Deno.test("a Value shows itself as its graph, and as text Value(data=6)", async () => {
  const y = new Value(2).mul(3);
  const bundle = await y[display]();
  assertEquals(Object.keys(bundle).sort(), pictureTypes);
  assertEquals(bundle["text/plain"], "Value(data=6)");
  assertEquals(bundle["image/svg+xml"], await draw(y).svg());
});

Deno.test("a small graph is not folded", async () => {
  const model = new MLP(2, [1], { generator: new RandomGenerator(1) });
  const bundle = await model.forward([1, 2])[display]();
  assertEquals(Object.keys(bundle).toSorted(), pictureTypes);
});
