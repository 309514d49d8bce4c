import { assertEquals, assertRejects, assertStringIncludes } from "../support/assert.ts";
import { measure } from "./measure.ts";
import { type Competitor, MissingError, Peer } from "./peer.ts";
import { competitors, languageCompetitors } from "./competitors.ts";
import { makeLanguageProblem } from "./language/problem.ts";
import { makeProblem } from "./problems.ts";

const W1 = makeProblem("W1");

function competitor(name: string, ...command: [string, ...string[]]): Competitor {
  return { name, precision: "float64", problems: ["W1"], command: () => Promise.resolve(command) };
}

/** A competitor that says what it is told to. */
function liar(name: string, ...answers: string[]): Competitor {
  const code = `const answers = ${JSON.stringify(answers)};
    for await (const _ of Deno.stdin.readable) console.log(answers.shift());`;
  return competitor(name, Deno.execPath(), "eval", code);
}

Deno.test("ours compute the same eager and compiled, and so do the closures", async () => {
  const names = ["chainrule eager", "chainrule compiled", "TypeScript closures"];
  const ours = competitors("python3").filter(({ name }) => names.includes(name));
  const results = await measure(W1, ours, 1, "wall");
  assertEquals(
    results.map(({ wrong, missing }) => wrong ?? missing ?? "right"),
    ours.map(() => "right"),
  );
});

Deno.test("a language model has the same losses eager, compiled, of closures and in C", async () => {
  const names = ["chainrule eager", "chainrule compiled", "TypeScript closures", "gcc -O3"];
  const some = languageCompetitors("python3").filter(({ name }) => names.includes(name));
  assertEquals(some.length, 6);
  const results = await measure(await makeLanguageProblem("G1"), some, 1, "wall");
  const present = results.filter(({ missing }) => missing !== "the command gcc");
  assertEquals(present.map(({ wrong, missing }) => wrong ?? missing), present.map(() => undefined));
});

Deno.test("a competitor that computes something else is called wrong and not timed", async () => {
  const ours = competitors("python3")[0];
  const wrong = liar("liar", '{"version": "1"}', JSON.stringify(Array(11).fill(1)));
  const results = await measure(W1, [ours, wrong], 1, "wall");
  const result = results.find(({ name }) => name === "liar")!;
  assertStringIncludes(result.wrong!, "after 10 steps its loss is 1, not 0.0735");
  assertEquals(result.microseconds, undefined);
});

Deno.test("what a competitor lacks is told: its own words, or the name of its command", async () => {
  const lacking = liar("lacking", '{"missing": "the package x"}');
  assertEquals(
    (await assertRejects(() => Peer.start(lacking, W1), MissingError)).message,
    "the package x",
  );
  const absent = competitor("absent", "no-such-command-anywhere");
  assertEquals(
    (await assertRejects(() => Peer.start(absent, W1), MissingError)).message,
    "the command no-such-command-anywhere",
  );
});

Deno.test("the last words of a competitor that fails are kept", async () => {
  const failing = competitor("failing", Deno.execPath(), "eval", "throw new Error('no luck')");
  const { message } = await assertRejects(() => Peer.start(failing, W1), Error);
  assertStringIncludes(message, "no luck");
});
