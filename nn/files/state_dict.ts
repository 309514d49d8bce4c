import { asList, checkCount, describe } from "../../engine/internal.ts";
import { type NumberArray, Value } from "../../engine/mod.ts";
import { checkList, checkNumber, checkObject } from "../check.ts";
import { Layer } from "../layer.ts";
import { Module } from "../module.ts";
import { hasBias, Neuron } from "../neuron.ts";

/**
 * The numbers of a parameter: one, or a list of such, so that a list of lists is a matrix.
 *
 * @category Files
 *
 * @example
 * ```ts
 * import { Layer, type StateTensor, stateDict } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const layer = new Layer(2, 1);
 * layer.parameters().forEach((p, i) => p.data = i);
 * const weight: StateTensor = stateDict(layer).weight;
 * deepEqual(weight, [[0, 1]]);
 * ```
 */
export type StateTensor = number | readonly StateTensor[];

/** A parameter by its name: its Values, row by row, and how many there are in each direction. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly Value[];
}

/**
 * The parameters of a module by their names, as PyTorch's `state_dict` has them:
 * the fields that lead to them, with dots between, and in lists their place. A
 * list of Values is a vector and a list of such lists a matrix. The neurons of a
 * {@link Layer} are one `weight` and one `bias`, as in PyTorch's `Linear`.
 *
 * @returns plain numbers, which `JSON.stringify` writes.
 * @throws {TypeError} if `model` is not a Module, or a parameter is in no field of it: what is in
 * a `#private` field has no name.
 * @category Files
 *
 * @example
 * ```ts
 * import { Layer, Module, stateDict, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * class Gated extends Module {
 *   gate = new Value(0.5);
 *   blocks = [new Layer(2, 3), new Layer(3, 1, { bias: false })];
 *   parameters() {
 *     return [this.gate, ...this.blocks.flatMap((block) => block.parameters())];
 *   }
 * }
 * const state = stateDict(new Gated());
 * deepEqual(Object.keys(state), ["gate", "blocks.0.weight", "blocks.0.bias", "blocks.1.weight"]);
 * ```
 */
export function stateDict(model: Module): Record<string, StateTensor> {
  checkCount("stateDict", arguments, 1);
  return Object.fromEntries(
    namedTensors("stateDict", model).map(({ name, shape, values }) =>
      [name, nested(values.map(({ data }) => data), shape)] as const
    ),
  );
}

/**
 * Sets the parameters of a module to those that {@link stateDict} gave, of it or of another
 * of the same build.
 *
 * @param state a number or nested list for each parameter of the model, and nothing else.
 * @throws {TypeError} if `model` is not a Module or `state` not an object of numbers and lists.
 * @throws {RangeError} if a name is missing or unknown, a shape is another, or a number is not
 * finite. Nothing is changed then.
 * @category Files
 *
 * @example
 * ```ts
 * import { Layer, loadStateDict, stateDict } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const [trained, other] = [new Layer(3, 2), new Layer(3, 2)];
 * loadStateDict(other, JSON.parse(JSON.stringify(stateDict(trained))));
 * deepEqual(stateDict(other), stateDict(trained));
 * ```
 */
export function loadStateDict(
  model: Module,
  state: Readonly<Record<string, StateTensor | NumberArray>>,
): void {
  checkCount("loadStateDict", arguments, 2);
  readState("loadStateDict", model, state);
}

/** As {@link loadStateDict}; errors start with `where`. */
export function readState(where: string, model: Module, state: unknown): void {
  checkObject(`${where}: state`, state);
  fill(where, model, Object.keys(state), (name, shape) => {
    const numbers: number[] = [];
    collect(`${where}: ${name}`, state[name], shape, numbers);
    return numbers;
  }, "state");
}

/**
 * Sets all parameters of a module, or none if anything is wrong.
 *
 * @param names those that there is something for.
 * @param read the numbers of a tensor, which must be of the shape.
 * @param source what they are read from.
 */
export function fill(
  where: string,
  model: Module,
  names: readonly string[],
  read: (name: string, shape: readonly number[]) => readonly number[],
  source: string,
): void {
  const tensors = namedTensors(where, model);
  const known = new Set(tensors.map(({ name }) => name));
  const given = new Set(names);
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new RangeError(`${where}: the model has no place for ${describe(unknown)}`);
  }
  const numbers = tensors.map(({ name, shape }) => {
    if (!given.has(name)) throw new RangeError(`${where}: ${name} is missing in ${source}`);
    return read(name, shape);
  });
  tensors.forEach(({ values }, i) => values.forEach((p, k) => p.data = numbers[i][k]));
}

/** The parameters of a module by their names. */
export function namedTensors(where: string, model: Module): NamedTensor[] {
  if (!(model instanceof Module)) {
    throw new TypeError(`${where}: model must be a Module, got ${describe(model)}`);
  }
  const parameters = model.parameters();
  const search = new Search(new Set(parameters));
  search.visit("", model);
  const named = new Set(search.found.flatMap(({ values }) => values));
  const lost = parameters.findIndex((p) => !named.has(p));
  if (lost === -1) return search.found;
  throw new TypeError(
    `${where}: model.parameters()[${lost}] must be in a field of the model, which gives it its ` +
      `name, got ${parameters[lost]} in none`,
  );
}

/** Goes through the fields of a module. */
class Search {
  readonly found: NamedTensor[] = [];
  readonly #isParameter: ReadonlySet<Value>;
  /** What is being looked into, so that a field that leads back is no endless way. */
  readonly #open = new Set<object>();

  constructor(isParameter: ReadonlySet<Value>) {
    this.#isParameter = isParameter;
  }

  visit(name: string, thing: unknown): void {
    if (typeof thing !== "object" || thing === null || this.#open.has(thing)) return;
    const shape = this.#shapeOf(thing);
    if (shape !== null) {
      this.found.push({ name, shape, values: [thing].flat(shape.length) as Value[] });
      return;
    }
    if (thing instanceof Value) return;
    this.#open.add(thing);
    const inner = (key: string | number) => name === "" ? `${key}` : `${name}.${key}`;
    for (const [key, part] of partsOf(thing)) this.visit(inner(key), part);
    this.#open.delete(thing);
  }

  /** The shape of a tensor that consists of parameters alone; of something else null. */
  #shapeOf(thing: unknown): number[] | null {
    if (thing instanceof Value) return this.#isParameter.has(thing) ? [] : null;
    if (!Array.isArray(thing) || thing.length === 0) return null;
    const shapes = thing.map((part) => this.#shapeOf(part));
    const [first] = shapes;
    const isRegular = first !== null && shapes.every((shape) => `${shape}` === `${first}`);
    return isRegular ? [thing.length, ...first] : null;
  }
}

/** What something consists of, by names or by places. */
function partsOf(thing: object): Iterable<[string | number, unknown]> {
  if (thing instanceof Neuron) return linear([thing]);
  if (thing instanceof Layer) return linear(thing.neurons);
  if (thing instanceof Map) return thing;
  if (Array.isArray(thing)) return thing.entries();
  const prototype: unknown = Object.getPrototypeOf(thing);
  const isOpen = thing instanceof Module || prototype === Object.prototype || prototype === null;
  return isOpen ? Object.entries(thing) : [];
}

/** Neurons side by side, arranged as in PyTorch's `Linear`. */
function linear(neurons: readonly Neuron[]): [string, unknown][] {
  const weight: [string, unknown] = ["weight", neurons.map(({ w }) => w)];
  return hasBias(neurons[0]) ? [weight, ["bias", neurons.map(({ b }) => b)]] : [weight];
}

/** Numbers in a row as nested lists. */
export function nested(numbers: readonly number[], shape: readonly number[]): StateTensor {
  if (shape.length === 0) return numbers[0];
  const [count, ...inner] = shape;
  const size = numbers.length / count;
  return Array.from(
    { length: count },
    (_, i) => nested(numbers.slice(i * size, (i + 1) * size), inner),
  );
}

/** The reverse, checked; the numbers are added to `to`. */
function collect(name: string, tensor: unknown, shape: readonly number[], to: number[]): void {
  if (shape.length === 0) {
    checkNumber(name, tensor);
    to.push(tensor);
    return;
  }
  const [count, ...inner] = shape;
  const list: unknown = asList(tensor);
  checkList(name, list, count);
  for (let i = 0; i < count; i++) collect(`${name}[${i}]`, list[i], inner, to);
}
