import { type AnswerTo, check, type ExerciseId } from "../../../notebooks/exercises/mod.ts";
import { exercise, tryAnswer } from "../../../notebooks/exercises/exercise.ts";
import { hintIfClose } from "../../../notebooks/exercises/slips.ts";
import { assert, assertEquals, assertMatch } from "../../support/assert.ts";
import { exp, Value } from "./02_backpropagation.ts";

type Curve = (x: number) => number;

/** The slope by a nudge, as notebook 1 computes it. */
const nudge = (f: Curve, x: number, h = 1e-7) => (f(x + h) - f(x)) / h;

const both = (slope: AnswerTo<"1.2">) => slope;
const gradient = (gradient: AnswerTo<"1.4">) => gradient;
const neuron = (gradient: AnswerTo<"3.1">) => gradient;
const output = (w: number[], b: number, x: number[]) =>
  Math.tanh(w.reduce((sum, wi, i) => sum + wi * x[i], b));

/** A usual slip, by the number of the exercise, and the hint that names it. */
const named: [ExerciseId, unknown, RegExp][] = [
  ["1.1", (x: number) => 2 * x - 4, /factor stays in front/],
  ["1.1", (x: number) => 3 * x - 4, /The 3 is there/],
  ["1.1", (x: number) => nudge((x) => 3 * x ** 2 - 4 * x + 5, x), /close, as a nudge is/],
  ["1.2", both((f, x, h) => (f(x + h) - f(x)) / h), /line to one side/],
  ["1.2", both((f, x, h) => (f(x) - f(x - h)) / h), /line to one side/],
  ["1.2", both((f, x, h) => (f(x + h) - f(x - h)) / h), /How far apart/],
  ["1.2", both((f, x, h) => (f(x + h) - f(x - h)) / 2), /How far apart/],
  ["1.2", both((f, x, h) => (f(x + h) - f(x - h)) / 2 * h), /around all of the divisor/],
  ["1.2", both((f, x, h) => f(x + h) - f(x - h) / (2 * h)), /around the difference/],
  ["1.2", both((f, x, h) => (f(x - h) - f(x + h)) / (2 * h)), /the right minus .* the left/],
  ["1.2", both((f, x, h) => (f(x + h / 2) - f(x - h / 2)) / h), /You go h\/2 to each side/],
  ["1.2", both((f, x) => (f(x + 1e-6) - f(x - 1e-6)) / 2e-6), /Do you use the h/],
  ["1.2", both((f, x) => nudge(f, x)), /Do you use the h that you are given/],
  ["1.3", (w: number) => 2 * (3 * w + 1), /slope of the line/],
  ["1.3", (w: number) => 2 * w * (3 * w + 1), /you took its value/],
  ["1.3", (w: number) => 2 * (3 * w + 1) + 3, /they multiply/],
  ["1.3", (w: number) => 6 * w, /taken at the inner value/],
  ["1.3", (w: number) => nudge((w) => (3 * w + 1) ** 2, w), /close, as a nudge is/],
  ["1.4", gradient((a, b, c, d) => [b + c * d, a, a * c, a * d]), /which operand .* by c\?/],
  ["1.4", gradient((_a, b, c, d) => [b + c * d, _a, d, c]), /Two products lie/],
  [
    "3.1",
    neuron((w, b, x) => [1, ...x].map((xi) => (1 - output(w, b, x) ** 2) * xi)),
    /bias .* last/,
  ],
  [
    "3.1",
    neuron((w, b, x) => [...x, 1].map((xi) => output(w, b, x) * xi)),
    /how steep is the tanh/,
  ],
  ["3.1", neuron((w, b) => [...w, 1 + b]), /the other one/],
  [
    "3.1",
    neuron((w, b, x) => [
      ...w.map((wi, i) => nudge((t) => output(w.with(i, t), b, x), wi)),
      nudge((t) => output(w, t, x), b),
    ]),
    /close, as a nudge is/,
  ],
  ["3.2", (nin: number, nouts: number[]) => nouts.reduce((n, m) => n + nin * m, 0), /besides/],
];

for (const [id, answer, pattern] of named) {
  Deno.test(`exercise ${id} names the slip in ${String(answer).replace(/\s+/g, " ")}`, () => {
    const verdict = check(id, answer as never);
    assertEquals(verdict.state, "wrong");
    assertMatch(verdict.lines[2], pattern);
  });
}

Deno.test("exercise 2.4 takes an exp that counts e among its operands", () => {
  const answer = exp((x, out) => x.grad += out.data * out.grad, (x) => [new Value(Math.E), x]);
  assertEquals(check("2.4", answer).state, "right");
});

Deno.test("a hint for a near miss is given within a ten-thousandth, and to numbers only", () => {
  assert(hintIfClose(20.001, 20));
  assert(hintIfClose([1e-5, 2], [0, 2]));
  for (const far of [20.01, "20", undefined, NaN, [20, 20], []]) {
    assertEquals(hintIfClose(far, 20), undefined);
  }
  assertEquals(hintIfClose([1, 2.1], [1, 2]), undefined);
});

Deno.test("a hint may depend on what the answer gave", () => {
  const three = (got: unknown) => got === 3 ? "for a three" : undefined;
  const parts = exercise<number>({
    title: "two",
    trials: (x) => [{ asked: "x", got: () => x, expected: 2, hint: three }],
    hints: ["the exercise's own"],
    solved: "done",
  });
  const hintOn = (x: number) => {
    const miss = tryAnswer(parts, x);
    assert(miss !== null && miss !== "unanswered");
    return miss.hint;
  };
  assertEquals([hintOn(3), hintOn(4)], ["for a three", undefined]);
});
