import { topologicalOrder } from "../../../engine/extend.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { scope, Value } from "../../../mod.ts";
import { display } from "../../../engine/show/jupyter.ts";
import { formatNumber } from "../../../engine/show/text.ts";
import { assertPicture, elements } from "../../support/pictures.ts";
import { needs } from "../../support/permissions.ts";
import { loss, xs } from "../../support/examples.ts";

interface Page {
  templates: string[];
  views: { name: string; parent: number; template: number; texts: string[]; opens: number[][] }[];
}

async function page(y: Value): Promise<{ html: string; data: Page; still: string }> {
  const bundle = await y[display]();
  const html = String(bundle["text/html"]);
  const [, json] = html.match(/<script type="application\/json">(.*)<\/script>/)!;
  return { html, data: JSON.parse(json), still: String(bundle["image/svg+xml"]) };
}

function picture({ templates, views }: Page, view: number): string {
  const { template, texts } = views[view];
  return String.raw({ raw: templates[template].split("\u0001") }, ...texts);
}

Deno.test("a loss shows itself folded, and each view's picture has the numbers of its boxes", async () => {
  const y = loss();
  const { data } = await page(y);
  assertEquals(data.views.length, 1 + 4 * (1 + 3 + 9));
  for (const view of data.views.keys()) elements(picture(data, view));
  const shown = data.views.flatMap((_, view) => picture(data, view).match(/>data [^<]+</g) ?? []);
  for (const node of topologicalOrder(y)) {
    if (node.op !== null) assert(shown.includes(`>data ${formatNumber(node.data)}<`));
  }
});

Deno.test("inside a neuron the local derivatives stand at the operations", async () => {
  const { data } = await page(loss());
  const neuron = data.views.findIndex(({ name }) => name === "neuron 1");
  const small = picture(data, neuron).match(/font-size="11"[^>]*>([^<]*)</g) ?? [];
  assert(small.length >= 4, "for each weight, the sum, the bias and tanh");
});

Deno.test("every box that opens leads to a view that comes back to it", async () => {
  const { views } = (await page(loss())).data;
  views.forEach(({ opens }, view) => {
    for (const [, target] of opens) assertEquals(views[target].parent, view);
  });
  const reached = new Set(views.flatMap(({ opens }) => opens.map(([, target]) => target)));
  assertEquals(reached.size, views.length - 1);
});

Deno.test("parts of the same shape share a picture: 53 views need fewer than 12", async () => {
  const { templates } = (await page(loss())).data;
  assert(templates.length < 12, `${templates.length} pictures`);
});

Deno.test("the folded page is small, even for thousands of nodes, and fetches nothing", async () => {
  const y = loss(Array.from({ length: 100 }, (_, i) => xs[i % 4]));
  assert(topologicalOrder(y).length > 3000);
  const { html } = await page(y);
  assert(html.length < 150_000, `${html.length} characters`);
  assert(!/(src|href)=["']?https?:|url\(/.test(html));
});

Deno.test("the still picture shows the whole, folded", needs("read", "env"), async () => {
  const { still } = await page(loss());
  await assertPicture(import.meta.url, "folded", still);
});

Deno.test("a folded graph that is too wide for a page runs from the top to the bottom", async () => {
  const chain = (count: number) => {
    let y = new Value(1, { label: "x" });
    for (let i = 1; i <= count; i++) {
      y = scope(`part ${i}`, () => Array.from({ length: 25 }).reduce((z: Value) => z.mul(0.9), y));
    }
    return y;
  };
  const size = async (y: Value) =>
    (await page(y)).still.match(/ width="(\d+)" height="(\d+)"/)!.slice(1).map(Number);
  const [short, long] = [await size(chain(2)), await size(chain(8))];
  assert(short[0] > short[1], `${short}`);
  assert(long[0] < long[1], `${long}`);
});

Deno.test("markup in labels and names of parts stays text", async () => {
  const label = "</script><img src=x onerror=alert(1)>";
  let y = new Value(1, { label });
  for (let i = 0; i < 50; i++) y = scope(label, () => y.mul(y));
  const { html, data } = await page(y);
  assert(!html.includes("<img src=x"));
  assertEquals(html.match(/<\/script>/g)!.length, 2);
  for (const view of data.views.keys()) assert(!picture(data, view).includes("<img"));
});
