/**
 * The language model of notebook 10, a transformer of one layer that reads names
 * letter by letter, for the comparison with PyTorch and for the benchmark.
 *
 * @module
 */
import { dot, loadNames, logSumExp, type Operand, RandomGenerator, sum, Value } from "../../mod.ts";

/** The letters, and the sign that stands before and behind a name. */
export const signs = [..."abcdefghijklmnopqrstuvwxyz."];
const heads = 4;
const headSize = 4;
const width = heads * headSize;

/** The numbers of the signs of a name, with the dot at both ends. */
export const numbersOf = (name: string): number[] => [..."." + name + "."].map(numberOf);
const numberOf = (sign: string) => signs.indexOf(sign);

/** The names that notebook 10 learns from, in its order. */
export async function trainingNames(): Promise<string[]> {
  const names = await loadNames();
  return new RandomGenerator(1).permutation(names.length).slice(500).map((i) => names[i]);
}

/** Its weights before the training: matrices of numbers, or of what is made of them. */
export function makeWeights<T>(leaf: (data: number) => T) {
  const random = new RandomGenerator(42);
  const matrix = (rows: number, columns: number) =>
    Array.from(
      { length: rows },
      () => Array.from({ length: columns }, () => leaf(random.normal(0, .08))),
    );
  return {
    signs: matrix(signs.length, width),
    positions: matrix(16, width),
    scores: matrix(signs.length, width),
    query: matrix(width, width),
    key: matrix(width, width),
    value: matrix(width, width),
    heads: matrix(width, width),
    wide: matrix(4 * width, width),
    narrow: matrix(width, 4 * width),
  };
}

/** The nine matrices. */
export type Weights = ReturnType<typeof makeWeights<Value>>;

const linear = (w: readonly Value[][], x: readonly Operand[]) => w.map((row) => dot(row, x));
const plus = (a: readonly Value[], b: readonly Value[]) => a.map((x, i) => x.add(b[i]));

function norm(x: readonly Value[]): Value[] {
  const scale = dot(x, x).div(width).add(1e-5).pow(-.5);
  return x.map((one) => one.mul(scale));
}

function attend(
  query: readonly Value[],
  keys: readonly Value[][],
  values: readonly Value[][],
): Value[] {
  const scores = keys.map((key) => dot(query, key).div(Math.sqrt(headSize)));
  const total = logSumExp(scores);
  const weights = scores.map((score) => score.sub(total).exp());
  return values[0].map((_, i) => dot(weights, values.map((value) => value[i])));
}

/** The scores of the next sign at each position, of signs that are embedded already. */
export function forward(w: Weights, tokens: readonly Value[][]): Value[][] {
  const keys: Value[][] = [], values: Value[][] = [];
  return tokens.map((token, t) => {
    let x = norm(plus(token, w.positions[t]));
    const read = norm(x);
    const query = linear(w.query, read);
    keys.push(linear(w.key, read));
    values.push(linear(w.value, read));
    const heard = Array.from({ length: heads }, (_, h) => {
      const part = (x: readonly Value[]) => x.slice(headSize * h, headSize * (h + 1));
      return attend(part(query), keys.map(part), values.map(part));
    });
    x = plus(x, linear(w.heads, heard.flat()));
    x = plus(x, linear(w.narrow, linear(w.wide, norm(x)).map((z) => z.relu())));
    return linear(w.scores, x);
  });
}

/** The mean surprise at the signs of a name. */
export function lossOf(w: Weights, name: string): Value {
  const numbers = numbersOf(name);
  const scores = forward(w, numbers.slice(0, -1).map((k) => w.signs[k]));
  return sum(scores.map((z, t) => logSumExp(z).sub(z[numbers[t + 1]]))).div(scores.length);
}

/**
 * The loss as the graph of a name of any length up to the longest: signs are
 * one-hot, and each position counts by its share.
 */
export function trace(w: Weights, longest: number) {
  const framed = Array.from({ length: longest + 2 }, () => signs.map(() => new Value(0)));
  const shares = Array.from({ length: longest + 1 }, () => new Value(0));
  const columns = w.signs[0].map((_, i) => w.signs.map((row) => row[i]));
  const scores = forward(w, framed.slice(0, -1).map((sign) => linear(columns, sign)));
  const surprises = scores.map((z, t) => logSumExp(z).sub(dot(z, framed[t + 1])));
  const rowOf = (name: string) => [
    ...[..."." + name.padEnd(longest + 1, ".")].flatMap((sign) =>
      signs.map((other) => Number(other === sign))
    ),
    ...shares.map((_, t) => t <= name.length ? 1 / (name.length + 1) : 0),
  ];
  return { loss: dot(shares, surprises), inputs: [...framed.flat(), ...shares], rowOf };
}
