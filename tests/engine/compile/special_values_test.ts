import fc from "fast-check";
import { assert, assertEquals } from "../../support/assert.ts";
import { crossEntropy, logSumExp } from "../../../mod.ts";
import { arity, type Op, ops } from "../../../engine/rules.ts";
import { apply } from "../../support/helpers.ts";
import { builder, graph, numbersOf } from "../../support/graphs.ts";
import {
  type Answer,
  ask,
  type Build,
  type Compiled,
  compiled,
  eager,
} from "../../support/reference.ts";

const specials = [
  NaN,
  Infinity,
  -Infinity,
  0,
  -0,
  1e308,
  -1e308,
  5e-324,
  -1e-310,
  1,
  -1,
  .5,
  -3,
  1000,
  -1000,
];

/** NaN, an infinity with its sign, or finite. */
function kind(x: number): string {
  return Number.isFinite(x) ? "finite" : `${x}`;
}

/** Whether both are the same NaN, infinity, or number within 1e-12; subnormal numbers are all alike. */
function isSame(a: number, b: number): boolean {
  if (kind(a) !== kind(b)) return false;
  return kind(a) !== "finite" || Math.abs(a - b) <= 1e-12 * Math.abs(b) + 1e-300;
}

function check(mine: Omit<Answer, "scale">, right: Answer, what: string): void {
  const mineAll = [mine.loss, ...mine.gradients], rightAll = [right.loss, ...right.gradients];
  mineAll.forEach((x, i) => {
    const where = i === 0 ? "the loss" : `gradient ${i - 1}`;
    assert(isSame(x, rightAll[i]), `${what}: ${where} is ${x}, of the eager engine ${rightAll[i]}`);
  });
}

/** What an operand is: a parameter, an input, an input plus a parameter, or a plain number. */
type Kind = "parameter" | "input" | "interior" | "constant";

/** An operation on operands of some kinds, and where the number of each operand goes. */
class Case {
  readonly name: string;
  readonly op: Op;
  readonly kinds: readonly Kind[];
  constructor(op: Op, kinds: readonly Kind[]) {
    this.op = op;
    this.kinds = kinds;
    this.name = `${op}(${kinds.join(", ")})`;
  }
  /** The numbers of the inputs for these operands. */
  inputs(x: readonly number[]): number[] {
    return x.filter((_, i) => this.kinds[i] === "input" || this.kinds[i] === "interior");
  }
  /** The numbers of the parameters; −0 is what changes nothing when it is added. */
  parameters(x: readonly number[]): number[] {
    return x.flatMap((xi, i) => {
      const kind = this.kinds[i];
      return kind === "parameter" ? [xi] : kind === "interior" ? [-0] : [];
    });
  }
  build(x: readonly number[]): Build {
    return (inputs, parameters) => {
      let input = 0, parameter = 0;
      const operands = this.kinds.map((kind, i) => {
        if (kind === "parameter") return parameters[parameter++];
        if (kind === "input") return inputs[input++];
        if (kind === "interior") return inputs[input++].add(parameters[parameter++]);
        return x[i];
      });
      return { loss: apply(this.op, operands), outputs: [] };
    };
  }
}

const kinds = ["parameter", "input", "interior"] as const;

/** Operands of an operation: pairs for lists, too. */
function casesOf(op: Op): Case[] {
  if (arity(op) === 1) return kinds.map((k) => new Case(op, [k]));
  const pairs = kinds.flatMap((k) => kinds.map((l) => [k, l]));
  // The pairs of a dot are operands 0 and 2, 1 and 3.
  if (op === "dot") return pairs.map(([k, l]) => new Case(op, [k, k, l, l]));
  return pairs.map((pair) => new Case(op, pair));
}

/** All operands made of special values; others of a list are plain. */
function operandsOf(op: Op): number[][] {
  if (arity(op) === 1) return specials.map((a) => [a]);
  return specials.flatMap((a) => specials.map((b) => op === "dot" ? [a, 1.5, b, -.25] : [a, b]));
}

/** Sets the parameters anew and asks about examples of which the last is special. */
function checkCase(program: Compiled, example: Case, x: readonly number[]): void {
  const at = example.parameters(x), special = example.inputs(x);
  program.parameters.forEach((p, i) => p.data = at[i]);
  const plain = special.map((_, i) => .75 + i / 2);
  for (const n of [1, 3]) {
    const examples = Array.from({ length: n }, (_, i) => i < n - 1 ? plain : special);
    program.program.load(examples);
    const right = eager(example.build(x), examples, at);
    check(ask(program), right, `${example.name} at ${x}, ${n} examples`);
  }
}

for (const op of ops) {
  Deno.test(`${op}: NaN, infinities, zeros, huge and subnormal numbers come out as of the eager engine`, () => {
    for (const example of casesOf(op)) {
      const first = example.kinds.map(() => 1);
      const program = compiled(
        example.build(first),
        example.inputs(first).length,
        example.parameters(first),
      );
      for (const x of operandsOf(op)) checkCase(program, example, x);
    }
  });

  if (arity(op) === 2) {
    Deno.test(`${op}: so they do as plain numbers on either side`, () => {
      for (const c of [...specials, 2, 3]) {
        for (const isFirst of [true, false]) {
          const pair: Kind[] = isFirst ? ["constant", "interior"] : ["interior", "constant"];
          const example = new Case(op, pair);
          const program = compiled(example.build([c, c]), 1, [0]);
          for (const x of specials) checkCase(program, example, isFirst ? [c, x] : [x, c]);
        }
      }
    });
  }
}

Deno.test("what is very small is as small as of the eager engine, to its last digits", () => {
  const tails: [string, Build, number[]][] = [
    ["sigmoid", ([x], [w]) => ({ loss: x.mul(w).sigmoid(), outputs: [] }), [
      -700,
      -712,
      -740,
      -745,
    ]],
    [
      "logSumExp",
      ([x], [w]) => ({ loss: logSumExp([x.mul(w), 0, -800]), outputs: [] }),
      [-36, -37, -500, -700],
    ],
    [
      "logSumExp of many",
      ([x], [w]) => ({
        loss: logSumExp([0, ...Array.from({ length: 40 }, (_, i) => x.mul(w).sub(i))]),
        outputs: [],
      }),
      [-37, -500],
    ],
    ["crossEntropy", ([x], [w]) => ({ loss: crossEntropy([[x.mul(w), 0]], [1]), outputs: [] }), [
      -36,
      -37,
      -500,
    ]],
  ];
  for (const [name, build, xs] of tails) {
    const program = compiled(build, 1, [1]);
    for (const x of xs) {
      program.program.load([[x]]);
      const mine = ask(program), right = eager(build, [[x]], [1]);
      const all = ({ loss, gradients }: Omit<Answer, "scale">) => [loss, ...gradients];
      all(mine).forEach((y, i) => {
        const wanted = all(right)[i];
        assert(
          wanted !== 0 && Math.abs(y - wanted) <= 1e-12 * Math.abs(wanted) + 1000 * 5e-324,
          `${name} at ${x}: ${y}, of the eager engine ${wanted}`,
        );
      });
    }
  }
});

Deno.test("random graphs with a few special values have the NaN and infinities of the eager engine", () => {
  let special = 0;
  const edits = fc.array(fc.tuple(fc.nat(1000), fc.constantFrom(...specials)), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(graph(), edits, fc.constantFrom(1, 2, 3, 7), (plan, edits, n) => {
      const { at } = numbersOf(plan, 1);
      const { examples } = numbersOf(plan, n);
      for (const [i, x] of edits) {
        const place = i % (at.length + plan.inputs || 1);
        if (place < at.length) at[place] = x;
        else if (plan.inputs > 0) examples[i % n][place - at.length] = x;
      }
      const build = builder(plan);
      const program = compiled(build, plan.inputs, at);
      program.program.load(examples);
      const mine = ask(program), right = eager(build, examples, at);
      const kinds = ({ loss, gradients }: Omit<Answer, "scale">) => [loss, ...gradients].map(kind);
      assertEquals(kinds(mine), kinds(right));
      if (kinds(right).some((k) => k !== "finite")) special++;
    }),
    { seed: 1970, numRuns: 300 },
  );
  assert(special > 50, `only ${special} graphs had any`);
});

Deno.test("a loss of one example in 2, 4 and 8 lanes is exact, whatever the size of the batch", () => {
  for (const precision of ["float64", "float32"] as const) {
    for (let n = 1; n <= 16; n++) {
      const build: Build = ([x], [w]) => ({ loss: x.mul(w), outputs: [] });
      const program = compiled(build, 1, [3], { precision });
      // The same number n times: the mean is that number, to the last bit where 1/n is exact.
      program.program.load(Array.from({ length: n }, () => [1.5]));
      const { loss, gradients } = ask(program);
      const epsilon = precision === "float64" ? 2 ** -50 : 2 ** -21;
      assert(Math.abs(loss - 4.5) < 9 * epsilon && Math.abs(gradients[0] - 1.5) < 3 * epsilon);
      if ((n & (n - 1)) === 0) assertEquals([loss, gradients[0]], [4.5, 1.5]);
    }
  }
});

Deno.test("an infinite example among padded lanes does not become NaN", () => {
  const build: Build = ([x], [w]) => ({ loss: x.mul(w), outputs: [] });
  const program = compiled(build, 1, [1]);
  for (const n of [1, 2, 3, 5]) {
    program.program.load(Array.from({ length: n }, (_, i) => [i === n - 1 ? Infinity : 1]));
    const { loss, gradients } = ask(program);
    assertEquals([loss, gradients[0]], [Infinity, Infinity]);
  }
});

Deno.test("a Value that became NaN is one in the next call, and not in the one after", () => {
  const build: Build = ([x], [w]) => ({ loss: x.mul(w).tanh(), outputs: [] });
  const program = compiled(build, 1, [2]);
  program.program.load([[.5], [1], [2]]);
  const before = ask(program);
  program.parameters[0].data = NaN;
  assert(Number.isNaN(ask(program).loss) && Number.isNaN(program.parameters[0].grad));
  program.parameters[0].data = 2;
  assertEquals(ask(program), before);
});
