import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { compile } from "../../../engine/compile/compile.ts";
import type { Updater } from "../../../engine/compile/training.ts";
import { Adam, RandomGenerator, SGD, Value } from "../../../mod.ts";
import { type Build, compiled, eager } from "../../support/reference.ts";

/** (wx + b − y)², mean over examples. */
function line() {
  const [x, y, w, b] = [1, 2, .5, 0].map((data) => new Value(data));
  const loss = w.mul(x).add(b).sub(y).pow(2);
  const program = compile(loss, { inputs: [x, y], parameters: [w, b], outputs: [loss] });
  return { program, w, b };
}

const examples = [[1, 2], [2, 4], [3, 6]];

/** A small network on four inputs and a label, and batches of its examples. */
function network() {
  const build: Build = (inputs, w) => {
    const x = inputs.slice(0, 4), y = inputs[4];
    const h = [0, 1, 2, 3, 4].map((k) => {
      return x.map((xi, i) => xi.mul(w[4 * k + i])).reduce((a, b) => a.add(b)).tanh();
    });
    return {
      loss: h.map((hk, k) => hk.mul(w[20 + k])).reduce((a, b) => a.add(b)).sub(y).pow(2),
      outputs: [],
    };
  };
  const generator = new RandomGenerator(3);
  const row = (n: number) => Array.from({ length: n }, () => generator.uniform(-1, 1));
  const rows = Array.from({ length: 50 }, () => row(5));
  const batches = Array.from(
    { length: 30 },
    (_, k) => k % 5 === 4 ? undefined : generator.permutation(50).slice(0, 3 + k),
  );
  return { build, at: row(25), rows, batches };
}

/** Eager steps: the losses, and where the parameters are then. */
function eagerTraining(
  { build, at, rows, batches }: ReturnType<typeof network>,
  optimizerOf: (parameters: Value[]) => SGD,
) {
  const parameters = at.map((x) => new Value(x));
  const optimizer = optimizerOf(parameters);
  const losses: number[] = [];
  for (const batch of batches) {
    const part = batch?.map((i) => rows[i]) ?? rows;
    const answer = eager(build, part, parameters.map((p) => p.data));
    parameters.forEach((p, i) => p.grad = answer.gradients[i]);
    optimizer.step();
    losses.push(answer.loss);
  }
  return { losses, parameters };
}

const choices: Record<string, (parameters: Value[]) => Value[]> = {
  "all parameters": (parameters) => parameters,
  "all parameters in another order": (parameters) => parameters.toReversed(),
  "some parameters in another order": (parameters) => [9, 24, 3, 20].map((i) => parameters[i]),
};

for (const [name, choose] of Object.entries(choices)) {
  Deno.test(`30 steps of train() with ${name} are the eager steps within 1e-12`, () => {
    const problem = network();
    const optimizerOf = (parameters: Value[]) =>
      new SGD(choose(parameters), { lr: .1, momentum: .9, weightDecay: 1e-3 });
    const right = eagerTraining(problem, optimizerOf);
    const { program, parameters } = compiled(problem.build, 5, problem.at);
    program.load(problem.rows);
    const losses = program.train(optimizerOf(parameters), problem.batches);
    assertEquals(losses.length, 30);
    losses.forEach((loss, i) => assert(Math.abs(loss - right.losses[i]) < 1e-12));
    parameters.forEach((p, i) => {
      assert(Math.abs(p.data - right.parameters[i].data) < 1e-12);
      assert(Math.abs(p.grad - right.parameters[i].grad) < 1e-12);
    });
    assert(losses[29] < losses[4], "the training must get somewhere");
  });
}

Deno.test("a training keeps its parameters, whatever else its program is asked meanwhile", () => {
  const problem = network();
  const run = (ask: (program: ReturnType<typeof compiled>["program"]) => void) => {
    const { program, parameters } = compiled(problem.build, 5, problem.at);
    program.load(problem.rows);
    const training = program.training(new SGD(parameters, { lr: .1 }));
    const losses = problem.batches.map((batch) => {
      const loss = training.step(batch);
      ask(program);
      return loss;
    });
    const last = training.evaluate();
    training.share();
    return [...losses, last, program.forward()];
  };
  const alone = run(() => {});
  assertEquals(run((program) => program.forward()), alone);
  assertEquals(alone[30], alone[31]);
});

Deno.test("a training that was not begun leaves parameters and gradients as they are", () => {
  const { program, w, b } = line();
  program.load(examples);
  w.grad = 7;
  assertEquals(program.train(new SGD([w, b]), []), []);
  assertEquals([w.data, w.grad], [.5, 7]);
});

Deno.test("after an error in a training the Values are those of the last step that was done", () => {
  const { program, w, b } = line();
  program.load(examples);
  assertThrows(() => program.train(new SGD([w, b], { lr: .5 }), [undefined, [8]]), RangeError);
  assertEquals([w.grad, b.grad], [-14, -6]);
  assertEquals([w.data, b.data], [7.5, 3]);
});

Deno.test("two trainings in turn each go on from their own parameters and momentum", () => {
  const { program, w, b } = line();
  program.load(examples);
  const alone = () => {
    const training = program.training(new Adam([w, b], { lr: .1 }));
    return Array.from({ length: 6 }, () => training.step());
  };
  const [first, second] = [0, 1].map(() => program.training(new Adam([w, b], { lr: .1 })));
  const expected = alone();
  const losses = Array.from({ length: 6 }, () => [first.step(), second.step()]);
  assertEquals(losses, expected.map((loss) => [loss, loss]));
});

Deno.test("an optimizer without a formula is called with the numbers in the program's memory", () => {
  const { program, w, b } = line();
  program.load(examples);
  const seen: number[][] = [];
  const optimizer: Updater = {
    parameters: [w, b],
    update: (data, grad) => {
      seen.push([...data], [...grad]);
      data.fill(2);
    },
  };
  program.train(optimizer, [undefined]);
  assertEquals(seen, [[.5, 0], [-14, -6]]);
  assertEquals([w.data, b.data, w.grad, b.grad], [2, 2, -14, -6]);
});

Deno.test("what a training evaluates and puts out is by the parameters of its last step", () => {
  const { program, w, b } = line();
  program.load(examples);
  const training = program.training(new SGD([w], { lr: 1 / 28 }));
  training.step();
  assertEquals([training.evaluate([1]), [...training.outputs]], [4, [4]]);
  assertEquals(w.data, .5);
  training.share();
  assertEquals([w.data, b.data, w.grad], [1, 0, -14]);
});

/** (w·x + v)² at x = 1, where w is 1 and v is 1. */
function square() {
  const [x, w, v] = [1, 1, 1].map((data) => new Value(data));
  const program = compile(w.mul(x).add(v).pow(2), { inputs: [x], parameters: [w, v] });
  program.load([[1]]);
  return { program, w, v };
}

Deno.test("a training of some parameters leaves the others at their Values, whatever another training does", () => {
  const { program, w, v } = square();
  const some = program.training(new SGD([w], { lr: 0.125 }));
  const all = program.training(new SGD([w, v], { lr: 0.125 }));
  assertEquals(some.step(), 4); // w = 1 − 4 / 8
  assertEquals(all.step(), 4); // w = v = 0.5, its own
  assertEquals(some.evaluate(), 2.25); // (0.5 + 1)²
  assertEquals(some.step(), 2.25);
  all.evaluate();
  some.share();
  assertEquals([w.data, v.data], [0.125, 1]);
});

Deno.test("two trainings in turns, of one parameter each, see what the other has shared", () => {
  const { program, w, v } = square();
  const [first, second] = [w, v].map((p) => program.training(new SGD([p], { lr: 0.125 })));
  const [a, b] = [w, v].map(({ data }) => new Value(data));
  const optimizers = [a, b].map((p) => new SGD([p], { lr: 0.125 }));
  for (let turn = 0; turn < 3; turn++) {
    for (const [k, training] of [first, second].entries()) {
      const loss = a.add(b).pow(2);
      a.grad = b.grad = 0;
      loss.backward();
      optimizers[k].step();
      assertEquals(training.step(), loss.data);
      training.share();
      assertEquals([w.data, v.data], [a.data, b.data]);
    }
  }
});

Deno.test("a Value that is not trained may be set between the steps", () => {
  const { program, w, v } = square();
  const training = program.training(new SGD([w], { lr: 0.125 }));
  assertEquals(training.step(), 4);
  v.data = 3;
  assertEquals(training.evaluate(), 12.25); // w is 0.5
  v.data = 4;
  assertEquals(training.step(), 20.25);
  training.share();
  assertEquals(v.data, 4);
});

Deno.test("gradients can be changed before the update, of all or of some parameters", () => {
  for (const some of [false, true]) {
    const { program, w, b } = line();
    program.load(examples);
    const training = program.training(new SGD(some ? [b] : [w, b], { lr: .5 }));
    const seen: number[][] = [];
    training.step(undefined, (gradients) => {
      seen.push([...gradients]);
      gradients.fill(1);
    });
    training.share();
    assertEquals(seen, [[-14, -6]]);
    assertEquals([w.data, b.data], [some ? .5 : 0, -.5]);
    assertEquals([w.grad, b.grad], [1, 1]);
  }
});

Deno.test("a loss of NaN has no gradients to change", () => {
  const { program, w, b } = line();
  program.load([[NaN, 1]]);
  let calls = 0;
  program.training(new SGD([w, b])).step(undefined, () => calls++);
  assertEquals(calls, 0);
});

Deno.test("what does not change gradients is refused before the step", () => {
  const { program, w, b } = line();
  program.load(examples);
  const training = program.training(new SGD([w, b]));
  assertThrows(
    () => training.step(undefined, 3 as never),
    TypeError,
    "Training.step: adjust must be a function, got number 3",
  );
  training.share();
  assertEquals([w.data, b.data], [.5, 0]);
});

Deno.test("a training takes over what was changed since it was shared", () => {
  const states = [true, false].map((isCompiled) => {
    const { program, w, b } = line();
    program.load(examples);
    const optimizer = new SGD([w, b], { lr: .1, momentum: .5 });
    const training = program.training(optimizer);
    for (let step = 0; step < 5; step++) {
      if (isCompiled) {
        training.step();
        training.share();
      } else {
        optimizer.zeroGrad();
        program.backward();
        optimizer.step();
      }
      if (step === 2) {
        w.data = 7;
        optimizer.rule!.state[0].fill(0);
        training.pull();
      }
    }
    return [w.data, b.data];
  });
  assertEquals(states[0], states[1]);
});

Deno.test("examples can be changed between two steps", () => {
  const { program, w, b } = line();
  program.load(examples);
  const training = program.training(new SGD([w, b], { lr: .1 }));
  assertEquals([...training.examples], examples.flat());
  const before = training.evaluate();
  training.examples.set([5, 6], 2);
  assertEquals(training.evaluate([1]), (.5 * 5 - 6) ** 2);
  training.examples.set([2, 4], 2);
  assertEquals(training.evaluate(), before);
});
