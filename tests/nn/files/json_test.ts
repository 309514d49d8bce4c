import { defaultGenerator, manualSeed } from "../../../engine/random.ts";
import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { fromJSON, MLP, RandomGenerator, toJSON } from "../../../mod.ts";
import { assertRefused, numbersOf } from "../../support/files.ts";
import { untyped } from "../../support/helpers.ts";

const generator = new RandomGenerator(1);
const make = () => new MLP(2, [2, 1], { generator, activation: ["relu", "linear"] });

/** A file in which something was replaced. */
function edited(change: (file: Record<string, unknown> & { layers: Layer[] }) => void): string {
  const file = JSON.parse(toJSON(make()));
  change(file);
  return JSON.stringify(file);
}

interface Layer {
  weight: unknown[][];
  bias: unknown[];
}

Deno.test("toJSON() and fromJSON() keep every number to the last bit", () => {
  const model = new MLP(3, [2, 1]);
  const extremes = [-0, 0, 5e-324, -Number.MAX_VALUE, 1e21, 1 / 3, .1 + .2, -2.5e-7];
  for (const [i, p] of model.parameters().entries()) p.data = extremes[i % extremes.length];
  const numbers = numbersOf(fromJSON(toJSON(model)));
  assertEquals(numbers.length, 11);
  for (const [i, x] of numbers.entries()) {
    assert(Object.is(x, extremes[i % extremes.length]), `number ${i} is ${x}`);
  }
});

Deno.test("fromJSON() makes a network of the same architecture, which computes the same", () => {
  const model = new MLP(2, [4, 4, 4, 3], {
    activation: ["tanh", "elu", "gelu", "linear"],
    residual: true,
    dropout: .25,
    generator,
  });
  const same = fromJSON(toJSON(model));
  assertEquals(String(same), String(model));
  assertEquals(toJSON(same), toJSON(model));
  const answers = (net: MLP) => [net.eval().forward([.5, -2])].flat().map(({ data }) => data);
  assertEquals(answers(same), answers(model));
});

Deno.test("a network without biases has none in its file, nor after it", () => {
  const model = new MLP(2, [3, 1], { bias: false, generator });
  const text = toJSON(model);
  const { layers } = JSON.parse(text);
  assertEquals(Object.keys(layers[0]), ["weight"]);
  const same = fromJSON(text);
  assertEquals([String(same), toJSON(same)], [String(model), text]);
  fromJSON(text, new MLP(2, [3, 1], { bias: false, generator }));
  assertRefused(
    new MLP(2, [3, 1], { generator }),
    () => fromJSON(text, new MLP(2, [3, 1], { generator })),
    RangeError,
    "fromJSON: bias must be true as the model's, got false",
  );
  const half = text.replace(/\](\s+\}\s+\]\s+\}\s)$/, '],\n      "bias": [1]$1');
  assertThrows(() => fromJSON(half), RangeError, "layers[1].bias must be absent, as in layers[0]");
});

Deno.test("toJSON() writes what other programs can read, with PyTorch's arrangement", () => {
  const model = new MLP(2, [2, 1], { activation: ["relu", "linear"] });
  for (const [i, p] of model.parameters().entries()) p.data = i + .5;
  assertEquals(JSON.parse(toJSON(model)), {
    format: "chainrule",
    version: 1,
    nin: 2,
    sizes: [2, 1],
    activations: ["relu", "linear"],
    residual: false,
    dropout: 0,
    layers: [
      { weight: [[.5, 1.5], [3.5, 4.5]], bias: [2.5, 5.5] },
      { weight: [[6.5, 7.5]], bias: [8.5] },
    ],
  });
});

Deno.test("fromJSON() with a model fills that one, and its dropout stays", () => {
  const trained = new MLP(2, [3, 1], { generator, dropout: .5 });
  const model = new MLP(2, [3, 1], { generator });
  assert(fromJSON(toJSON(trained), model) === model);
  assertEquals(numbersOf(model), numbersOf(trained));
  assertEquals(model.dropout, 0);
});

Deno.test("fromJSON() leaves the default generator where it is", () => {
  const text = toJSON(make());
  manualSeed(3);
  const expected = defaultGenerator().uniform();
  manualSeed(3);
  fromJSON(text);
  assertEquals(defaultGenerator().uniform(), expected);
});

Deno.test("toJSON() refuses numbers that JSON has no word for, and says where they are", () => {
  for (const [x, name] of [[NaN, "NaN"], [-Infinity, "-Infinity"]] as const) {
    const model = make();
    model.layers[0].neurons[1].w[0].data = x;
    const message = `toJSON: layers[0].neurons[1].w[0] must be a finite number, got ${name}`;
    assertEquals(assertThrows(() => toJSON(model), RangeError).message, message);
  }
  const model = make();
  model.layers[1].neurons[0].b.data = Infinity;
  assertThrows(() => toJSON(model), RangeError, "layers[1].neurons[0].b must be");
  assertThrows(
    () => toJSON(untyped({})),
    TypeError,
    "toJSON: model must be a Module, an optimizer or what else has a stateDict(), or an object of such, got an object",
  );
});

const wrong: [string, typeof Error, string][] = [
  ["", SyntaxError, "fromJSON: text is not JSON: "],
  ["<html>", SyntaxError, "fromJSON: text is not JSON: "],
  ["[1]", TypeError, "fromJSON: text must be an object, got an array of 1"],
  ["null", TypeError, "fromJSON: text must be an object, got null"],
  ["{}", RangeError, 'fromJSON: format must be "chainrule", got undefined'],
  [
    edited((f) => f.format = "vega"),
    RangeError,
    'fromJSON: format must be "chainrule", got string',
  ],
  [
    edited((f) => f.version = 2),
    RangeError,
    "fromJSON: version must be 1, got 2: a newer chainrule wrote the file",
  ],
  [
    edited((f) => f.version = "1"),
    RangeError,
    "fromJSON: version must be a whole number from 1, got",
  ],
  [edited((f) => f.nin = 0), RangeError, "fromJSON: nin must be a whole number from 1, got 0"],
  [
    edited((f) => f.nin = 3),
    RangeError,
    "fromJSON: layers[0].weight[0] must have 3 elements, got 2",
  ],
  [edited((f) => f.sizes = 2), TypeError, "fromJSON: sizes must be an array, got number 2"],
  [
    edited((f) => f.sizes = []),
    RangeError,
    "fromJSON: sizes must have at least one element, got an empty array",
  ],
  [
    edited((f) => f.sizes = [2, .5]),
    RangeError,
    "fromJSON: sizes[1] must be a whole number from 1",
  ],
  [
    edited((f) => f.sizes = [1e15, 1]),
    RangeError,
    "fromJSON: layers[0].weight must have 1000000000000000 elements, got 2",
  ],
  [
    edited((f) => f.activations = ["relu"]),
    RangeError,
    "fromJSON: activations must have 2 elements, got 1",
  ],
  [
    edited((f) => f.activations = ["relu", "mish"]),
    RangeError,
    "fromJSON: activations[1] must be one of linear, tanh,",
  ],
  [
    edited((f) => f.residual = "yes"),
    TypeError,
    "fromJSON: residual must be a boolean, got string",
  ],
  [
    edited((f) => delete f.residual),
    TypeError,
    "fromJSON: residual must be a boolean, got undefined",
  ],
  [
    edited((f) => f.dropout = 1),
    RangeError,
    "fromJSON: dropout must be a finite number from 0 and",
  ],
  [edited((f) => delete f.dropout), RangeError, "fromJSON: dropout must be a finite number from 0"],
  [edited((f) => delete f.version), RangeError, "fromJSON: version must be a whole number from 1"],
  [edited((f) => f.layers.pop()), RangeError, "fromJSON: layers must have 2 elements, got 1"],
  [
    edited((f) => f.layers.push(f.layers[1])),
    RangeError,
    "fromJSON: layers must have 2 elements, got 3",
  ],
  [
    edited((f) => f.layers[1] = 5 as unknown as Layer),
    TypeError,
    "fromJSON: layers[1] must be an object, got number 5",
  ],
  [
    edited((f) => f.layers[0].weight.pop()),
    RangeError,
    "fromJSON: layers[0].weight must have 2 elements, got 1",
  ],
  [
    edited((f) => f.layers[0].weight[1].push(1)),
    RangeError,
    "fromJSON: layers[0].weight[1] must have 2 elements, got 3",
  ],
  [
    edited((f) => f.layers[0].weight[1][0] = "0.5"),
    RangeError,
    'fromJSON: layers[0].weight[1][0] must be a finite number, got string "0.5"',
  ],
  [
    edited((f) => f.layers[1].bias[0] = null),
    RangeError,
    "fromJSON: layers[1].bias[0] must be a finite number, got null",
  ],
  [
    edited((f) => f.layers[1].bias[0] = "huge").replace('"huge"', "1e999"),
    RangeError,
    "fromJSON: layers[1].bias[0] must be a finite number, got Infinity",
  ],
  [
    edited((f) => f.layers[1].bias = []),
    RangeError,
    "fromJSON: layers[1].bias must have 1 element, got 0",
  ],
];

for (const [text, Class, message] of wrong) {
  Deno.test(`fromJSON() refuses a wrong file: ${message}`, () => {
    const model = make();
    assertRefused(model, () => fromJSON(text, model), Class, message);
    assertThrows(() => fromJSON(text), Class, message);
  });
}

Deno.test("fromJSON() refuses a file that breaks off, wherever it does", () => {
  const model = make();
  const text = toJSON(make()).trimEnd();
  for (let length = 0; length < text.length; length++) {
    assertRefused(
      model,
      () => fromJSON(text.slice(0, length), model),
      SyntaxError,
      "fromJSON: text is not JSON",
    );
  }
  fromJSON(text, model);
});

Deno.test("fromJSON() refuses a network that cannot be, and names the file's fault", () => {
  const text = toJSON(new MLP(3, [2, 1])).replace('"residual": false', '"residual": true');
  assertThrows(() => fromJSON(text), RangeError, "fromJSON: MLP: residual needs a layer with");
});

Deno.test("fromJSON() refuses to fill a network of another architecture", () => {
  const text = toJSON(new MLP(2, [2, 1], { activation: ["relu", "linear"] }));
  const activation = ["relu", "linear"] as const;
  const others: [MLP, string][] = [
    [new MLP(3, [2, 1], { activation }), "fromJSON: nin must be 3 as the model's, got 2"],
    [new MLP(2, [3, 1], { activation }), "fromJSON: sizes must be [3,1] as the model's, got [2,1]"],
    [new MLP(2, [2]), "fromJSON: sizes must be [2] as the model's, got [2,1]"],
    [
      new MLP(2, [2, 1]),
      'fromJSON: activations must be ["tanh","tanh"] as the model\'s, got ["relu","linear"]',
    ],
    [
      new MLP(2, [2, 1], { activation, residual: true }),
      "fromJSON: residual must be true as the model's, got false",
    ],
  ];
  for (const [model, message] of others) {
    assertRefused(model, () => fromJSON(text, model), RangeError, message);
  }
  // @ts-expect-error no text
  assertThrows(() => fromJSON(7), TypeError, "fromJSON: text must be a string, got number 7");
  assertThrows(
    // @ts-expect-error no model
    () => fromJSON(text, []),
    TypeError,
    "fromJSON: model must be a Module, an optimizer or what else has a stateDict(), or an object of such, got an array",
  );
});
