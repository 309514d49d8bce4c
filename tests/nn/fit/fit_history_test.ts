import { assert, assertEquals, assertMatch } from "../../support/assert.ts";
import {
  display,
  fit,
  type FitEpoch,
  FitHistory,
  makeMoons,
  MLP,
  mseLoss,
  SGD,
} from "../../../mod.ts";

function history(
  n: number,
  more: (i: number) => Partial<FitEpoch> = () => ({}),
): FitHistory {
  const epochs = Array.from({ length: n }, (_, i) => ({
    epoch: i + 1,
    loss: 1 / (i + 1),
    lr: 0.1,
    ...more(i),
  }));
  return new FitHistory(epochs.map(({ loss }) => loss), epochs);
}

const complete = history(3, (i) => ({
  accuracy: 1 - 0.3 / (i + 1),
  validationLoss: 2 / (i + 1),
  validationAccuracy: 0.5,
}));

interface Panel {
  data: { values: Record<string, number | string>[] };
  encoding: { color?: unknown; y: { field: string } };
}

function panels(h: FitHistory): Panel[] {
  const { spec } = h.chart();
  return (spec.vconcat ?? [spec]) as Panel[];
}

Deno.test("a training's text has the first and last loss, and the last of the rest", () => {
  assertEquals(String(history(0)), "FitHistory(0 epochs)");
  assertEquals(String(history(1)), "FitHistory(1 epoch: loss 1)");
  assertEquals(
    String(complete),
    "FitHistory(3 epochs: loss 1 to 0.3333, accuracy 90%, validation loss 0.6667, validation accuracy 50%)",
  );
  assertEquals(Deno.inspect([history(2)]), "[ FitHistory(2 epochs: loss 1 to 0.5) ]");
});

Deno.test("a training's text says how it ran, and why it ended early", () => {
  const made = (...more: [string | null, { stoppedBecause?: string; notes?: string[] }?]) =>
    String(new FitHistory([1], [{ epoch: 1, loss: 1, lr: 1 }], ...more));
  assertEquals(made(null), "FitHistory(1 epoch, compiled: loss 1)");
  assertEquals(made("it rains"), "FitHistory(1 epoch, eager because it rains: loss 1)");
  assertEquals(
    made(null, { notes: ["1 of 2 threads had work"] }),
    "FitHistory(1 epoch, compiled, 1 of 2 threads had work: loss 1)",
  );
  const stopped = new FitHistory([NaN], [], null, { stoppedBecause: "the loss is NaN" });
  assertEquals(
    String(stopped),
    "FitHistory(0 epochs, compiled). Stopped: the loss is NaN",
  );
  assertEquals(stopped.chart().spec.title, stopped.stoppedBecause);
  assertEquals(
    complete.chart().spec.title,
    `A training of ${complete.epochs.length} epochs`,
  );
});

Deno.test("a training's table has a row an epoch, and the columns that are known", () => {
  assertEquals(
    complete.table().toString(),
    [
      "epoch     loss  accuracy %  validation loss  validation accuracy %   lr",
      "    1        1          70                2                     50  0.1",
      "    2      0.5          85                1                     50  0.1",
      "    3  0.33333          90          0.66667                     50  0.1",
    ].join("\n"),
  );
  assertEquals(history(1).table().toString(), "epoch  loss   lr\n    1     1  0.1");
});

Deno.test("a training's chart has the loss, and the accuracy below it if there is one", () => {
  assertEquals(panels(history(2)).map(({ data }) => data.values), [[
    { epoch: 1, loss: 1 },
    { epoch: 2, loss: 0.5 },
  ]]);
  assertEquals(panels(history(2))[0].encoding.color, undefined);
  const [loss, accuracy] = panels(complete);
  assertEquals([loss, accuracy].map(({ encoding }) => encoding.y.field), ["loss", "accuracy"]);
  assertEquals([loss.data.values[0], loss.data.values[3]], [
    { epoch: 1, data: "training", loss: 1 },
    { epoch: 1, data: "validation", loss: 2 },
  ]);
  assertEquals([accuracy.data.values[2], accuracy.data.values[5]], [
    { epoch: 3, data: "training", accuracy: 0.9 },
    { epoch: 3, data: "validation", accuracy: 0.5 },
  ]);
});

Deno.test("a long training's chart is thinned, and keeps its ends", () => {
  const { values } = panels(history(12_345))[0].data;
  assert(values.length <= 1000, `${values.length} points`);
  assertEquals([values[0].epoch, values[values.length - 1].epoch], [1, 12_345]);
});

Deno.test("a training shows itself as a live chart, a still picture and text", async () => {
  const bundle = await complete[display]();
  assertEquals(Object.keys(bundle).sort(), [
    "application/vnd.vegalite.v5+json",
    "image/svg+xml",
    "text/plain",
  ]);
  assertEquals(bundle["text/plain"], String(complete));
  const svg = String(bundle["image/svg+xml"]);
  // Two panels with a line each for the training and the validation.
  assertEquals(svg.match(/class="mark-line[^>]*><path[^>]* d="M/g)?.length, 4);
});

Deno.test("trainings without an epoch, of one, and gone wrong can be shown, too", async () => {
  for (const h of [history(0), history(1), history(3, () => ({ loss: NaN }))]) {
    assertMatch(String((await h[display]())["image/svg+xml"]), /^<svg/);
  }
});

Deno.test("the best epoch is the first with the lowest validation loss", () => {
  assertEquals([history(0), history(3)].map(({ bestEpoch }) => bestEpoch), [null, null]);
  const losses = [3, NaN, 1, 2, 1];
  assertEquals(history(5, (i) => ({ validationLoss: losses[i] })).bestEpoch, 3);
  assertEquals(history(2, () => ({ validationLoss: NaN })).bestEpoch, null);
});

Deno.test("JSON keeps the epochs of a training, as it keeps its losses", () => {
  const model = new MLP(2, [1]);
  const trained = fit(model, makeMoons({ samples: 8 }), {
    loss: mseLoss,
    optimizer: new SGD(model.parameters(), { lr: 0.1 }),
    epochs: 3,
  });
  assertEquals(trained.epochs.length, 3);
  assertEquals(trained.epochs, trained.epochs.slice(), "the same at every look");
  for (const h of [trained, complete]) {
    const { losses, epochs } = JSON.parse(JSON.stringify(h));
    assertEquals({ losses, epochs }, { losses: [...h.losses], epochs: [...h.epochs] });
  }
});
