import { assert, assertEquals, assertStringIncludes } from "../support/assert.ts";
import { batchVerdicts, compileVerdicts, nodeVerdicts, speedVerdicts } from "./goals.ts";
import { type Result, whatIsWrong } from "./measure.ts";
import { resultTable } from "./report.ts";

const timed = (name: string, microseconds: number): Result => ({
  problem: "W2",
  name,
  precision: "float64",
  version: "1",
  microseconds,
  fastest: microseconds,
  spread: .02,
});
const results: Result[] = [
  timed("chainrule eager", 1000),
  timed("chainrule compiled", 20),
  timed("JAX fori_loop", 25),
  timed("gcc -O3", 15),
  timed("TypeScript closures", 5000),
  { problem: "W2", name: "ScalarAutograd", precision: "float64", missing: "the package x" },
  { problem: "W2", name: "micrograd", precision: "float64", wrong: "its loss is 1, not 2" },
];

Deno.test("a goal is reached, missed or open, by the times of the same problem and precision", () => {
  const verdicts = speedVerdicts(results);
  const reached = (text: string) => verdicts.find(({ goal }) => goal.includes(text))?.reached;
  assertEquals(reached("W2 compiled: at most 1.05 times the time of JAX fori_loop"), true);
  assertEquals(reached("fast as gcc -O3"), false);
  assertEquals(reached("5 times as fast as TypeScript closures"), true);
  assertEquals(reached("native fast-math"), null);
  assert(verdicts.every(({ goal }) => goal.startsWith("W2")), "others were not measured");
});

Deno.test("a float32 goal is not decided by times of float64", () => {
  const native = [
    timed("chainrule fused", 1),
    { ...timed("gcc -O3 native fast-math", 1), precision: "float32" as const },
  ];
  const verdict = speedVerdicts(native).find(({ goal }) => goal.includes("float32"));
  assertEquals(verdict?.reached, null);
});

Deno.test("compiling has a limit for each problem, and a node's cost a ratio", () => {
  const compile = [
    { problem: "W2", first: 14, later: 5 },
    { problem: "D2", first: 1001, later: 5 },
  ];
  assertEquals(compileVerdicts(compile).map(({ reached }) => reached), [true, false]);
  const costs = (...nanoseconds: number[]) =>
    nanoseconds.map((x) => ({ nodes: 1, nanoseconds: x, bytes: 1 }));
  assertEquals(nodeVerdicts(costs(100, 200))[0].reached, true);
  assertEquals(nodeVerdicts(costs(201, 120, 100))[0].reached, false);
});

Deno.test("one example may cost half of four", () => {
  const cost = { problem: "D1", precision: "float32", one: 2, four: 4 } as const;
  const verdicts = batchVerdicts([.5, .51].map((ratio) => ({ ...cost, ratio })));
  assertEquals(verdicts.map(({ reached }) => reached), [true, false]);
  assertStringIncludes(verdicts[0].goal, "D1 float32: a step with one example");
});

Deno.test("the table has the fastest first, and tells in words who was not timed", () => {
  const lines = resultTable("W2: moons", results).split("\n");
  assertEquals(lines[0], "W2: moons");
  assert(/gcc -O3 .* 15 +0\.75 /.test(lines[2]), lines[2]);
  assert(/chainrule compiled .* 20 +1 /.test(lines[3]), lines[3]);
  assertStringIncludes(lines.join("\n"), "skipped: ScalarAutograd (float64) lacks the package x");
  assertStringIncludes(
    lines.join("\n"),
    "wrong, not timed: micrograd (float64): its loss is 1, not 2",
  );
});

Deno.test("a competitor with other losses is wrong, and one with NaN or too few as well", () => {
  const expected = [3, 2, 1];
  assertEquals(whatIsWrong(expected, [3, 2, 1 + 1e-10], 1e-9), null);
  assertStringIncludes(whatIsWrong(expected, [3, 2, 1.5], 1e-9)!, "its loss is 1.5, not 1");
  for (const losses of [[3, 2, NaN], [3, 2], []]) {
    assert(whatIsWrong(expected, losses, 1e-9) !== null, `${losses}`);
  }
});
