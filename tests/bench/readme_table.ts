/**
 * The measurements as the README has them.
 *
 * @module
 */
import type { Result } from "./measure.ts";
import { brief } from "./statistics.ts";

const columns = ["W1", "W2", "D1", "D2"];

/** What a row of the table shows: `{}` in its words is the competitor's version. */
interface Row {
  readonly words: string;
  readonly name: string;
  readonly precision: Result["precision"];
}

const rows: readonly Row[] = [
  row("a class as in tutorials, {}", "Python source"),
  row("{}", "micrograd"),
  row("the same with closures in TypeScript", "TypeScript closures"),
  row("{} (WebAssembly, float32)", "TensorFlow.js wasm", "float32"),
  row("{}, eager", "PyTorch eager"),
  row("{}, eager, float32", "PyTorch eager", "float32"),
  row("{}, one `jit` call a step", "JAX jit"),
  row("{}, inside `fori_loop`", "JAX fori_loop"),
  row("C, {} `-O3`", "gcc -O3"),
  row("C, {} `-O3 -march=native -ffast-math`", "gcc -O3 native fast-math"),
  row("**chainrule**, eager", "chainrule eager"),
  row("**chainrule**, compiled", "chainrule compiled"),
  row("**chainrule**, compiled, products fused with sums", "chainrule fused"),
  row("**chainrule**, compiled, float32", "chainrule compiled", "float32"),
];

function row(words: string, name: string, precision: Row["precision"] = "float64"): Row {
  return { words, name, precision };
}

/** The cells of the table, its head first: microseconds a step, empty where nothing was measured. */
export function readmeTable(results: readonly Result[]): string[][] {
  const body = rows.flatMap(({ words, name, precision }) => {
    const own = results.filter((result) => result.name === name && result.precision === precision);
    const version = own.find(({ version }) => version)?.version;
    if (version === undefined) return [];
    const times = columns.map((column) =>
      own.find(({ problem }) => problem === column)?.microseconds
    );
    const isOurs = name === "chainrule compiled" && precision === "float64";
    const cells = times.map((time) => time === undefined ? "" : brief(time))
      .map((text) => isOurs && text ? `**${text}**` : text);
    return [[words.replace("{}", shortened(version)), ...cells]];
  });
  return [["", ...columns], ...body];
}

/** `PyTorch 2.15.0+cpu` as PyTorch 2.15, `gcc 12.2.0` as gcc 12, and of two names the first. */
function shortened(version: string): string {
  const [name, number = ""] = version.split(",")[0].split(" ");
  const places = name === "gcc" ? 1 : 2;
  return `${name} ${number.split(".").slice(0, places).join(".")}`.trim();
}

const line = /^\|.*\|$/;

/** The lines of the README from its table of times on to the line after it. */
function place(lines: readonly string[]): [from: number, to: number] {
  const from = lines.findIndex((text) => line.test(text) && cellsOf(text)[1] === columns[0]);
  if (from < 0) throw new Error(`the README has no table with the column ${columns[0]}`);
  const length = lines.slice(from).findIndex((text) => !line.test(text));
  return [from, from + length];
}

/** The cells of the table of times in the README, its head first. */
export function tableIn(readme: string): string[][] {
  const lines = readme.split("\n");
  const [head, _rule, ...body] = lines.slice(...place(lines));
  return [head, ...body].map(cellsOf);
}

/** The README with another table of times, to be formatted. */
export function withTable(readme: string, table: readonly string[][]): string {
  const lines = readme.split("\n");
  const [from, to] = place(lines);
  const [head, ...body] = table.map((cells) => `| ${cells.join(" | ")} |`);
  const rule = `| --- |${" ---: |".repeat(columns.length)}`;
  return [...lines.slice(0, from), head, rule, ...body, ...lines.slice(to)].join("\n");
}

function cellsOf(text: string): string[] {
  return text.slice(1, -1).split("|").map((cell) => cell.trim());
}
