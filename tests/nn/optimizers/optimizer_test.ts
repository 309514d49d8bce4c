import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import {
  Adam,
  type AdamOptions,
  AdamW,
  MLP,
  mseLoss,
  type Optimizer,
  RandomGenerator,
  SGD,
  type SGDOptions,
  Value,
} from "../../../mod.ts";
import { constant } from "../../../engine/value.ts";
import { strangers, untyped } from "../../support/helpers.ts";
import torch from "../../fixtures/torch_optim.json" with { type: "json" };
import mlp from "../../fixtures/torch_mlp.json" with { type: "json" };

interface Run {
  name: string;
  options: SGDOptions & AdamOptions;
}

const runs = torch.trajectories.runs as unknown as (Run & { path: number[][] })[];
const trainings = torch.network as unknown as (Run & { losses: number[]; final: number[] })[];
const classes = { SGD, Adam, AdamW };

function create({ name, options }: Run, parameters: Value[]): Optimizer {
  return new classes[name as keyof typeof classes](parameters, options);
}

function largestError(ours: readonly number[], theirs: readonly number[]): number {
  assertEquals(ours.length, theirs.length);
  return Math.max(...ours.map((x, i) => Math.abs(x - theirs[i]) / Math.abs(theirs[i])));
}

for (const run of runs) {
  const { name, options, path } = run;
  Deno.test(`50 steps of ${name} with ${JSON.stringify(options)} are PyTorch's within 1e-12`, () => {
    const [x, y, z] = torch.trajectories.start.map((v) => new Value(v));
    const optimizer = create(run, [x, y, z]);
    const ours = path.map(() => {
      const loss = x.div(2).exp().sub(x).add(x.mul(y).tanh())
        .add(y.sub(z).pow(2).div(2)).add(z.pow(2).div(10));
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      return [x.data, y.data, z.data];
    });
    const error = largestError(ours.flat(), path.flat());
    assert(error < 1e-12, `error ${error}`);
  });
}

for (const run of trainings) {
  const { name, options, losses, final } = run;
  Deno.test(`${name} with ${JSON.stringify(options)} trains the tutorial's network PyTorch's way`, () => {
    const model = new MLP(3, [4, 4, 1], { generator: new RandomGenerator(42) });
    const optimizer = create(run, model.parameters());
    const ours = losses.map(() => {
      const loss = mseLoss(mlp.xs.map((x) => model.forward(x)), mlp.ys);
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      return loss.data;
    });
    const errors = [
      largestError(ours, losses),
      largestError(model.parameters().map((p) => p.data), final),
    ];
    assert(Math.max(...errors) < 1e-12, `errors ${errors}`);
  });
}

Deno.test("zeroGrad() sets the gradients to 0 and leaves the data", () => {
  const p = new Value(2);
  p.mul(3).backward();
  new SGD([p]).zeroGrad();
  assertEquals([p.data, p.grad], [2, 0]);
});

Deno.test("a parameter that is listed twice is moved once", () => {
  for (const Class of [SGD, Adam, AdamW]) {
    const [once, twice] = [new Value(1), new Value(1)];
    once.grad = twice.grad = 0.5;
    new Class([once], { lr: 0.1 }).step();
    const optimizer = new Class([twice, twice], { lr: 0.1 });
    optimizer.step();
    assertEquals(twice.data, once.data);
    assertEquals(optimizer.parameters.length, 1);
  }
});

Deno.test("the learning rate can change between steps, down to 0", () => {
  const p = new Value(1);
  p.grad = 1;
  const optimizer = new SGD([p], { lr: 0.5 });
  optimizer.step();
  assertEquals(p.data, 0.5);
  optimizer.lr = 0.25;
  optimizer.step();
  assertEquals(p.data, 0.25);
  optimizer.lr = 0;
  optimizer.step();
  assertEquals(p.data, 0.25);
  for (const lr of [-1, NaN, Infinity]) {
    assertThrows(
      () => optimizer.lr = lr,
      RangeError,
      `SGD: lr must be a finite number from 0, got ${lr}`,
    );
  }
  assertEquals(optimizer.lr, 0);
});

Deno.test("an optimizer shows itself as one line of text", () => {
  const parameters = [new Value(1), new Value(2)];
  assertEquals(String(new SGD(parameters, { lr: 0.05 })), "SGD(lr=0.05): 2 parameters");
  assertEquals(Deno.inspect(new AdamW(parameters.slice(1))), "AdamW(lr=0.001): 1 parameter");
});

Deno.test("optimizers refuse what is no list of Values made with new", () => {
  const x = new Value(1);
  for (const Class of [SGD, Adam, AdamW]) {
    const { name } = Class;
    assertThrows(
      () => new Class([]),
      RangeError,
      `${name}: parameters must have at least one element, got an empty array`,
    );
    assertThrows(
      () => new Class(untyped(x)),
      TypeError,
      `${name}: parameters must be an array, got an object of class Value`,
    );
    for (
      const [p, got] of [
        ...strangers,
        [2, "number 2"],
        [constant(2), "a constant"],
        [x.mul(2), "the result of mul"],
      ] as const
    ) {
      assertThrows(
        () => new Class([x, untyped(p)]),
        TypeError,
        `${name}: parameters[1] must be a Value made with new, got ${got}`,
      );
    }
  }
});

Deno.test("optimizers refuse numbers out of their range", () => {
  const parameters = [new Value(1)];
  for (const Class of [SGD, Adam, AdamW]) {
    const { name } = Class;
    for (const lr of [0, -1, NaN, Infinity]) {
      const message = `${name}: lr must be a finite number above 0, got ${lr}`;
      assertThrows(() => new Class(parameters, { lr }), RangeError, message);
    }
    for (const weightDecay of [-0.1, NaN, Infinity]) {
      const message = `${name}: weightDecay must be a finite number from 0, got ${weightDecay}`;
      assertThrows(() => new Class(parameters, { weightDecay }), RangeError, message);
    }
    const lr = untyped<number>("0.1");
    assertThrows(() => new Class(parameters, { lr }), RangeError, 'above 0, got string "0.1"');
  }
  assertThrows(() => new SGD(parameters, { momentum: -1 }), RangeError, "SGD: momentum");
  assertThrows(() => new SGD(parameters, { dampening: NaN }), RangeError, "SGD: dampening");
  for (const Class of [Adam, AdamW]) {
    const { name } = Class;
    assertThrows(() => new Class(parameters, { eps: -1 }), RangeError, `${name}: eps`);
    for (const beta of [-0.1, 1, NaN]) {
      const message = `${name}: betas[1] must be a finite number from 0 and below 1, got ${beta}`;
      assertThrows(() => new Class(parameters, { betas: [0.9, beta] }), RangeError, message);
    }
    assertThrows(
      () => new Class(parameters, { betas: untyped([0.9]) }),
      RangeError,
      `${name}: betas must have 2 elements, got 1`,
    );
    assertThrows(
      () => new Class(parameters, { betas: untyped(0.9) }),
      TypeError,
      `${name}: betas must be an array, got number 0.9`,
    );
  }
});

Deno.test("SGD refuses nesterov without momentum or with dampening", () => {
  const parameters = [new Value(1)];
  const message = "SGD: nesterov must come with momentum above 0 and dampening 0, got momentum ";
  for (const [momentum, dampening] of [[0, 0], [0.9, 0.5]]) {
    assertThrows(
      () => new SGD(parameters, { nesterov: true, momentum, dampening }),
      RangeError,
      `${message}${momentum} and dampening ${dampening}`,
    );
  }
  assertThrows(
    () => new SGD(parameters, { momentum: 0.9, nesterov: untyped(1) }),
    TypeError,
    "SGD: nesterov must be a boolean, got number 1",
  );
});

Deno.test("AdamW decays by 0.01 where its weight decay is left undefined", () => {
  const { weightDecay } = new AdamW([new Value(1)], { weightDecay: undefined });
  assertEquals([weightDecay, new Adam([new Value(1)]).weightDecay], [0.01, 0]);
});
