import { assert, assertEquals, assertStrictEquals, assertThrows } from "../../../support/assert.ts";
import {
  FunctionLibrary,
  type LaneFunction,
  laneFunctions,
} from "../../../../engine/compile/functions/functions.ts";
import { Code, type LaneType } from "../../../../engine/compile/code/code.ts";
import { assemble } from "../../../../engine/compile/code/wasm.ts";
import { instantiate } from "../../../../engine/compile/run/instance.ts";
import { RandomGenerator } from "../../../../mod.ts";
import fixtures from "../../../fixtures/functions.json" with { type: "json" };

const names = Object.keys(laneFunctions) as LaneFunction[];
const unary = names.filter((name) => name !== "pow");
const area = 65536, bytesOf = { f64: 8, f32: 4 };

/** Applies the functions to lists of numbers: a loop over memory around each of them. */
function compile(type: LaneType) {
  const library = new FunctionLibrary(type);
  const loops = names.map((name) => {
    const code = new Code({ parameters: ["i32"], results: [] });
    code.loop(0, { local: 0 }, 16, (at) => {
      code.get(at).get(at).loadVector(0);
      if (name === "pow") code.get(at).loadVector(area);
      code.call(library.get(name)).storeVector(2 * area);
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

const apply = compile("f64");

/** The distance from `x` to the next number of larger size. */
function spacing(x: number): number {
  const size = new BigInt64Array(new Float64Array([Math.abs(x)]).buffer);
  size[0]++;
  return new Float64Array(size.buffer)[0] - Math.abs(x);
}

/** How far `actual` is from `value`, in spacings; 0 only for the same number or sort of number. */
function distance(actual: number, value: number): number {
  if (Object.is(actual, value)) return 0;
  const error = Math.abs(actual - value) / spacing(value);
  return Number.isFinite(error) && value !== 0 && actual !== 0 ? error : Infinity;
}

const sigmoid = (x: number) => {
  const e = Math.exp(-Math.abs(x));
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
};
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const { exp, log, tanh, sin, cos, pow } = Math;
const references: Readonly<Record<LaneFunction, (x: number, y: number) => number>> = {
  exp,
  log,
  tanh,
  sigmoid,
  softplus,
  sin,
  cos,
  pow,
};

/** The largest errors that are allowed, in units in the last place. */
const limits = {
  exp: 1.1,
  log: 0.9,
  tanh: 1.6,
  sigmoid: 1.8,
  softplus: 1.8,
  sin: 0.8,
  cos: 0.8,
  pow: 1.6,
};

for (const name of names) {
  const count = name === "pow" ? 2 : 1;
  const isFar = (x: number) => (name === "sin" || name === "cos") && Math.abs(x) >= 2 ** 20;
  const all: readonly (readonly number[])[] = fixtures[name];
  const rows = all.filter(([x]) => !isFar(x));

  Deno.test(`${name} is within ${limits[name]} units in the last place of mpmath's value`, () => {
    assert(rows.length > 180);
    const ours = apply(name, rows.map(([x]) => x), count === 2 ? rows.map(([, y]) => y) : []);
    rows.forEach((row, i) => {
      const [value, rest] = row.slice(count);
      const unit = Math.abs(value) < 2 ** -1022 ? 5e-324 : spacing(value);
      const error = Math.abs((ours[i] - value) / unit - rest);
      const what = `${name}(${row.slice(0, count)}) = ${ours[i]}, and exactly ${value}`;
      assert(error <= limits[name], `${what}: ${error} units`);
    });
  });
}

Deno.test("the fixtures reach from subnormal results to those near overflow", () => {
  const results = (name: LaneFunction) => fixtures[name].map((row) => Math.abs(row.at(-2)!));
  for (const name of ["exp", "pow"] as const) {
    assert(results(name).some((y) => y > 0 && y < 2 ** -1022));
    assert(results(name).some((y) => y > 1e300));
  }
  for (const name of ["sigmoid", "softplus", "tanh", "sin"] as const) {
    assert(results(name).some((y) => y > 0 && y < 2 ** -1022));
  }
});

const specials = [0, 1, 5e-324, 2 ** -1022, 1e-300, 800, 1e6, 2 ** 53, Number.MAX_VALUE, Infinity]
  .flatMap((x) => [x, -x]).concat(NaN, 0.5);

Deno.test("zeros with their signs, infinities, NaN and the ends of the range give what Math gives", () => {
  for (const name of unary) {
    apply(name, specials).forEach((actual, i) => {
      const expected = references[name](specials[i], NaN);
      const error = distance(actual, expected);
      assert(error <= 3, `${name}(${specials[i]}) = ${actual}, not ${expected}`);
    });
  }
});

Deno.test("pow has Math.pow's special cases for all pairs of special numbers", () => {
  const more = [2, 3, 0.5, 2.5, 2 ** 53 + 2, 2 ** 52 + 1, 1 - 2 ** -53, 1 + 2 ** -52];
  const list = [...specials, ...more, ...more.map((x) => -x)];
  const xs = list.flatMap((x) => list.map(() => x));
  const ys = list.flatMap(() => list);
  apply("pow", xs, ys).forEach((actual, i) => {
    const expected = xs[i] ** ys[i];
    const error = distance(actual, expected);
    assert(error <= 3, `${xs[i]} ** ${ys[i]} = ${actual}, not ${expected}`);
  });
});

Deno.test("exp overflows and vanishes where the exact results do", () => {
  const xs = [709.782712893384, 709.7827128933841, -745.1332191019411, -745.1332191019412];
  const [finite, infinite, smallest, zero] = apply("exp", xs);
  assert(Number.isFinite(finite));
  assertEquals([infinite, smallest, zero], [Infinity, 5e-324, 0]);
});

Deno.test("a tiny number keeps its digits in tanh and sin, and in softplus and sigmoid of -700", () => {
  const tiny = [1e-200, -3e-310];
  assertEquals(apply("tanh", tiny), tiny);
  assertEquals(apply("sin", tiny), tiny);
  const [e] = apply("exp", [-700, -700]);
  assert(distance(apply("softplus", [-700, 0])[0], e) <= 1);
  assert(distance(apply("sigmoid", [-700, 0])[0], e) <= 2);
});

Deno.test("thousands of random arguments give Math's values within 1e-15", () => {
  const generator = new RandomGenerator(7);
  const uniform = (low: number, high: number) => {
    return Array.from({ length: 8192 }, () => generator.uniform(low, high));
  };
  const check = (name: LaneFunction, xs: number[], ys: number[] = []) => {
    apply(name, xs, ys).forEach((actual, i) => {
      const expected = references[name](xs[i], ys[i]);
      const error = Math.abs(actual - expected) / Math.abs(expected);
      assert(error < 1e-15, `${name}(${xs[i]}, ${ys[i]}) = ${actual}, not ${expected}`);
    });
  };
  for (const name of unary) {
    if (name === "log") check(name, uniform(0, 100));
    else [1, 30, 700].forEach((size) => check(name, uniform(-size, size)));
  }
  check("pow", uniform(0, 20), uniform(-20, 20));
  for (const name of ["sin", "cos"] as const) {
    check(name, uniform(-300, 300).map((x) => x * 10 ** (Math.abs(x) - 1)));
  }
});

Deno.test("sin and cos of far angles are Math's to the last bit, and of near ones not always", () => {
  const far = fixtures.sin.map(([x]) => x).filter((x) => Math.abs(x) >= 2 ** 20);
  assert(far.length > 300 && far.includes(2 ** 20));
  const near = Array.from({ length: 4096 }, (_, i) => 2 ** 20 - 1 - i / 7);
  for (const name of ["sin", "cos"] as const) {
    const isMath = (x: number, i: number, ys: number[]) => ys[i] === references[name](x, NaN);
    const ours = apply(name, far);
    assert(far.every((x, i) => isMath(x, i, ours)), name);
    const others = apply(name, near);
    assert(!near.every((x, i) => isMath(x, i, others)), "2 ** 20 is where Math begins");
  }
});

Deno.test("a far angle does not disturb the near one in the other lane", () => {
  const xs = [0.5, 1e300, -1e22, -2, 2 ** 20, 3, 7, Infinity];
  for (const name of ["sin", "cos"] as const) {
    apply(name, xs).forEach((actual, i) => {
      assert(distance(actual, references[name](xs[i], NaN)) <= 2, `${name}(${xs[i]}) = ${actual}`);
    });
  }
});

Deno.test("tanh and sin are odd and cos is even, exactly", () => {
  const xs = fixtures.sin.map(([x]) => x);
  const opposite = xs.map((x) => -x);
  const negated = (ys: number[]) => ys.map((y) => -y);
  assertEquals(apply("tanh", opposite), negated(apply("tanh", xs)));
  assertEquals(apply("sin", opposite), negated(apply("sin", xs)));
  assertEquals(apply("cos", opposite), apply("cos", xs));
});

Deno.test("four lanes of single precision are those of double precision, rounded", () => {
  const single = compile("f32");
  const generator = new RandomGenerator(3);
  const numbers = () => {
    return Array.from({ length: 400 }, () => Math.fround(generator.uniform(-90, 90)));
  };
  const xs = [...numbers(), 1e-40, -0, 0, Infinity, -Infinity, NaN, 3e38, -1e30].map(Math.fround);
  const ys = [...numbers().map(Math.round), 0, 1, -1, 2, 3, 0, 1, 2];
  for (const name of names) {
    const expected = apply(name, xs, ys).map(Math.fround);
    assertEquals(single(name, xs, ys), expected, name);
  }
});

Deno.test("a library makes a function once, after those that it calls", () => {
  const library = new FunctionLibrary("f64");
  assertEquals(library.codes.length, 0);
  const exp = library.get("exp");
  assertStrictEquals(library.get("exp"), exp);
  assertEquals(library.codes, [exp]);
  library.get("sin");
  library.get("cos");
  // Each has a function beside it, for far angles.
  assertEquals(library.codes.length, 5);
  assertThrows(() => library.get("sinh"), Error, "no function sinh of vectors");
});
