/**
 * Everybody who takes part, and how they are started.
 *
 * @module
 */
import { join } from "node:path";
import { buildC, definitionsOf, definitionsOfNames, numbersOf } from "./build_c.ts";
import { type LanguageProblem, languageProblemNames, numbersOfNames } from "./language/problem.ts";
import type { Competitor } from "./peer.ts";
import { problemNames } from "./problems.ts";

const folder = join(import.meta.dirname!, "peers");
const languageFolder = join(import.meta.dirname!, "language");
/** For engines that count every number as a node, the others would take minutes a round. */
const scalarProblems = ["W1", "W2"];
const precisions = ["float64", "float32"] as const;

/** All competitors, ours first; `python` is the interpreter of those in Python. */
export function competitors(python: string): Competitor[] {
  return [
    deno("chainrule eager", "float64", problemNames, "eager.ts"),
    ...precisions.flatMap((precision) => [
      deno("chainrule compiled", precision, problemNames, "compiled.ts", precision),
      deno("chainrule fused", precision, problemNames, "compiled.ts", precision, "fused"),
    ]),
    inPython(python, "Python source", "float64", scalarProblems, "python_source.py"),
    inPython(python, "micrograd", "float64", scalarProblems, "micrograd_peer.py"),
    deno("TypeScript closures", "float64", scalarProblems, "typescript_closures.ts"),
    deno("ScalarAutograd", "float64", scalarProblems, "scalar_autograd.ts"),
    ...["cpu", "wasm"].map((backend) =>
      deno(`TensorFlow.js ${backend}`, "float32", problemNames, "tfjs.ts", backend)
    ),
    ...precisions.flatMap((precision) => [
      inPython(python, "PyTorch eager", precision, problemNames, "torch_peer.py", precision),
      inPython(python, "JAX jit", precision, problemNames, "jax_peer.py", precision, "calls"),
      inPython(python, "JAX fori_loop", precision, problemNames, "jax_peer.py", precision, "loop"),
      inC("gcc -O3", precision, ["-O3"]),
      inC(native, precision, nativeFlags),
    ]),
  ];
}

/** Those who train the language model, ours first. */
export function languageCompetitors(python: string): Competitor<LanguageProblem>[] {
  const own = { folder: languageFolder, problems: languageProblemNames };
  // An engine of single numbers in Python takes seconds for a batch.
  const alone = { folder: languageFolder, problems: ["G1"] };
  return [
    started("chainrule eager", "float64", own, denoOn, "eager.ts"),
    ...precisions.flatMap((precision) => [
      started("chainrule compiled", precision, own, denoOn, "compiled.ts", precision),
      started("chainrule fused", precision, own, denoOn, "compiled.ts", precision, "fused"),
    ]),
    started("Python closures", "float64", alone, [python], "python_closures.py"),
    started("TypeScript closures", "float64", alone, denoOn, "typescript_closures.ts"),
    ...precisions.flatMap((precision) => [
      started("PyTorch eager", precision, own, [python], "torch_peer.py", precision),
      started("JAX jit", precision, own, [python], "jax_peer.py", precision),
      namesInC("gcc -O3", precision, ["-O3"]),
      namesInC(native, precision, nativeFlags),
    ]),
  ];
}

/** Graphs of so many nodes; see `peers/nodes.ts`. */
export function graphOf(size: number): Competitor {
  const command = [
    ...denoOn,
    "--v8-flags=--expose-gc",
    join(folder, "nodes.ts"),
    `${size}`,
  ] as const;
  return {
    name: `graph of ${size.toLocaleString("en-US")} nodes`,
    precision: "float64",
    problems: [],
    command: () => Promise.resolve(command),
  };
}

/** What runs a file of TypeScript. */
const denoOn = [Deno.execPath(), "run", "--quiet", "--no-lock", "--allow-all"] as const;
const native = "gcc -O3 native fast-math";
const nativeFlags = ["-O3", "-march=native", "-ffast-math"];

/** Where a competitor's files are, and which problems it takes part in. */
interface Place {
  readonly folder: string;
  readonly problems: readonly string[];
}

function started<P>(
  name: string,
  precision: Competitor["precision"],
  { folder, problems }: Place,
  [program, ...flags]: readonly [string, ...string[]],
  file: string,
  ...args: string[]
): Competitor<P> {
  const command = [program, ...flags, join(folder, file), ...args] as const;
  return { name, precision, problems, command: () => Promise.resolve(command) };
}

function deno(
  name: string,
  precision: Competitor["precision"],
  problems: readonly string[],
  file: string,
  ...args: string[]
): Competitor {
  return started(name, precision, { folder, problems }, denoOn, file, ...args);
}

function inPython(
  python: string,
  name: string,
  precision: Competitor["precision"],
  problems: readonly string[],
  file: string,
  ...args: string[]
): Competitor {
  return started(name, precision, { folder, problems }, [python], file, ...args);
}

function inC(name: string, precision: Competitor["precision"], flags: string[]): Competitor {
  const source = join(folder, "c_peer.c");
  return {
    name,
    precision,
    problems: problemNames,
    command: (problem) => buildC(source, problem.name, definitionsOf(problem, precision), flags),
    text: numbersOf,
  };
}

function namesInC(
  name: string,
  precision: Competitor["precision"],
  flags: string[],
): Competitor<LanguageProblem> {
  const source = join(languageFolder, "c_peer.c");
  return {
    name,
    precision,
    problems: languageProblemNames,
    command: (problem) =>
      buildC(source, problem.name, definitionsOfNames(problem, precision), flags),
    text: numbersOfNames,
  };
}
