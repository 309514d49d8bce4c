import { assert, assertAlmostEquals, assertEquals } from "../../support/assert.ts";
import { describeProgress, drawMonitor, renderMonitor } from "../../../nn/watch/monitor_view.ts";
import { display, monitor, type MonitorProgress } from "../../../mod.ts";
import { elements } from "../../support/pictures.ts";

/** The curve in a picture, as the letters and the numbers of its path. */
function curve(svg: string): { letters: string; numbers: number[] } {
  const [path] = [...svg.matchAll(/<path [^>]*?d="(M[\d.,MLZ-]+)(?=")/g)].map(([, d]) =>
    d.replaceAll("Z", "")
  )
    .filter((d) => d.includes("L"));
  return {
    letters: path.replace(/[^ML]/g, ""),
    numbers: path.split(/[ML,]/).slice(1).map(Number),
  };
}

/** What stands at the axes, in no order. */
function labels(svg: string): string[] {
  return [...svg.matchAll(/<text [^>]*>([^<]+)<\/text>/g)].map(([, text]) => text).toSorted();
}

const falling: MonitorProgress = { losses: [4, 2, 1], steps: 6, logarithmic: false };

Deno.test("a monitor's picture has the curve, the labels and the title of the chart that it ends as", async () => {
  const losses = [5, .3, NaN, .04, .002];
  for (
    const progress of [
      falling,
      ...[false, true].map((l) => ({ ...falling, losses, logarithmic: l })),
    ]
  ) {
    const drawn = drawMonitor(progress), chart = await renderMonitor(progress).svg();
    assertEquals(labels(drawn), labels(chart));
    const [ours, vegas] = [drawn, chart].map(curve);
    assertEquals(ours.letters, vegas.letters);
    const [left, top] = ours.numbers.map((at, i) => at - vegas.numbers[i]);
    assert(left > 0 && top > 0);
    ours.numbers.forEach((at, i) =>
      assertAlmostEquals(at, vegas.numbers[i] + [left, top][i % 2], .02)
    );
  }
});

Deno.test("the title says that it is the loss, after how many steps, and what it is", async () => {
  const titles = [falling, { ...falling, losses: [] }, { ...falling, steps: 2 }].map((progress) =>
    renderMonitor(progress).spec.title
  );
  assertEquals(titles, [
    "Loss after 3 of 6 steps: 1",
    "Loss: 0 of 6 steps",
    "Loss after 3 steps, 2 expected: 1",
  ]);
  const shown = await renderMonitor(falling)[display]();
  assertEquals(shown["text/plain"], "3 of 6 steps, loss 1");
});

Deno.test("the bar shows how many of the expected steps are done, and is full beyond", () => {
  const share = (progress: MonitorProgress) => {
    const [whole, done] = [...drawMonitor(progress).matchAll(/width="([\d.]+)" height="7"/g)];
    return Number(done[1]) / Number(whole[1]);
  };
  assertEquals(share(falling), .5);
  assertEquals(share({ ...falling, steps: 2 }), 1);
  assertEquals(describeProgress({ ...falling, steps: 2 }), "3 steps, 2 expected, loss 1");
});

Deno.test("a monitor's picture is well-formed, the same each time, and has no NaN", () => {
  for (const logarithmic of [false, true]) {
    for (const losses of [[NaN], [1, NaN, 2, Infinity, -1, 0, 3], [], [0], [1e308, -1e308]]) {
      const svg = drawMonitor({ losses, steps: 9, logarithmic });
      assert(elements(svg).includes("path"));
      assertEquals(svg.match(/(?:\sd|[xy]\d?|width)="[^"]*(?:NaN|Infinity)/), null, `${losses}`);
      assertEquals(drawMonitor({ losses, steps: 9, logarithmic }), svg);
    }
  }
});

Deno.test("a monitor shows the chart of its history, and its text says how far it is", async () => {
  const live = monitor(3, { every: Infinity, output: () => {} });
  assertEquals(String(live), "Monitor(0 of 3 steps)");
  for (const loss of [.123456, .01]) live.push(loss);
  assertEquals(Deno.inspect([live]), "[ Monitor(2 of 3 steps, loss 0.1235 to 0.01) ]");
  assertEquals(await live[display](), await live.history[display]());
});

Deno.test("the steps' axis goes a little further than the losses, and not to the end of a long training", () => {
  const end = (done: number, steps: number) => {
    const progress = { losses: Array(done).fill(1), steps, logarithmic: false };
    const { x } = renderMonitor(progress).spec.encoding as { x: { scale: { domain: number[] } } };
    return x.scale.domain[1];
  };
  assertEquals([0, 11, 618, 1000, 1001].map((done) => end(done, 20_000)), [
    10,
    20,
    1000,
    1000,
    2000,
  ]);
  assertEquals([3, 618, 800, 900].map((done) => end(done, 800)), [10, 799, 799, 899]);
});
