import { checkCount, describe } from "../../engine/internal.ts";
import { RandomGenerator } from "../../engine/mod.ts";
import { shorten } from "../../engine/show/mod.ts";
import { type Activation, checkActivation } from "../activation.ts";
import {
  checkBoolean,
  checkEach,
  checkLength,
  checkNumber,
  checkNumbers,
  checkObject,
  checkSize,
  checkString,
} from "../check.ts";
import { MLP } from "../mlp.ts";
import { hasBias } from "../neuron.ts";
import { type LayerParameters, readParameters, writeParameters } from "./parameters.ts";
import { parseObject } from "./parse.ts";
import { checkSaveable, plainText, restore, type Saveable, stateOf } from "./saveable.ts";

/** What a network is, up to its parameters. */
interface Architecture {
  nin: number;
  sizes: readonly number[];
  activations: readonly Activation[];
  bias: boolean;
  residual: boolean;
}

/** What a file holds, after all of it was checked. */
interface Content extends Architecture {
  dropout: number;
  layers: readonly LayerParameters[];
}

const version = 1;

/**
 * A network as text: JSON with its architecture and its parameters, each
 * number to the last bit. {@link fromJSON} makes the network again. Of what is no MLP, such as
 * another module or an optimizer, there is the {@link stateDict} instead of the architecture, and
 * `fromJSON` fills such a thing.
 *
 * Weights are arranged as in PyTorch's `Linear`: one row for each neuron. In a network without
 * biases, layers have no `bias`.
 *
 * ```json
 * {
 *   "format": "chainrule",
 *   "version": 1,
 *   "nin": 2,
 *   "sizes": [1],
 *   "activations": ["tanh"],
 *   "residual": false,
 *   "dropout": 0,
 *   "layers": [
 *     {
 *       "weight": [
 *         [0.5, -1]
 *       ],
 *       "bias": [0.25]
 *     }
 *   ]
 * }
 * ```
 *
 * @param model a module, something with a `stateDict()`, or an object of such; see {@link Saveable}.
 * @throws {TypeError} if `model` is nothing of that kind, or a Module whose parameters are not in
 * fields, or a subclass of MLP with a `forward` of its own.
 * @throws {RangeError} if a number is NaN or infinite; JSON has no word for them.
 * @category Files
 *
 * @example
 * ```ts
 * import { fromJSON, MLP, toJSON } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(3, [4, 4, 1]);
 * const same = fromJSON(toJSON(model));
 * deepEqual(String(same), "MLP(3, [4, 4, 1], tanh): 41 parameters");
 * deepEqual(same.forward([2, 3, -1]), model.forward([2, 3, -1]));
 * ```
 */
export function toJSON(model: Saveable): string {
  checkCount("toJSON", arguments, 1);
  checkSaveable("toJSON: model", model);
  if (!(model instanceof MLP)) return stateJSON(model);
  const numbers = readParameters("toJSON", model);
  const { nin, sizes, activations, residual } = architectureOf(model);
  const layers = numbers.map(({ weight, bias }) => {
    const rows = weight.map((row) => `        ${list(row)}`).join(",\n");
    const rest = bias === null ? "" : `,\n      "bias": ${list(bias)}`;
    return `    {\n      "weight": [\n${rows}\n      ]${rest}\n    }`;
  });
  return `{
  "format": "chainrule",
  "version": ${version},
  "nin": ${nin},
  "sizes": ${list(sizes)},
  "activations": [${activations.map((name) => JSON.stringify(name)).join(", ")}],
  "residual": ${residual},
  "dropout": ${model.dropout},
  "layers": [\n${layers.join(",\n")}\n  ]
}
`;
}

/** What is no network of ours: the state alone. */
function stateJSON(model: Saveable): string {
  const lines = Object.entries(stateOf("toJSON", model)).map(([name, x]) =>
    `    ${JSON.stringify(name)}: ${plainText(`toJSON: ${name}`, x)}`
  );
  const state = lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n  }`;
  return `{\n  "format": "chainrule",\n  "version": ${version},\n  "state": ${state}\n}\n`;
}

/** JSON.stringify would write −0 as 0. */
function list(numbers: readonly number[]): string {
  return `[${numbers.map((x) => Object.is(x, -0) ? "-0" : String(x)).join(", ")}]`;
}

/**
 * The network of a text that {@link toJSON} made.
 *
 * @returns a new network. If it has dropout, that draws from a generator of its own with seed 0;
 * to choose another, fill a network of yours.
 * @throws {SyntaxError} if the text is not JSON, for instance because its end is missing.
 * @throws {TypeError} if something in it is not of its type.
 * @throws {RangeError} if it is JSON of another kind, of a newer version, or with a number, a count
 * or a name that cannot be.
 * @category Files
 *
 * @example
 * ```ts
 * import { fromJSON, MLP, toJSON } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(2, [2], { activation: "sigmoid" });
 * deepEqual(fromJSON(toJSON(model)).layers[0].neurons[1].activation, "sigmoid");
 * ```
 */
export function fromJSON(text: string): MLP;
/**
 * Fills a module, or something with a `loadStateDict()`, from a text that {@link toJSON} made.
 *
 * @param model an MLP with the sizes, activations and residual connections of the text, whose
 * dropout stays as it is; another module with parameters of the same names and shapes; or what else
 * {@link Saveable} names. If anything is wrong, nothing is changed.
 * @returns `model`.
 * @throws {SyntaxError} if the text is not JSON, for instance because its end is missing.
 * @throws {TypeError} if `model` cannot be filled, or something in the text is not of its type.
 * @throws {RangeError} if the text does not fit `model`, is JSON of another kind, of a newer
 * version, or with a number, a count or a name that cannot be.
 * @category Files
 *
 * @example
 * ```ts
 * import { fromJSON, MLP, toJSON } from "chainrule";
 * import { deepEqual, throws } from "node:assert/strict";
 *
 * const trained = new MLP(2, [8, 1], { activation: "relu", outputActivation: "linear" });
 * const model = new MLP(2, [8, 1], { activation: "relu", outputActivation: "linear" });
 * fromJSON(toJSON(trained), model);
 * deepEqual(model.forward([1, 2]).data, trained.forward([1, 2]).data);
 * throws(() => fromJSON(toJSON(trained), new MLP(2, [9, 1])), RangeError);
 * ```
 */
export function fromJSON<M extends Saveable>(text: string, model: M): M;
export function fromJSON(text: string, model?: Saveable): Saveable {
  checkCount("fromJSON", arguments, 2);
  return readJSON("fromJSON", text, model, "text");
}

/** As {@link fromJSON}; errors start with `where`. */
export function readJSON(where: string, text: string): MLP;
export function readJSON(where: string, text: string, model?: Saveable, what?: string): Saveable;
export function readJSON(
  where: string,
  text: string,
  model?: Saveable,
  what = "the file",
): Saveable {
  if (model !== undefined) checkSaveable(`${where}: model`, model);
  checkString(`${where}: text`, text);
  const file = parseObject(`${where}: ${what}`, text);
  checkFormat(where, file);
  if (model !== undefined && !(model instanceof MLP)) {
    restore(where, model, file.state);
    return model;
  }
  if (file.state !== undefined) {
    const got = model === undefined ? "none" : "an MLP";
    throw new TypeError(
      `${where}: model must be of the kind that was saved, as the file has its state only, got ${got}`,
    );
  }
  const content = check(where, file);
  if (model !== undefined) checkArchitecture(where, content, architectureOf(model));
  const filled = model ?? build(where, content);
  writeParameters(filled, content.layers);
  return filled;
}

function build(where: string, content: Content): MLP {
  const { nin, sizes, activations, bias, residual, dropout } = content;
  // A generator of its own: reading a file must not change what the program draws after it.
  const generator = new RandomGenerator(0);
  try {
    return new MLP(nin, sizes, { activation: activations, bias, residual, dropout, generator });
  } catch (error) {
    throw new RangeError(`${where}: ${(error as Error).message}`, { cause: error });
  }
}

function architectureOf({ layers, residual }: MLP): Architecture {
  return {
    nin: layers[0].nin,
    sizes: layers.map(({ nout }) => nout),
    activations: layers.map(({ neurons }) => neurons[0].activation),
    bias: hasBias(layers[0].neurons[0]),
    residual,
  };
}

function checkArchitecture(where: string, content: Content, model: Architecture): void {
  for (const key of ["nin", "sizes", "activations", "bias", "residual"] as const) {
    const texts = [model[key], content[key]].map((x) => JSON.stringify(x));
    if (texts[0] === texts[1]) continue;
    const [expected, got] = texts.map((text) => shorten(text, 100));
    throw new RangeError(`${where}: ${key} must be ${expected} as the model's, got ${got}`);
  }
}

function checkFormat(where: string, { format, version: written }: Record<string, unknown>): void {
  if (format !== "chainrule") {
    throw new RangeError(`${where}: format must be "chainrule", got ${describe(format)}`);
  }
  checkSize(`${where}: version`, written);
  if (written !== version) {
    throw new RangeError(
      `${where}: version must be ${version}, got ${written}: a newer chainrule wrote the file`,
    );
  }
}

function check(where: string, file: Record<string, unknown>): Content {
  const { nin, sizes, activations, residual, dropout, layers } = file;
  checkSize(`${where}: nin`, nin);
  checkEach(`${where}: sizes`, sizes, checkSize);
  checkEach(`${where}: activations`, activations, checkActivation, sizes.length);
  checkBoolean(`${where}: residual`, residual);
  checkNumber(`${where}: dropout`, dropout, " from 0 and below 1");
  checkEach(`${where}: layers`, layers, checkObject, sizes.length);
  const hasBiases = layers[0].bias !== undefined;
  const parameters = layers.map(({ weight, bias }, i) => {
    const name = `${where}: layers[${i}]`;
    const inputs = i === 0 ? nin : sizes[i - 1];
    checkEach(`${name}.weight`, weight, checkNumbers, sizes[i]);
    weight.forEach((row, j) => checkLength(`${name}.weight[${j}]`, row, inputs));
    if (!hasBiases) {
      if (bias === undefined) return { weight, bias: null };
      throw new RangeError(
        `${name}.bias must be absent, as in layers[0], got ${describe(bias)}`,
      );
    }
    checkNumbers(`${name}.bias`, bias, sizes[i]);
    return { weight, bias };
  });
  return { nin, sizes, activations, bias: hasBiases, residual, dropout, layers: parameters };
}
