/**
 * Everybody who takes part, and how they are started.
 *
 * @module
 */
import { join } from "node:path";
import { buildC, numbersOf } from "./build_c.ts";
import type { Competitor } from "./peer.ts";
import { problemNames } from "./problems.ts";

const folder = join(import.meta.dirname!, "peers");
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
      inC("gcc -O3 native fast-math", precision, ["-O3", "-march=native", "-ffast-math"]),
    ]),
  ];
}

/** Graphs of so many nodes; see `peers/nodes.ts`. */
export function graphOf(size: number): Competitor {
  const flags = ["run", "--quiet", "--no-lock", "--allow-all", "--v8-flags=--expose-gc"];
  const command = [Deno.execPath(), ...flags, join(folder, "nodes.ts"), `${size}`] as const;
  return {
    name: `graph of ${size.toLocaleString("en-US")} nodes`,
    precision: "float64",
    problems: [],
    command: () => Promise.resolve(command),
  };
}

function deno(
  name: string,
  precision: Competitor["precision"],
  problems: readonly string[],
  file: string,
  ...args: string[]
): Competitor {
  const flags = ["run", "--quiet", "--no-lock", "--allow-all"];
  const command = [Deno.execPath(), ...flags, join(folder, file), ...args] as const;
  return { name, precision, problems, command: () => Promise.resolve(command) };
}

function inPython(
  python: string,
  name: string,
  precision: Competitor["precision"],
  problems: readonly string[],
  file: string,
  ...args: string[]
): Competitor {
  const command = [python, join(folder, file), ...args] as const;
  return { name, precision, problems, command: () => Promise.resolve(command) };
}

function inC(name: string, precision: Competitor["precision"], flags: string[]): Competitor {
  return {
    name,
    precision,
    problems: problemNames,
    command: (problem) => buildC(join(folder, "c_peer.c"), problem, precision, flags),
    text: numbersOf,
  };
}
