import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { display, MLP, Recorder } from "../../../mod.ts";
import { assertPicture, count, elements } from "../../support/pictures.ts";
import { needs } from "../../support/permissions.ts";
import { show, train } from "../../support/recordings.ts";

Deno.test("a long training is thinned to 60 moments, its ends among them, and the picture says so", async () => {
  const { reel, svg } = await show(train(200));
  assertEquals(reel.frames.length, 60);
  const steps = reel.frames.map(({ words }) => Number(words.match(/^step (\d+) /)![1]));
  assertEquals([steps[0], steps[59]], [0, 199]);
  const gaps = steps.slice(1).map((step, i) => step - steps[i]);
  assert(Math.max(...gaps) - Math.min(...gaps) <= 1, "evenly spread");
  assertStringIncludes(svg, "60 of 200 steps are on the slider");
});

Deno.test("a network with other than two inputs has no map", async () => {
  const tape = new Recorder(new MLP(3, [2, 1]), { data: { x: [[1, 2, 3]], y: [1] } });
  tape.record(1);
  const { svg, reel } = await show(tape);
  assertEquals([count(svg, "image"), reel.frames[0].map], [0, undefined]);
  assert(!svg.includes("map:"));
});

Deno.test("the still picture is that of the first moment, well-formed and complete", async () => {
  const { svg, reel } = await show(train(10));
  elements(svg);
  // Six units, and the mark on the curve.
  assertEquals(count(svg, "circle"), 6 + 1);
  assertStringIncludes(svg, reel.frames[0].words);
  assertStringIncludes(svg, reel.frames[0].map!);
});

Deno.test("the picture of a small training is as it was", needs("read", "env"), async () => {
  const { svg } = await show(train(10, { resolution: 4 }));
  await assertPicture(import.meta.url, "recorder", svg);
});

Deno.test("a page of 60 moments takes less than 210 KB, fetches nothing and is the same each time", async () => {
  const { html } = await show(train(100, {}, [16, 16]));
  assert(html.length < 210_000, `${html.length} characters`);
  assert(!/(src|href)=["']?https?:|url\((?!#)/.test(html));
  assertEquals(html, (await show(train(100, {}, [16, 16]))).html);
});

Deno.test("showing a recorder, and asking for a boundary, leaves the model as it is", async () => {
  const tape = train(8);
  tape.model.parameters().forEach((p, i) => p.grad = i);
  const before = tape.model.parameters().map(({ data, grad }) => [data, grad]);
  await tape[display]();
  tape.boundary(tape.moments[0]);
  assertEquals(tape.model.parameters().map(({ data, grad }) => [data, grad]), before);
});
