import { basename } from "node:path";
import { check, type ExerciseId, todo } from "../../../notebooks/exercises/mod.ts";
import { type Exercise, exercise, tryAnswer } from "../../../notebooks/exercises/exercise.ts";
import { exercises } from "../../../notebooks/exercises/exercises.ts";
import { plain } from "../../../notebooks/jupyter/compare.ts";
import { findNotebooks, readNotebook } from "../../../notebooks/jupyter/notebooks.ts";
import { Value } from "../../../mod.ts";
import { assert, assertEquals, assertMatch, assertThrows } from "../../support/assert.ts";
import { mistakes as chainRule } from "./01_the_chain_rule.ts";
import { mistakes as backpropagation } from "./02_backpropagation.ts";
import { mistakes as neuralNetwork } from "./03_a_neural_network.ts";
import { mistakes as library } from "./04_the_library.ts";
import { mistakes as twoMoons } from "./05_two_moons.ts";
import { mistakes as optimizers } from "./06_optimizers.ts";
import { mistakes as initialisation } from "./07_initialisation.ts";
import { mistakes as digits } from "./08_digits.ts";
import { mistakes as compiling } from "./09_compile.ts";
import { mistakes as languageModel } from "./10_a_language_model.ts";

const mistakes = {
  ...chainRule,
  ...backpropagation,
  ...neuralNetwork,
  ...library,
  ...twoMoons,
  ...optimizers,
  ...initialisation,
  ...digits,
  ...compiling,
  ...languageModel,
};
const ids = Object.keys(exercises) as ExerciseId[];

/** The code cells of a notebook that check an exercise: its number and the cell. */
async function checkCells(path: string) {
  const { cells } = await readNotebook(path);
  return cells.filter(({ cell_type }) => cell_type === "code").flatMap((cell) => {
    const source = plain(cell.source);
    const texts = (cell.outputs ?? []).map(({ data }) => plain(data?.["text/plain"]));
    return [...source.matchAll(/^check\("(\d+\.\d+)"/gm)].map(([, id]) => ({
      id,
      source,
      says: texts.at(-1) ?? "",
    }));
  });
}

const all = await findNotebooks();
const isSolutions = (path: string) => basename(path) === "solutions.ipynb";
const asked = (await Promise.all(
  all.filter((path) => !isSolutions(path)).map(async (path) => ({
    number: String(parseInt(basename(path))),
    cells: await checkCells(path),
  })),
)).filter(({ number }) => number !== "NaN");
const solved = await checkCells(all.find(isSolutions)!);

Deno.test("every notebook has exercises, numbered in reading order, and every exercise is asked", () => {
  assert(asked.length >= 9);
  for (const { number, cells } of asked) {
    const expected = ids.filter((id) => id.startsWith(`${number}.`));
    assert(expected.length >= 2, `notebook ${number} has ${expected.length} exercises`);
    assertEquals(cells.map(({ id }) => id), expected);
  }
});

Deno.test("no exercise comes solved: each says that it is unanswered, or shows a bug to find", () => {
  for (const { id, says } of asked.flatMap(({ cells }) => cells)) {
    assertMatch(says, new RegExp(`^[○✗] Exercise ${id.replace(".", "\\.")}, `));
  }
});

Deno.test("code that comes with a bug gets no hint as it came, but gets one the next time", () => {
  const bugs = ids.filter((id) => exercises[id].bug !== undefined);
  assert(bugs.length >= 8, `${bugs.length} bugs to find`);
  const came = asked.flatMap(({ cells }) => cells).filter(({ says }) => says.startsWith("✗"));
  assertEquals(came.map(({ id }) => id), bugs);
  for (const { id, says } of came) {
    assertMatch(
      says,
      /\nThere is a bug in the code: find it, fix it, and run the cell again\.$/,
      id,
    );
  }
  const judge = (scores: number[], labels: number[]) =>
    scores.filter((score, i) => score * labels[i] >= 1).length / scores.length;
  const verdicts = [1, 2].map(() => check("5.2", judge).lines[2]);
  assertMatch(verdicts.join("\n"), /^There is a bug in the code: .*\nHint: /);
});

Deno.test("the notebook of solutions solves every exercise", () => {
  assertEquals(solved.map(({ id }) => id), ids);
  for (const { id, says } of solved) assertMatch(says, /^✓ /, `${id}: ${says}`);
});

for (const id of ids) {
  Deno.test(`exercise ${id} finds its usual mistakes, and gives hints but no answer`, () => {
    const wrong = mistakes[id] ?? [];
    assert(wrong.length >= 2, `exercise ${id} has ${wrong.length} mistakes to find`);
    const solution = solved.find((cell) => cell.id === id)!.source;
    for (const answer of wrong as never[]) {
      const verdict = check(id, answer);
      assertEquals(verdict.state, "wrong", `${id} takes ${String(answer)} for right`);
      const [, miss, hint] = verdict.lines;
      assertMatch(miss, /^`.+` gives `[^]+`, expected: `[^]+`$/);
      assertMatch(hint, /^Hint: .{15,}|^There is a bug in the code: /);
      for (const line of solution.split("\n").map((line) => line.trim())) {
        const telling = line.length > 20 && !line.startsWith("//") && !line.startsWith("check(");
        assert(!telling || !verdict.toString().includes(line), `${id} tells the answer: ${line}`);
      }
    }
  });
}

/** An answer that writes down what it is asked, and then spoils its arguments if told to. */
function witness(seen: string[], spoil: boolean) {
  return (...args: unknown[]) => {
    seen.push(JSON.stringify(args));
    for (const list of spoil ? args.filter(Array.isArray) : []) list.reverse().pop();
  };
}

for (const id of ids) {
  Deno.test(`exercise ${id} asks the same again, whatever an answer did to its arguments`, () => {
    const [before, meanwhile, after]: string[][] = [[], [], []];
    for (const [seen, spoil] of [[before, false], [meanwhile, true], [after, false]] as const) {
      const parts = exercises[id] as unknown as Exercise<ReturnType<typeof witness>>;
      const { trials } = parts;
      // Where the answer is a class, or its result is called, there is nothing to spoil.
      for (const { got } of trials(witness(seen, spoil))) {
        try {
          got();
        } catch (error) {
          if (!(error instanceof TypeError)) throw error;
        }
      }
    }
    assertEquals(after, before);
  });
}

const twice: Exercise<(x: number) => number> = exercise({
  title: "twice",
  trials: (answer) => [
    { asked: "twice(2)", got: () => answer(2), expected: 4 },
    { asked: "twice(0.1)", got: () => answer(0.1), expected: 0.2, hint: "a hint for this one" },
    { asked: "a list", got: () => [answer(1), answer(3)], expected: [2, 6] },
  ],
  hints: ["first", "second"],
  solved: "done",
});

Deno.test("an answer is right only if all trials agree, up to rounding", () => {
  assertEquals(tryAnswer(twice, (x) => 2 * x * (1 + 1e-12)), null);
  assertEquals(tryAnswer(twice, (x) => x * x), {
    asked: "twice(0.1)",
    got: "0.01",
    expected: "0.2",
    hint: "a hint for this one",
  });
  assertEquals(tryAnswer(twice, (x) => x === 3 ? 7 : 2 * x), {
    asked: "a list",
    got: "[2, 7]",
    expected: "[2, 6]",
    hint: undefined,
  });
  assertEquals(tryAnswer(twice, (x) => 2 * x * (1 + 2e-8)), {
    asked: "twice(2)",
    got: "4.00000008",
    expected: "4",
    hint: undefined,
  });
  const none = tryAnswer(twice, () => NaN);
  assert(none !== null && none !== "unanswered");
  assertEquals([none.asked, none.got, none.expected], ["twice(2)", "NaN", "4"]);
  assertMatch(`${none.hint}`, /^NaN comes of arithmetic with something that is no number/);
});

Deno.test("an error in an answer is reported, and what is not filled in is no error", () => {
  const thrown = tryAnswer(twice, () => {
    throw new TypeError("x is not a list");
  });
  assert(thrown !== null && thrown !== "unanswered");
  assertEquals(thrown.got, "TypeError: x is not a list");
  assertEquals(tryAnswer(twice, () => todo()), "unanswered");
  assertEquals(check("1.1", () => todo()).state, "unanswered");
});

Deno.test("code that does not say what it means gets that for a hint, and uses none up", () => {
  const hint = (answer: (x: number) => unknown) => {
    const { lines } = check("1.2", answer as never);
    return lines.at(-1)!;
  };
  assertMatch(hint(() => undefined), /^Hint: Nothing came back: .*`return`/);
  assertMatch(hint(() => "6"), /^Hint: A number is asked for/);
  assertMatch(hint(() => new Value(6)), /^Hint: A plain number is asked for: the `data`/);
  assertMatch(
    hint(() => {
      throw new TypeError("x is not a list");
    }),
    /^Hint: Your code stopped with this error/,
  );
  const sorted = tryAnswer(
    exercise<() => unknown>({
      ...twice,
      trials: (answer) => [{ asked: "all()", got: answer, expected: [1, 2] }],
    }),
    () => new Set([1, 2]),
  );
  assert(sorted !== null && sorted !== "unanswered" && sorted.slip);
});

Deno.test("the hints come one after the other, and the last one stays", () => {
  const slope = (x: number) => 6 * x - 3;
  const hints = [1, 2, 3, 4].map(() => check("1.1", slope).lines.at(-1));
  assertEquals(hints[3], `Hint: ${exercises["1.1"].hints.at(-1)}`);
  assertEquals(hints[2], hints[3]);
});

Deno.test("an exercise that does not exist is named", () => {
  const unknown = "0.7" as ExerciseId;
  assertThrows(() => check(unknown, undefined as never), RangeError, 'got "0.7"');
});
