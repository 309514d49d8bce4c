import { assert, assertAlmostEquals, assertEquals } from "../../support/assert.ts";
import {
  Adam,
  clipGradNorm,
  clipGradValue,
  crossEntropy,
  ExponentialLR,
  fit,
  type FitEpoch,
  type FitStep,
  hingeLoss,
  RandomGenerator,
  SGD,
} from "../../../mod.ts";
import { FitNotes } from "../../../nn/fit/fit_notes.ts";
import { runEpochs } from "../../../nn/fit/epochs.ts";
import { dataOf, network, points, signed } from "../../support/points.ts";

const data = points(10);

/** A training of batches of 4, 4 and 2, with more settings. */
function train(more: Partial<Parameters<typeof fit>[2]>, epochs = 4) {
  const model = network(2);
  const optimizer = new SGD(model.parameters(), { lr: .1, momentum: .9 });
  const settings = { loss: crossEntropy, optimizer, epochs, batchSize: 4, seed: 3 };
  return {
    model,
    optimizer,
    history: fit(model, data, { ...settings, ...more } as typeof settings),
  };
}

for (const compile of [true, false]) {
  const how = compile ? "compiled" : "eager";

  Deno.test(`callbacks are told of every step and every epoch, ${how}`, () => {
    const steps: FitStep[] = [], epochs: FitEpoch[] = [];
    const { history } = train({
      compile,
      validation: points(6, 2),
      onStep: (step) => steps.push(step),
      onEpoch: (epoch) => epochs.push(epoch),
    });
    assertEquals(
      steps,
      history.losses.map((loss, i) => ({ step: i + 1, epoch: Math.floor(i / 3) + 1, loss })),
    );
    assertEquals(epochs, history.epochs);
    assertEquals([history.losses.length, history.stoppedBecause], [12, null]);
  });

  Deno.test(`when callbacks run, the Values have the parameters and gradients, ${how}`, () => {
    const seen: number[][] = [];
    const model = network(2);
    const note = () => {
      seen.push(model.parameters().flatMap(({ data, grad }) => [data, grad]));
    };
    const optimizer = new SGD(model.parameters(), { lr: .1 });
    const options = { loss: crossEntropy, optimizer, epochs: 3, batchSize: 4, compile };
    fit(model, data, { ...options, onStep: note });
    const last = model.parameters().flatMap(({ data, grad }) => [data, grad]);
    assertEquals(seen[8], last);
    assertEquals(new Set(seen.map(String)).size, 9);
    fit(model, data, { ...options, onEpoch: note });
    assertEquals(new Set(seen.map(String)).size, 12);
  });

  Deno.test(`a callback that returns false ends the training, and nothing else does, ${how}`, () => {
    const byStep = train({ compile, onStep: ({ step }) => step < 5 }).history;
    assertEquals([byStep.losses.length, byStep.epochs.length], [5, 1]);
    assertEquals(byStep.stoppedBecause, "onStep returned false in epoch 2, step 5");
    const byEpoch = train({ compile, onEpoch: ({ epoch }) => epoch !== 2 }).history;
    assertEquals([byEpoch.losses.length, byEpoch.epochs.length], [6, 2]);
    assertEquals(byEpoch.stoppedBecause, "onEpoch returned false in epoch 2");
    for (const answer of [undefined, null, 0, "", NaN]) {
      const { history } = train({ compile, onStep: () => answer, onEpoch: () => answer });
      assertEquals([history.losses.length, history.stoppedBecause], [12, null]);
    }
    const atTheEnd = train({ compile, onEpoch: ({ epoch }) => epoch < 4 }).history;
    assertEquals([atTheEnd.epochs.length, atTheEnd.stoppedBecause], [4, null]);
  });

  Deno.test(`what a callback changes in parameters and rate counts, ${how}`, () => {
    const model = network(1);
    const [first] = model.parameters();
    const optimizer = new SGD(model.parameters(), { lr: .1, momentum: .5 });
    const history = fit(model, signed(data), {
      loss: hingeLoss,
      optimizer,
      epochs: 5,
      batchSize: 5,
      compile,
      onStep: () => void (first.data = 0),
      onEpoch: ({ epoch }) => void (optimizer.lr = .1 / (1 + epoch)),
    });
    assertEquals(first.data, 0);
    assertEquals(history.epochs.map(({ lr }) => lr), [1, 2, 3, 4, 5].map((k) => .1 / k));
    const byHand = network(1);
    const own = new SGD(byHand.parameters(), { lr: .1, momentum: .5 });
    const generator = new RandomGenerator(0);
    const { x, y } = signed(data);
    for (let epoch = 1; epoch <= 5; epoch++) {
      const order = generator.permutation(10);
      for (const batch of [order.slice(0, 5), order.slice(5)]) {
        own.zeroGrad();
        hingeLoss(batch.map((i) => byHand.forward(x[i])), batch.map((i) => y[i])).backward();
        own.step();
        byHand.parameters()[0].data = 0;
      }
      own.lr = .1 / (1 + epoch);
    }
    dataOf(model.parameters()).forEach((x, i) =>
      assertAlmostEquals(x, byHand.parameters()[i].data, 1e-12)
    );
  });

  for (const [name, clip] of Object.entries({ clipGradNorm, clipGradValue })) {
    Deno.test(`with ${name} the steps are those of a loop that clips, ${how}`, () => {
      for (const all of [true, false]) {
        const most = name === "clipGradNorm" ? .2 : .05;
        const [ours, byHand] = [network(2), network(2)];
        const of = (model: typeof ours) => all ? model.parameters() : model.layers[1].parameters();
        const options = { loss: crossEntropy, epochs: 20, compile };
        const optimizer = new Adam(of(ours), { lr: .1 });
        fit(ours, data, { ...options, optimizer, [name]: most });
        const own = new Adam(of(byHand), { lr: .1 });
        let clipped = 0;
        for (let epoch = 0; epoch < 20; epoch++) {
          byHand.zeroGrad();
          crossEntropy(data.x.map((x) => byHand.forward(x)), data.y).backward();
          const before = of(byHand).map(({ grad }) => grad);
          clip(of(byHand), most);
          if (of(byHand).some(({ grad }, i) => grad !== before[i])) clipped++;
          own.step();
        }
        assert(clipped > 0 && clipped <= 20, `${clipped} of 20 steps were clipped`);
        const numbers = (model: typeof ours) => of(model).flatMap(({ data, grad }) => [data, grad]);
        numbers(ours).forEach((x, i) => assertAlmostEquals(x, numbers(byHand)[i], 1e-9));
      }
    });
  }

  Deno.test(`a generator goes on from one training to the next, ${how}`, () => {
    const generator = new RandomGenerator(3);
    const whole = train({ compile }, 6);
    const parts = train({ compile, seed: undefined, generator }, 2);
    const options = { loss: crossEntropy, optimizer: parts.optimizer, batchSize: 4, compile };
    const rest = fit(parts.model, data, { ...options, generator, epochs: 4 });
    assertEquals([...parts.history.losses, ...rest.losses], whole.history.losses);
    assertEquals(dataOf(parts.model.parameters()), dataOf(whole.model.parameters()));
  });
}

Deno.test("a callback of an epoch comes after the schedule's step, and knows the epoch's own rate", () => {
  const model = network(2);
  const optimizer = new SGD(model.parameters(), { lr: 1 });
  const rates: number[][] = [];
  fit(model, data, {
    loss: crossEntropy,
    optimizer,
    scheduler: new ExponentialLR(optimizer, { gamma: .5 }),
    epochs: 2,
    onEpoch: ({ lr }) => rates.push([lr, optimizer.lr]),
  });
  assertEquals(rates, [[1, .5], [.5, .25]]);
});

Deno.test("an error in a callback ends the training, whose steps stay", () => {
  const model = network(2);
  const before = dataOf(model.parameters());
  const failing = () =>
    fit(model, data, {
      loss: crossEntropy,
      optimizer: new SGD(model.parameters(), { lr: .1 }),
      epochs: 9,
      onEpoch: ({ epoch }) => {
        if (epoch === 2) throw new Error("in the callback");
      },
    });
  let message = "";
  try {
    failing();
  } catch (error) {
    message = (error as Error).message;
  }
  assertEquals(message, "in the callback");
  assert(dataOf(model.parameters()).some((x, i) => x !== before[i]));
});

Deno.test("a run shares the Values after an epoch only where somebody may look", () => {
  const shared = (isLookedAt: boolean) => {
    let shares = 0;
    const model = network(2);
    const task = {
      model,
      loss: () => model.parameters()[0],
      optimizer: new SGD(model.parameters()),
      data,
      validation: undefined,
    };
    runEpochs({
      task,
      trainer: {
        step: () => 1,
        validate: () => 1,
        outputs: () => [],
        share: () => void shares++,
        pull() {},
        verify() {},
        notes: () => [],
        end() {},
      },
      epochs: 3,
      batchSize: 5,
      generator: new RandomGenerator(1),
      threshold: 0,
      labelsOf: () => null,
      live: null,
      isLookedAt,
      scheduler: undefined,
      earlyStopping: null,
      onStep: undefined,
      onEpoch: undefined,
      notes: new FitNotes(2, 5),
    });
    return shares;
  };
  assertEquals([shared(true), shared(false)], [3, 0]);
});
