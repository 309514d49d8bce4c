/**
 * The benchmark: whole training steps (forward, backward, update) of this
 * library and of others, on one thread.
 *
 *     deno task bench                      everything
 *     deno task bench W2 --rounds 15       parts of it: W1 W2 D1 D2 G1 G32
 *                                          compile nodes fit batches
 *     deno task bench W1 --only JAX        some of the competitors
 *     deno task bench --clock cpu          the processor's time, on a busy machine
 *     deno task bench --json               the numbers as JSON
 *     deno task bench --rounds 9 --save    into tests/bench/results and the README
 *
 * Every competitor is a process of its own, gets the same data and the same
 * initial parameters, and must arrive at the same losses before it is timed. They
 * take turns in rounds, and the medians of the rounds are compared. Who is not
 * there is skipped; for all of them one needs gcc and a Python that has PyTorch,
 * JAX and micrograd:
 *
 *     python3 -m venv DIR
 *     DIR/bin/pip install torch jax micrograd
 *     deno task bench --python DIR/bin/python
 *
 * The variable CHAINRULE_BENCH_PYTHON does the same as `--python`. Packages from
 * npm are fetched by Deno on the first use.
 *
 * @module
 */
import { batchCosts } from "./batch_cost.ts";
import { type CompileTime, compileTime } from "./compile_time.ts";
import { competitors, languageCompetitors } from "./competitors.ts";
import { fitOverheads } from "./fit_overhead.ts";
import {
  batchVerdicts,
  compileVerdicts,
  fitVerdicts,
  nodeVerdicts,
  speedVerdicts,
} from "./goals.ts";
import { thisMachine } from "./machine.ts";
import { measure, type Result } from "./measure.ts";
import { nodeCosts } from "./node_cost.ts";
import { readOptions } from "./options.ts";
import { languageProblemNames, makeLanguageProblem } from "./language/problem.ts";
import { makeProblem, problemNames } from "./problems.ts";
import { report } from "./report.ts";
import { save } from "./save.ts";
import { showHelp } from "../../notebooks/jupyter/task.ts";

if (await showHelp()) Deno.exit(0);

const options = readOptions(Deno.args, Deno.env.get("CHAINRULE_BENCH_PYTHON"));
const all = competitors(options.python);
const isAsked = (name: string) => name.startsWith("chainrule") || name.includes(options.only);
const compiled = all.find(({ name }) => name === "chainrule compiled")!;

const problems: Record<string, string> = {};
const results: Result[] = [];
for (const name of problemNames.filter((name) => options.parts.includes(name))) {
  const problem = makeProblem(name);
  problems[name] = problem.about;
  const taking = all.filter((one) => one.problems.includes(name) && isAsked(one.name));
  console.error(`${name}: ${taking.length} competitors`);
  results.push(...await measure(problem, taking, options.rounds, options.clock));
}

for (const name of languageProblemNames.filter((name) => options.parts.includes(name))) {
  const problem = await makeLanguageProblem(name);
  problems[name] = problem.about;
  const taking = languageCompetitors(options.python)
    .filter((one) => one.problems.includes(name) && isAsked(one.name));
  console.error(`${name}: ${taking.length} competitors`);
  results.push(...await measure(problem, taking, options.rounds, options.clock));
}

const compile: CompileTime[] = [];
if (options.parts.includes("compile")) {
  console.error("compile");
  for (const name of problemNames) {
    compile.push(await compileTime(makeProblem(name), compiled, options.rounds));
  }
}

if (options.parts.includes("nodes")) console.error("nodes");
const nodes = options.parts.includes("nodes") ? await nodeCosts(options.rounds, options.clock) : [];

if (options.parts.includes("fit")) console.error("fit");
const fits = options.parts.includes("fit") ? fitOverheads(options.rounds, options.clock) : [];

if (options.parts.includes("batches")) console.error("batches");
const batches = options.parts.includes("batches")
  ? await batchCosts(options.rounds, options.clock)
  : [];

const measurements = {
  command: `deno task bench --rounds ${options.rounds} --clock ${options.clock}`,
  machine: await thisMachine(),
  rounds: options.rounds,
  clock: options.clock,
  problems,
  results,
  compile,
  nodes,
  fits,
  batches,
  goals: [
    ...speedVerdicts(results),
    ...compileVerdicts(compile),
    ...nodeVerdicts(nodes),
    ...fitVerdicts(fits),
    ...batchVerdicts(batches),
  ],
};
console.log(options.json ? JSON.stringify(measurements, null, 2) : `\n${report(measurements)}`);
if (options.save) console.error(`\nStored in ${await save(measurements)} and in the README`);
