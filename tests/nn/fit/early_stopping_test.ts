import { assert, assertEquals, assertMatch, assertThrows } from "../../support/assert.ts";
import { Adam, binaryCrossEntropyWithLogits, fit, makeMoons, MLP } from "../../../mod.ts";
import { RandomGenerator, Value } from "../../../mod.ts";
import {
  checkEarlyStopping,
  EarlyStopping,
  type EarlyStoppingOptions,
} from "../../../nn/fit/early_stopping.ts";
import { untyped } from "../../support/helpers.ts";
import { dataOf } from "../../support/points.ts";

/** In which epoch it ends over these losses, and which parameters are there then. */
function over(losses: readonly number[], options: EarlyStoppingOptions) {
  const parameter = new Value(0);
  const stopping = new EarlyStopping([parameter], options);
  let because: string | null = null;
  let epoch = 0;
  while (because === null && epoch < losses.length) {
    parameter.data = ++epoch;
    because = stopping.note(epoch, losses[epoch - 1]);
  }
  const notes = stopping.restore();
  return { epoch, because, notes, data: parameter.data };
}

Deno.test("it ends after so many epochs without a lower loss, with the best parameters", () => {
  assertEquals(over([5, 4, 6, 3, 3, 4, 1], { patience: 2 }), {
    epoch: 6,
    because: "the validation loss has not fallen for 2 epochs; it was lowest in epoch 4",
    notes: ["with the parameters of epoch 4"],
    data: 4,
  });
  assertEquals(over([5, 4, 6, 3, 3, 4, 1], { patience: 1 }).epoch, 3);
  const kept = over([5, 4, 6, 3, 3, 4, 1], { patience: 2, restoreBest: false });
  assertEquals([kept.epoch, kept.data, kept.notes], [6, 6, []]);
});

Deno.test("a training that does not end early has the best parameters, too", () => {
  assertEquals(over([3, 1, 2], { patience: 9 }), {
    epoch: 3,
    because: null,
    notes: ["with the parameters of epoch 2"],
    data: 2,
  });
  assertEquals(over([3, 2, 1], { patience: 9 }).notes, []);
});

Deno.test("a loss that falls by less than minDelta does not count, but can be the best", () => {
  const { epoch, data } = over([5, 4.9, 4.8, 4.7, 1], { patience: 3, minDelta: .5 });
  assertEquals([epoch, data], [4, 4]);
  assertEquals(over([5, 4.9, 4.4, 4.3, 1], { patience: 3, minDelta: .5 }).epoch, 5);
});

Deno.test("losses of NaN are no improvement", () => {
  assertEquals(over([2, NaN, NaN], { patience: 2 }).data, 1);
  const none = over([NaN, NaN], { patience: 2 });
  assertEquals(
    [none.because, none.data],
    ["the validation loss has not fallen for 2 epochs", 2],
  );
});

for (const compile of [true, false]) {
  Deno.test(`fit ends early with the parameters of its best epoch, ${compile ? "compiled" : "eager"}`, () => {
    const model = new MLP(2, [8, 8, 1], {
      outputActivation: "linear",
      generator: new RandomGenerator(1),
    });
    const validation = makeMoons({ samples: 60, noise: .5, seed: 1 });
    const after: number[][] = [];
    const history = fit(model, makeMoons({ samples: 12, noise: .5 }), {
      loss: binaryCrossEntropyWithLogits,
      optimizer: new Adam(model.parameters(), { lr: .05 }),
      epochs: 300,
      validation,
      earlyStopping: { patience: 10 },
      compile,
      onEpoch: () => after.push(dataOf(model.parameters())),
    });
    const { bestEpoch, epochs } = history;
    assert(bestEpoch !== null && bestEpoch > 1 && bestEpoch < 290);
    assertEquals(epochs.length, bestEpoch + 10);
    const losses = epochs.map(({ validationLoss }) => validationLoss!);
    assertEquals(losses[bestEpoch - 1], Math.min(...losses));
    assertEquals(dataOf(model.parameters()), after[bestEpoch - 1]);
    assertEquals(
      history.stoppedBecause,
      `the validation loss has not fallen for 10 epochs; it was lowest in epoch ${bestEpoch}`,
    );
    assertMatch(String(history), new RegExp(`, with the parameters of epoch ${bestEpoch}: loss`));
    const again = binaryCrossEntropyWithLogits(
      validation.x.map((x) => model.forward(x)),
      validation.y,
    ).data;
    assert(Math.abs(again - losses[bestEpoch - 1]) < 1e-12);
  });
}

Deno.test("settings that are none are refused", () => {
  const attempt = (options: unknown) => () => checkEarlyStopping("here", untyped(options));
  checkEarlyStopping("here", { patience: 1, minDelta: 0, restoreBest: false });
  assertThrows(
    attempt(5),
    TypeError,
    "here: options must be an object, got number 5: write { patience: 5 }",
  );
  assertThrows(
    attempt({}),
    RangeError,
    "here: patience must be a whole number from 1, got undefined",
  );
  assertThrows(
    attempt({ patience: 0 }),
    RangeError,
    "here: patience must be a whole number from 1",
  );
  assertThrows(attempt({ patience: 1, minDelta: -1 }), RangeError, "here: minDelta must be");
  assertThrows(attempt({ patience: 1, restoreBest: 1 }), TypeError, "here: restoreBest must be");
  assertThrows(attempt({ patience: 1, wait: 2 }), RangeError, "here: options must be among");
});
