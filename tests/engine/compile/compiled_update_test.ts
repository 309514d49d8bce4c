import { assert, assertEquals, assertMatch } from "../../support/assert.ts";
import { Adam, compile, Optimizer, RandomGenerator, Value } from "../../../mod.ts";
import type { FloatArray, UpdateRule } from "../../../engine/extend.ts";
import { untyped } from "../../support/helpers.ts";

/** A rule without memory and shared numbers. */
const simple = (apply: UpdateRule["apply"]): UpdateRule => ({
  state: [],
  shared: 0,
  begin: () => [],
  apply,
});

/** An optimizer of such a formula, which is asked for anew in every step. */
function optimizer(formulaOf: (own: Optimizer) => UpdateRule) {
  return class Own extends Optimizer {
    protected override get formula(): UpdateRule {
      return formulaOf(this);
    }
  };
}

/** The mean of (w·x − y)² over four examples, with five parameters. */
function problem(precision: "float64" | "float32" = "float64") {
  const generator = new RandomGenerator(1);
  const w = Array.from({ length: 5 }, () => new Value(generator.uniform(-2, 2)));
  const inputs = Array.from({ length: 6 }, () => new Value(0));
  const lossOf = (x: readonly Value[]) =>
    w.map((p, i) => p.mul(x[i])).reduce((a, b) => a.add(b)).sub(x[5]).pow(2);
  const program = compile(lossOf(inputs), { inputs, parameters: w, precision });
  const rows = Array.from({ length: 4 }, () => inputs.map(() => generator.uniform(-1, 1)));
  program.load(rows);
  const eager = () => rows.map((row) => lossOf(row.map((x) => new Value(x))));
  return { w, program, eager };
}

/** Where 40 steps lead, taken by a program and by graphs, with another rate from step 20 on. */
function bothWays(Class: new (w: readonly Value[], lr: number) => Optimizer) {
  const steps = Array.from({ length: 40 }, (_, i) => i);
  const [a, b] = [problem(), problem()];
  const compiled = new Class(a.w, .05), eager = new Class(b.w, .05);
  const training = a.program.training(compiled);
  for (const step of steps) {
    if (step === 20) compiled.lr = eager.lr = .01;
    training.step();
    eager.zeroGrad();
    b.eager().reduce((x, y) => x.add(y)).div(4).backward();
    eager.step();
  }
  training.share();
  const numbers = (w: readonly Value[]) => w.map(({ data }) => data);
  return { compiled: numbers(a.w), eager: numbers(b.w), why: training.eagerUpdateBecause };
}

/** Fails unless both ways lead to the same place; gives the reason for numbers. */
function same(Class: new (w: readonly Value[], lr: number) => Optimizer): string | null {
  const { compiled, eager, why } = bothWays(Class);
  compiled.forEach((x, i) =>
    assert(Math.abs(x - eager[i]) < 1e-12, `${compiled}\ninstead of\n${eager}`)
  );
  return why;
}

/** Formulas that are not the same for all numbers and all steps, and what is said of them. */
const formulas: [name: string, formulaOf: (own: Optimizer) => UpdateRule, why: RegExp][] = [
  [
    "compares its numbers",
    ({ lr }) => simple((w, p, g) => [w.sub(p, w.lit(g as number > 0 ? lr : -lr))]),
    /looks at a number: branches need w.order/,
  ],
  [
    "asks for equality",
    ({ lr }) =>
      simple((
        w,
        p,
        g,
      ) => [(g as number) === 1 ? p : w.sub(p, w.lit(typeof p === "number" ? lr : 0))]),
    /its formula gives .* in numbers and .* as code/,
  ],
  [
    "freezes the rate",
    ({ lr }) => simple((w, p, g) => [w.sub(p, w.mul(w.lit(lr), g))]),
    /another than before: w.lit is for what stays/,
  ],
  [
    "has a fresh memory in every step",
    ({ lr, parameters }) => ({
      state: [new Float64Array(parameters.length)],
      shared: 1,
      begin: () => [lr],
      apply(w, p, g, [v], [lr]) {
        const now = w.add(w.mul(w.lit(.9), v), g);
        return [w.sub(p, w.mul(lr, now)), now];
      },
    }),
    /remembers nothing: the state is another in every step/,
  ],
  [
    "uses tanh",
    ({ lr }) => simple((w, p, g) => [w.sub(p, w.mul(w.lit(lr), w.tanh(g)))]),
    /no function tanh/,
  ],
  [
    "uses a power",
    ({ lr }) => simple((w, p, g) => [w.sub(p, w.mul(w.lit(lr), w.pow(w.abs(g), w.lit(.75))))]),
    /no function pow/,
  ],
  [
    "returns a number",
    () => simple(<T>() => [untyped<T>(.5)]),
    /number 0.5 where w.return needs what its arithmetic gives/,
  ],
  [
    "multiplies by a number",
    ({ lr }) => simple((w, p, g) => [w.sub(p, w.mul(untyped(lr), g))]),
    /number 0.05 where w.mul needs what its arithmetic gives/,
  ],
  [
    "counts its calls",
    ((calls) => ({ lr }) => simple((w, p, g) => [calls++ < 0 ? p : w.sub(p, w.mul(w.lit(lr), g))]))(
      0,
    ),
    /another than before/,
  ],
  [
    "begins with more numbers than it says",
    ({ lr }) => ({
      ...simple((w, p, g, _state, [rate]) => [w.sub(p, w.mul(rate ?? w.lit(0), g))]),
      begin: () => [lr],
    }),
    /announces 0 shared numbers and begins with 1/,
  ],
];

for (const [name, formulaOf, why] of formulas) {
  Deno.test(`a formula that ${name} trains as on numbers, and the training says why`, () => {
    assertMatch(same(optimizer(formulaOf)) ?? "compiled", why);
  });
}

Deno.test("a formula that changes after some steps is left from then on", () => {
  class Warm extends Optimizer {
    #steps = 0;
    protected override get formula(): UpdateRule {
      const isWarm = this.#steps > 9;
      return {
        ...simple((w, p, g, _state, [lr]) => [w.sub(p, w.mul(lr, isWarm ? g : w.mul(g, g)))]),
        shared: 1,
        begin: () => {
          this.#steps++;
          return [this.lr];
        },
      };
    }
  }
  assertMatch(same(Warm) ?? "compiled", /another than before/);
});

Deno.test("a formula that is one for all numbers is code, made anew in every step or not", () => {
  const signs = optimizer((own) => ({
    ...simple((w, p, g, _state, [lr]) => [
      w.order(g, w.lit(0), () => w.add(p, lr), () => p, () => w.sub(p, lr)),
    ]),
    shared: 1,
    begin: () => [own.lr],
  }));
  assertEquals(same(signs), null);
  class Momentum extends Optimizer {
    readonly #formula: UpdateRule = {
      state: [new Float64Array(this.parameters.length)],
      shared: 1,
      begin: () => [this.lr],
      apply(w, p, g, [v], [lr]) {
        const now = w.add(w.mul(w.lit(.5), v), g);
        return [w.sub(p, w.mul(lr, now)), now];
      },
    };
    protected override get formula(): UpdateRule {
      return this.#formula;
    }
  }
  assertEquals(same(Momentum), null);
  assertEquals(
    same(
      class extends Adam {
        constructor(w: readonly Value[], lr: number) {
          super(w, { lr });
        }
      },
    ),
    null,
  );
});

Deno.test("what is remembered goes along when a formula is left", () => {
  class Late extends Optimizer {
    readonly #v = new Float64Array(this.parameters.length);
    #steps = 0;
    protected override get formula(): UpdateRule {
      const keep = this.#steps < 15 ? .9 : .5;
      return {
        state: [this.#v],
        shared: 1,
        begin: () => {
          this.#steps++;
          return [this.lr];
        },
        apply(w, p, g, [v], [lr]) {
          const now = w.add(w.mul(w.lit(keep), v), g);
          return [w.sub(p, w.mul(lr, now)), now];
        },
      };
    }
  }
  assertMatch(same(Late) ?? "compiled", /another than before/);
});

Deno.test("an optimizer of one's own finds the Values as after backward()", () => {
  class Clipped extends Optimizer {
    protected override get formula(): UpdateRule {
      return {
        ...simple((w, p, g, _state, [rate]) => [w.sub(p, w.mul(rate, g))]),
        shared: 1,
        begin: () => [this.lr / Math.max(1, Math.hypot(...this.parameters.map((p) => p.grad)))],
      };
    }
  }
  assertEquals(same(Clipped), null);
  class Decaying extends Optimizer {
    override update(data: FloatArray): void {
      this.parameters.forEach((p, i) => data[i] -= this.lr * (p.grad + .1 * p.data));
    }
  }
  assertEquals(same(Decaying), null);
});

Deno.test("who resets what an optimizer remembers, resets it in a program, too", () => {
  class Restarting extends Optimizer {
    readonly #v = new Float64Array(this.parameters.length);
    #steps = 0;
    readonly #formula: UpdateRule = {
      state: [this.#v],
      shared: 1,
      begin: () => {
        if (this.#steps++ % 7 === 6) this.#v.fill(0);
        return [this.lr];
      },
      apply(w, p, g, [v], [lr]) {
        const now = w.add(w.mul(w.lit(.9), v), g);
        return [w.sub(p, w.mul(lr, now)), now];
      },
    };
    protected override get formula(): UpdateRule {
      return this.#formula;
    }
  }
  assertEquals(same(Restarting), null);
});

Deno.test("in single precision a formula is code, too", () => {
  const { program, w } = problem("float32");
  const own = optimizer((own) => ({
    ...simple((
      w,
      p,
      g,
      _state,
      [lr],
    ) => [w.sub(p, w.mul(lr, w.div(g, w.add(w.abs(g), w.lit(1)))))]),
    shared: 1,
    begin: () => [own.lr],
  }));
  const training = program.training(new own(w, .05));
  const losses = Array.from({ length: 100 }, () => training.step());
  assertEquals(training.eagerUpdateBecause, null);
  assert(losses[99] < losses[0] / 2, `${losses[0]} to ${losses[99]}`);
});
