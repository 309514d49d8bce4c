import { topologicalOrder } from "../backward.ts";
import { sum } from "../list_operations.ts";
import { type World, worldOf } from "../rules.ts";
import { counted } from "../show/text.ts";
import type { Value } from "../value.ts";
import type { LaneType } from "./code/code.ts";
import { type Segment, withData } from "./code/wasm.ts";
import {
  generate,
  type Generated,
  type GenerateOptions,
  type More,
  nothing,
  partsAlone,
  paysAlone,
} from "./kernels/generate.ts";
import { align } from "./plan/memory.ts";
import type { Plan } from "./plan/plan.ts";
import { start } from "./standalone_page.js";
import type { Updater } from "./training.ts";
import {
  type Course,
  updateCode,
  type UpdateMemory,
  updateMemory,
  type UpdateRule,
} from "./update.ts";

/**
 * A program that runs without this library: the contents of its three files,
 * which belong into one folder.
 *
 * @category Compiling
 *
 * @example
 * ```ts
 * import { compile, type Standalone, Value } from "chainrule";
 * import { deepEqual, match } from "node:assert/strict";
 *
 * const [x, w] = [1, 3].map((data) => new Value(data));
 * const y = w.mul(x);
 * const program = compile(y, { inputs: [x], parameters: [w], outputs: [y] });
 * const files: Standalone = program.standalone({ name: "triple" });
 * match(files.js, /new URL\("\.\/triple.wasm", import.meta.url\)/);
 * deepEqual(WebAssembly.validate(files.wasm), true);
 * ```
 */
export interface Standalone {
  /** `model.wasm`: a module of WebAssembly with the code and the parameters. */
  readonly wasm: Uint8Array<ArrayBuffer>;
  /** `model.js`: a module of JavaScript that loads and runs it. */
  readonly js: string;
  /** `model.d.ts`: the types of that. */
  readonly types: string;
}

/** What is written down. */
export interface Source {
  readonly plan: Plan;
  /** What is put out. */
  readonly outputs: readonly Value[];
  readonly type: LaneType;
  readonly isFused: boolean;
}

/** How a program trains that was written down. */
interface Trainer {
  readonly rule: UpdateRule;
  readonly course: Course;
}

/**
 * Writes a program down.
 *
 * @param name what its files are called.
 * @param optimizer what it trains with, if it is to train.
 * @throws {Error} if the optimizer's steps are not a formula that can be written down.
 */
export function standalone(source: Source, name: string, optimizer?: Updater): Standalone {
  const { plan, type, isFused } = source;
  const trainer = optimizer && trainerOf(plan, optimizer);
  const options: GenerateOptions = { type, isFused, threads: 1 };
  let update: UpdateMemory | undefined;
  const made = generate(plan, options, 0, (memory, from) => {
    const more = paysAlone(plan) ? aloneIn(plan, options, from) : nothing(memory, from);
    if (trainer === undefined) return more;
    const { length } = plan.parameters;
    let { end } = more;
    update = updateMemory(trainer.rule, length, memory, (bytes) => {
      const at = end;
      end += align(bytes);
      return at;
    });
    const code = updateCode(trainer.rule, length, memory, update);
    return {
      ...more,
      functions: [...more.functions, code],
      exports: { ...more.exports, update: code },
      end,
    };
  });
  const state = trainer?.rule.state.map((numbers, k) => ({ at: update!.state[k], numbers })) ?? [];
  const sizes = {
    inputs: plan.inputs.length,
    asked: asked(source),
    outputs: plan.outputs.length,
    answers: source.outputs.length,
    parameters: plan.parameters.length,
    isSingle: type === "f32",
    lossAt: made.memory.loss,
    end: made.end,
  };
  const training = trainer && { ...trainer.course, sharedAt: update!.shared };
  return {
    wasm: withData(made.bytes, segments(plan, made, state)),
    js: javascript(sizes, name, training),
    types: declarations(sizes, name, training !== undefined),
  };
}

/** The code for one example alone as a part of a module. */
function aloneIn(plan: Plan, options: GenerateOptions, from: number): More {
  const { functions, exports, tables, end } = partsAlone(plan, options, from);
  const { step: stepOne, evaluate: evaluateOne } = exports;
  return { functions, exports: { stepOne, evaluateOne }, tables, end };
}

/** The sizes of a program, and where in memory it keeps what. */
interface Sizes {
  readonly inputs: number;
  /** How many of the inputs an answer needs: those up to the last that is part of an output. */
  readonly asked: number;
  readonly outputs: number;
  readonly answers: number;
  readonly parameters: number;
  readonly isSingle: boolean;
  readonly lossAt: number;
  readonly end: number;
}

function asked({ plan, outputs }: Source): number {
  const needed = new Set(topologicalOrder(sum(outputs)));
  return 1 + plan.inputs.findLastIndex((input) => needed.has(input));
}

function trainerOf(plan: Plan, optimizer: Updater): Trainer {
  const { parameters, rule } = optimizer;
  const isSame = parameters.length === plan.parameters.length &&
    parameters.every((p, i) => p === plan.parameters[i]);
  if (!isSame) {
    throw new RangeError(
      "Program.standalone: optimizer.parameters must be the program's, in the same order, " +
        `got ${parameters.length} of ${plan.parameters.length} or in another order`,
    );
  }
  const course = rule?.course?.();
  if (rule && course) return { rule, course };
  throw new Error(
    "Program.standalone: the optimizer's steps must be a formula that can be written down, " +
      `as those of SGD and Adam are, got ${optimizer}`,
  );
}

/** What is in memory at first: parameters, constants, tables, what the optimizer remembers. */
function segments(
  { parameters, constants }: Plan,
  { memory, tables }: Generated,
  state: readonly { at: number; numbers: Float64Array }[],
): Segment[] {
  const Floats = memory.type === "f64" ? Float64Array : Float32Array;
  const bytesOf = ({ buffer }: { buffer: ArrayBufferLike }) => new Uint8Array(buffer);
  const scalars = [...parameters.map(({ data }) => data), ...constants];
  return [
    { at: memory.values.scalar, bytes: bytesOf(Floats.from(scalars)) },
    ...tables.map(({ at, offsets }) => ({ at, bytes: bytesOf(offsets.slice()) })),
    ...state.filter(({ numbers }) => numbers.some((x) => x !== 0))
      .map(({ at, numbers }) => ({ at, bytes: bytesOf(Floats.from(numbers)) })),
  ];
}

/** Formulas as JavaScript. */
const script: World<string> = {
  ...worldOf<string>(
    String,
    () => NaN,
    (op) => (x) => {
      if (op === "neg") return `(-${x})`;
      if (op === "sqrt" || op === "abs") return `Math.${op}(${x})`;
      throw new Error(`Program.standalone: the optimizer's course has ${op}, which has no text`);
    },
    (op) => (a, b) => {
      const signs: Record<string, string> = { add: "+", sub: "-", mul: "*", div: "/", pow: "**" };
      if (op in signs) return `(${a} ${signs[op]} ${b})`;
      throw new Error(`Program.standalone: the optimizer's course has ${op}, which has no text`);
    },
  ),
  order: (a, b, less, equal, greater) =>
    `(${a} < ${b} ? ${less()} : ${a} > ${b} ? ${greater()} : ${equal()})`,
};

/** What is written down of a training. */
type Training = Course & {
  /** Where in memory the numbers of a step are. */
  readonly sharedAt: number;
};

function course({ lr, steps, sharedAt, shared }: Training): string {
  return `{
    lr: ${lr},
    steps: ${steps}, // so many there were
    shared: (lr, step) => [${shared(script, "lr", "step").join(", ")}],
    sharedAt: ${sharedAt},
  }`;
}

function title({ asked, answers, parameters, isSingle }: Sizes): string {
  const precision = isSingle ? "single" : "double";
  return `${counted(asked, "input")}, ${counted(answers, "output")}, ` +
    `${counted(parameters, "parameter")}, ${precision} precision; made by chainrule`;
}

function javascript(
  sizes: Sizes,
  name: string,
  training: Training | undefined,
): string {
  const { inputs, asked, outputs, answers, parameters, isSingle, lossAt, end } = sizes;
  const file = encodeURIComponent(name);
  return `// @ts-self-types="./${file}.d.ts"
// ${title(sizes)}.
//
//   import { load } from "./${name}.js";
//   const model = await load();
//   model.predict([[…], …]) // for each row of ${asked} numbers a row of ${answers}
//   model.loss([[…], …]) // the mean loss of rows of ${inputs} numbers
${training ? "//   model.step([[…], …]) // the same, and one step of training\n" : ""}//
// It runs in Node from 20.16, in Deno, in Bun and in browsers. The code and the parameters are in
// ${name}.wasm, which lies in the same folder.

const layout = {
  inputs: ${inputs}, // numbers in a row
  asked: ${asked}, // of which an answer needs so many, the first ones
  outputs: ${outputs}, // what comes out for each row
  answers: ${answers}, // of which so many are the answer; the others are losses
  parameters: ${parameters}, // at the beginning of the memory
  isSingle: ${isSingle}, // whether numbers are of single precision
  lossAt: ${lossAt}, // where the mean loss is, in bytes
  end: ${end}, // where the memory for examples begins
  training: ${training === undefined ? "null" : course(training)},
};

/** Loads ${name}.wasm from beside this file or from a URL, or takes its bytes. */
export async function load(wasm = new URL("./${file}.wasm", import.meta.url)) {
  const memory = new WebAssembly.Memory({ initial: ${Math.ceil(end / 65536)} });
  const bytes = wasm instanceof URL ? await read(wasm) : wasm;
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory }, Math });
  return start(memory, instance.exports, layout);
}

async function read(url) {
  if (url.protocol === "file:") return process.getBuiltinModule("node:fs").readFileSync(url);
  const response = await fetch(url);
  if (!response.ok) throw new Error(\`\${url}: \${response.status} \${response.statusText}\`);
  return await response.arrayBuffer();
}

const start = ${start};
`;
}

function declarations(sizes: Sizes, name: string, trains: boolean): string {
  const { inputs, asked, answers, isSingle } = sizes;
  const rows = "rows: readonly ArrayLike<number>[]";
  const training = `
  /** The learning rate, which may be changed between steps. */
  lr: number;
  /** One step of training on rows of ${inputs} numbers: their mean loss before it; NaN moves nothing. */
  step(${rows}): number;`;
  return `// ${title(sizes)}.

/** The program at work. */
export interface Model {
  /** For each row of ${asked} numbers a row of ${answers}. */
  predict(${rows}): number[][];
  /** The mean loss of rows of ${inputs} numbers. */
  loss(${rows}): number;
  /** The parameters as they are now, in the program's memory; good until the next call. */
  readonly parameters: ${isSingle ? "Float32Array" : "Float64Array"};${trains ? training : ""}
}

/** Loads ${name}.wasm from beside this file or from a URL, or takes its bytes. */
export function load(wasm?: URL | ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<Model>;
`;
}
