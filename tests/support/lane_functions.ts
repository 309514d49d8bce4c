/**
 * Functions of vectors, run on lists of numbers, and what they are compared with.
 *
 * @module
 */
import { Code, type LaneType } from "../../engine/compile/code/code.ts";
import { assemble } from "../../engine/compile/code/wasm.ts";
import {
  FunctionLibrary,
  type LaneFunction,
  laneFunctions,
} from "../../engine/compile/functions/functions.ts";
import { erf } from "../../engine/erf.ts";
import { instantiate } from "../../engine/compile/run/instance.ts";
import { power } from "../../engine/rules.ts";
import { RandomGenerator } from "../../mod.ts";
import fixtures from "../fixtures/functions.json" with { type: "json" };
import { assert } from "./assert.ts";

/** The names of all functions. */
export const names = Object.keys(laneFunctions) as LaneFunction[];

const area = 65536, bytesOf = { f64: 8, f32: 4 };

/** Applies the functions to lists of numbers: a loop over memory around each, so many vectors a turn. */
export function compileFunctions(type: LaneType, vectors: 1 | 2 = 1) {
  const library = new FunctionLibrary(type);
  const loops = names.map((name) => {
    const code = new Code({ parameters: ["i32"], results: [] });
    const offsets = [0, 16].slice(0, vectors);
    const results = offsets.map(() => code.local("v128"));
    code.loop(0, { local: 0 }, 16 * vectors, (at) => {
      for (const offset of offsets) {
        code.get(at).loadVector(offset);
        if (name === "pow") code.get(at).loadVector(area + offset);
      }
      code.call(vectors === 1 ? library.get(name) : library.twice(name));
      for (const result of results.toReversed()) code.set(result);
      offsets.forEach((offset, v) => code.get(at).get(results[v]).storeVector(2 * area + offset));
    });
    return code;
  });
  const exports = Object.fromEntries(names.map((name, i) => [name, loops[i]]));
  const bytes = assemble({ functions: [...library.codes, ...loops], exports });
  const memory = new WebAssembly.Memory({ initial: 3 });
  const run = instantiate(bytes, memory);
  const list = (at: number, length: number) =>
    type === "f64"
      ? new Float64Array(memory.buffer, at, length)
      : new Float32Array(memory.buffer, at, length);
  return (name: LaneFunction, xs: readonly number[], ys: readonly number[] = []): number[] => {
    assert(xs.length * bytesOf[type] <= area);
    list(0, xs.length).set(xs);
    list(area, ys.length).set(ys);
    run[name](xs.length * bytesOf[type]);
    return [...list(2 * area, xs.length)];
  };
}

/** A function applied to each number of a list. */
export const apply = compileFunctions("f64");

/** The distance from `x` to the next number of larger size. */
function spacing(x: number): number {
  const size = new BigInt64Array(new Float64Array([Math.abs(x)]).buffer);
  size[0]++;
  return new Float64Array(size.buffer)[0] - Math.abs(x);
}

/** How far `actual` is from `value`, in spacings; 0 only for the same number or sort of number. */
export function distance(actual: number, value: number): number {
  if (Object.is(actual, value)) return 0;
  const error = Math.abs(actual - value) / spacing(value);
  return Number.isFinite(error) && value !== 0 && actual !== 0 ? error : Infinity;
}

const sigmoid = (x: number) => {
  const e = Math.exp(-Math.abs(x));
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
};
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const { exp, expm1, log, log1p, sin, cos, atan, sinh, cosh, tanh } = Math;
/** What JavaScript has for them, or the table where it has something else. */
export const references: Readonly<Record<LaneFunction, (x: number, y: number) => number>> = {
  ...{ exp, expm1, log, log1p, sin, cos, atan, sinh, cosh, tanh },
  ...{ pow: power, sigmoid, softplus, erf },
};

/**
 * Fails if a function is further than `limit` units in the last place from mpmath's values.
 *
 * @param isTried which of the rows of the fixtures count.
 */
export function isExact(
  name: LaneFunction,
  limit: number,
  isTried: (row: readonly number[]) => boolean = () => true,
): void {
  const count = name === "pow" ? 2 : 1;
  const all: readonly (readonly number[])[] = fixtures[name];
  const rows = all.filter(isTried);
  assert(rows.length > 180);
  const ours = apply(name, rows.map(([x]) => x), count === 2 ? rows.map(([, y]) => y) : []);
  rows.forEach((row, i) => {
    const [value, rest] = row.slice(count);
    const unit = Math.abs(value) < 2 ** -1022 ? 5e-324 : spacing(value);
    const error = Math.abs((ours[i] - value) / unit - rest);
    const what = `${name}(${row.slice(0, count)}) = ${ours[i]}, and exactly ${value}`;
    assert(error <= limit, `${what}: ${error} units`);
  });
}

const generator = new RandomGenerator(7);

/** Thousands of numbers between two. */
export const uniform = (low: number, high: number) => {
  return Array.from({ length: 8192 }, () => generator.uniform(low, high));
};

/** Fails if a function is not its reference within 1e-15 of each result. */
export function isNear(name: LaneFunction, xs: number[], ys: number[] = []): void {
  apply(name, xs, ys).forEach((actual, i) => {
    const expected = references[name](xs[i], ys[i]);
    const error = Math.abs(actual - expected) / Math.abs(expected);
    assert(error < 1e-15, `${name}(${xs[i]}, ${ys[i]}) = ${actual}, not ${expected}`);
  });
}

/** Zeros with their signs, infinities, NaN, and the ends of the range. */
export const specials: readonly number[] = [
  ...[0, 1, 5e-324, 2 ** -1022, 1e-300, 800, 1e6, 2 ** 53, Number.MAX_VALUE, Infinity]
    .flatMap((x) => [x, -x]),
  ...[NaN, .5],
];

/** Fails if a function of special numbers is further from its reference than three spacings. */
export function hasSpecials(
  name: LaneFunction,
  xs: readonly number[] = specials,
  ys: readonly number[] = [],
): void {
  apply(name, xs, ys).forEach((actual, i) => {
    const expected = references[name](xs[i], ys[i]);
    const error = distance(actual, expected);
    assert(error <= 3, `${name}(${xs[i]}, ${ys[i]}) = ${actual}, not ${expected}`);
  });
}
