import { assertEquals, assertThrows } from "../../support/assert.ts";
import { Adam, AdamW, SGD, Value } from "../../../mod.ts";
import { constant } from "../../../engine/value.ts";
import { strangers, untyped } from "../../support/helpers.ts";

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
});

/** Such an optimizer after three steps. */
function stepped(make: (parameters: Value[]) => SGD | Adam) {
  const parameters = [new Value(1), new Value(-2)];
  const optimizer = make(parameters);
  for (let step = 0; step < 3; step++) {
    parameters.forEach((p, i) => p.grad = p.data + i);
    optimizer.step();
  }
  return { parameters, optimizer };
}

Deno.test("an optimizer's state is what it remembers, and no more", () => {
  const states = [
    stepped((p) => new SGD(p, { lr: .5 })),
    stepped((p) => new SGD(p, { lr: .5, momentum: .9 })),
    stepped((p) => new Adam(p)),
    stepped((p) => new AdamW(p)),
  ].map(({ optimizer }) => optimizer.stateDict());
  assertEquals(
    states.map(({ optimizer, lr, steps, state }) => [optimizer, lr, steps, state.length]),
    [["SGD", .5, 3, 0], ["SGD", .5, 3, 1], ["Adam", .001, 3, 2], ["AdamW", .001, 3, 2]],
  );
});

Deno.test("a state of another kind is refused, and nothing is changed", () => {
  const { optimizer } = stepped((p) => new SGD(p, { lr: .5, momentum: .9 }));
  const before = optimizer.stateDict();
  const [velocity] = before.state;
  const refused: [
    change: object | null,
    error: typeof RangeError | typeof TypeError,
    text: string,
  ][] = [
    [null, TypeError, "SGD.loadStateDict: state must be an object, got null"],
    [{ optimizer: "Adam" }, RangeError, 'state.optimizer must be "SGD", got string "Adam"'],
    [{ lr: NaN }, RangeError, "state.lr must be a finite number from 0, got NaN"],
    [{ steps: 1.5 }, RangeError, "state.steps must be a whole number from 0, got 1.5"],
    [{ state: 3 }, TypeError, "state.state must be an array, got number 3"],
    [{ state: [] }, RangeError, "state.state must have 1 element, as the SGD has them, got 0"],
    [{ state: [[1]] }, RangeError, "state.state[0] must have 2 elements, got 1"],
    [{ state: [[1, Infinity]] }, RangeError, "state.state[0][1] must be a finite number"],
  ];
  for (const [change, error, text] of refused) {
    const state = change && { ...before, lr: 7, state: [velocity.map((v) => v + 1)], ...change };
    assertThrows(() => optimizer.loadStateDict(untyped(state)), error, text);
    assertEquals(optimizer.stateDict(), before);
  }
});
