import { assert, assertEquals, assertMatch } from "../../support/assert.ts";
import { steps, Value } from "../../../mod.ts";
import { display } from "../../../engine/show/jupyter.ts";
import { assertPicture } from "../../support/pictures.ts";
import { needs } from "../../support/permissions.ts";
import { example } from "../../support/examples.ts";

async function page(film: ReturnType<typeof steps>): Promise<string> {
  return String((await film[display]())["text/html"]);
}

Deno.test(
  "the page of a small graph is as it was, and holds every step",
  needs("read", "env"),
  async () => {
    const { L } = example();
    const film = steps(L);
    const html = await page(film);
    const [, json] = html.match(/<script type="application\/json">(.*)<\/script>/)!;
    const { frames } = JSON.parse(json);
    assertEquals(frames.length, film.frames.length);
    for (const { title } of film.frames) assert(html.includes(`u003cb>${title}"`), title);
    assertEquals(frames[7].grad.toSorted(), [
      "grad -2",
      "grad -2",
      "grad -2",
      "grad -4",
      "grad 1",
      "grad 4",
      "grad 6",
    ]);
    await assertPicture(import.meta.url, "steps", html.replace(/<script>[^]*<\/script>/, ""));
  },
);

Deno.test("the picture of the first step stands by itself, for viewers without scripts", async () => {
  const bundle = await steps(example().L)[display]();
  assertMatch(String(bundle["image/svg+xml"]), /data \?/);
  assertMatch(String(bundle["text/plain"]), /Backward: L hands/);
});

Deno.test("markup in a label stays text, in the picture and in the script's data", async () => {
  const bad = new Value(2, { label: "</script><img src=x onerror=alert(1)>" });
  const html = await page(steps(bad.mul(3)));
  assert(!html.includes("<img src=x"));
  assertEquals(html.match(/<\/script>/g)!.length, 2);
  assert(!(await steps(bad.mul(3)).svg()).includes("<img"));
});

Deno.test("a graph of 30 nodes takes less than 150 KB, and fetches nothing", async () => {
  const leaves = Array.from({ length: 10 }, (_, i) => new Value(i / 7, { label: `x${i}` }));
  let y = leaves[0];
  for (let i = 0; i < 20; i++) y = y.mul(leaves[i % 10]).tanh();
  const film = steps(y);
  assert(film.nodes.length >= 30);
  const html = await page(film);
  assert(html.length < 150_000, `${html.length} characters`);
  assert(!/(src|href)=["']?https?:|url\(/.test(html));
});
