/**
 * From a plan to the bytes of a WebAssembly module: functions of the kernels,
 * forward and backward, and around them those of `batches.ts`, or of
 * `alone.ts` for one example alone.
 *
 * @module
 */
import type { Code, LaneType } from "../code/code.ts";
import { laneWorld } from "../code/lane_arithmetic.ts";
import { Lanes } from "../code/lanes.ts";
import { assemble } from "../code/wasm.ts";
import { FunctionLibrary } from "../functions/functions.ts";
import { align, type MemoryMap, memoryMap, pageBytes, sharedPages } from "../plan/memory.ts";
import type { Area } from "../plan/nodes.ts";
import { planAlone } from "../plan/alone.ts";
import { type Kernel, markSources, type Plan } from "../plan/plan.ts";
import { AdjointBook } from "./adjoints.ts";
import { functionsAlone } from "./alone.ts";
import { batchFunctions } from "./batches.ts";
import { backwardElementwise, forwardElementwise } from "./elementwise.ts";
import { KernelCode, type Setting } from "./kernel_code.ts";
import { asLinear, asLinearAlone, type Linear } from "./layers.ts";
import { backwardAlone, forwardAlone } from "./layers_alone.ts";
import { backwardLinear, forwardLinear } from "./linear.ts";
import { backwardList, forwardList } from "./lists.ts";
import { markNeeds } from "./needs.ts";

/** A generated program. */
export interface Generated {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly memory: MemoryMap;
  /** Tables of offsets, constants too, and where in memory they belong. */
  readonly tables: readonly { readonly at: number; readonly offsets: Int32Array }[];
  /** Where the memory that the program itself needs ends, in bytes. */
  readonly end: number;
}

/** How a program is generated. */
export interface GenerateOptions {
  readonly type: LaneType;
  /** Whether products and sums may be rounded together. */
  readonly isFused: boolean;
  /** How many threads work on the same memory. */
  readonly threads: number;
}

/** Functions of a module, and what they find in memory. */
export interface Functions extends Omit<Generated, "bytes"> {
  /** All of them. */
  readonly functions: readonly Code[];
  readonly exports: Readonly<Record<"step" | "evaluate", Code>>;
}

/** What else belongs into a module, which may keep numbers from a place on. */
export interface More {
  readonly functions: readonly Code[];
  readonly exports: Readonly<Record<string, Code>>;
  readonly tables: Generated["tables"];
  readonly end: number;
}

/**
 * Writes the code of a plan for one of its threads.
 *
 * @param more what is added to it, in the same memory from `end` on.
 */
export function generate(
  plan: Plan,
  options: GenerateOptions,
  thread = 0,
  more: (memory: MemoryMap, end: number) => More = nothing,
): Generated {
  const memory = memoryMap(plan, options.type, thread, options.threads);
  const made = functionsOf(options, memory, {
    plan,
    linearOf: asLinear,
    forward: forwardLinear,
    backward: backwardLinear,
    around: batchFunctions,
  });
  const others = more(memory, made.end);
  return inModule(options, {
    ...made,
    functions: [...made.functions, ...others.functions],
    exports: { ...made.exports, ...others.exports },
    tables: [...made.tables, ...others.tables],
    end: others.end,
  });
}

/** Adds nothing to a module. */
export function nothing(_: MemoryMap, end: number): More {
  return { functions: [], exports: {}, tables: [], end };
}

/** Whether one example alone gains by code of its own: its lanes are the members of a kernel. */
export function paysAlone({ members, groups }: Plan): boolean {
  return members.length >= 2 * groups;
}

/**
 * Writes the code of a plan for one example alone, in the memory of its first thread.
 *
 * @param tables where its tables begin, in bytes.
 */
export function generateAlone(plan: Plan, options: GenerateOptions, tables: number): Generated {
  return inModule(options, partsAlone(plan, options, tables));
}

/** The functions of such a module. */
export function partsAlone(plan: Plan, options: GenerateOptions, tables: number): Functions {
  const memory = { ...memoryMap(plan, options.type, 0, options.threads), tables };
  const one = planAlone(plan);
  return functionsOf(options, memory, {
    plan: one,
    linearOf: (kernel, n) => asLinearAlone(kernel, plan.kernels[n]),
    forward: forwardAlone,
    backward: (code, _, linear, book) => backwardAlone(code, linear, book),
    around: (...all) => functionsAlone(plan.scalars, ...all),
  });
}

function inModule(
  { threads }: GenerateOptions,
  { functions, exports, ...rest }: Functions,
): Generated {
  const pages = Math.ceil(rest.end / pageBytes);
  const memory = { pages, ...threads > 1 && { shared: sharedPages } };
  return { bytes: assemble({ functions, exports, memory }), ...rest };
}

/** What is not the same for many examples and for one alone. */
interface Way {
  readonly plan: Plan;
  /** The n-th kernel as layers; `null` if it is none. */
  readonly linearOf: (kernel: Kernel, n: number) => Linear | null;
  readonly forward: (code: KernelCode, linear: Linear) => void;
  readonly backward: (code: KernelCode, kernel: Kernel, linear: Linear, book: AdjointBook) => void;
  /** The functions around those of the kernels. */
  readonly around: (
    ...all: Parameters<typeof batchFunctions>
  ) => Functions["exports"] & Readonly<Record<string, Code>>;
}

function functionsOf(
  { type, isFused }: GenerateOptions,
  memory: MemoryMap,
  way: Way,
): Functions {
  const { plan } = way;
  const tables = new Tables(memory.tables);
  const constantAt = (bits: bigint) => tables.constantAt(bits);
  const library = new FunctionLibrary(type, constantAt);
  const lanes = new Lanes();
  const setting: Setting = {
    memory,
    lanes,
    world: laneWorld(lanes),
    functionOf: (name) => library.get(name),
    twiceOf: (name) => library.twice(name),
    constantAt,
    tableAt: (table, unit) => tables.at(table, unit),
    isFused,
    callees: [],
  };
  const book = new AdjointBook(plan);
  const stored = storedGroups(plan);
  const linears = new Map(plan.kernels.map((kernel, n) => [kernel, way.linearOf(kernel, n)]));
  const forward = inFunctions(setting, 1, plan.kernels, (code, kernel) => {
    const linear = linears.get(kernel);
    if (linear) way.forward(code, linear);
    else if (kernel.groups[0].isList) forwardList(code, kernel);
    else forwardElementwise(code, kernel, ({ id }) => stored[id] === 1);
  });
  const back = plan.kernels.toReversed().filter(isActive);
  // Written in the order in which they run, which is how the book keeps account: rows first.
  const inOrder = ["row", "scalar"].flatMap((area) =>
    back.filter((kernel) => kernel.area === area)
  );
  const backward = inFunctions(setting, 2, inOrder, (code, kernel) => {
    const linear = linears.get(kernel);
    if (linear) way.backward(code, kernel, linear, book);
    else if (kernel.groups[0].isList) backwardList(code, kernel, book);
    else backwardElementwise(code, kernel, book);
  });
  const around = way.around(plan, setting, forward, backward, book);
  const kernels = [forward, backward].flatMap(({ scalar, row }) => [...scalar, ...row]);
  const { step, evaluate } = around;
  return {
    functions: [library.codes, setting.callees, kernels, Object.values(around)].flat(),
    exports: { step, evaluate },
    memory,
    tables: tables.all,
    end: align(tables.end),
  };
}

/** A function of kernels is ended when it has so many bytes: calls cost time, and long functions too. */
const functionBytes = 4096;

/** Functions (end), or (end, isFirst), that run kernels one after the other, of scalars and of rows. */
function inFunctions(
  setting: Setting,
  parameters: number,
  kernels: readonly Kernel[],
  write: (code: KernelCode, kernel: Kernel) => void,
): Record<Area, KernelCode[]> {
  const functions: Record<Area, KernelCode[]> = { scalar: [], row: [] };
  for (const kernel of kernels) {
    const codes = functions[kernel.area];
    let code = codes.at(-1);
    if (code === undefined || code.size > functionBytes) {
      // Where one function is full, the next one probably will be.
      const room = code && 1.25 * functionBytes;
      code = new KernelCode(setting, parameters, kernel.area === "scalar", room);
      codes.push(code);
    }
    write(code, kernel);
  }
  return functions;
}

/** The tables of indices and the constants that the code reads, one after the other in memory. */
class Tables {
  /** Where the last one ends, in bytes. */
  end: number;
  readonly all: { at: number; offsets: Int32Array }[] = [];
  readonly #known = new Map<Int32Array, { unit: number; at: number }[]>();
  readonly #constants = new Map<bigint, number>();

  constructor(start: number) {
    this.end = start;
  }

  /** Where a table in units of so many bytes lies. */
  at(table: Int32Array, unit: number): number {
    const copies = this.#known.get(table) ?? [];
    const known = copies.find((other) => other.unit === unit);
    if (known) return known.at;
    const at = align(this.end);
    this.#known.set(table, [...copies, { unit, at }]);
    this.all.push({ at, offsets: table.map((index) => index * unit) });
    this.end = align(at + 4 * table.length);
    return at;
  }

  /** Where a vector lies whose halves have these 64 bits. */
  constantAt(bits: bigint): number {
    const known = this.#constants.get(bits);
    if (known !== undefined) return known;
    const at = Math.ceil(this.end / 16) * 16;
    this.#constants.set(bits, at);
    this.all.push({ at, offsets: new Int32Array(BigUint64Array.of(bits, bits).buffer) });
    this.end = at + 16;
    return at;
  }
}

function isActive({ groups }: Kernel): boolean {
  return groups.some((group) => group.isActive);
}

/** By the number of each group, 1 if some other kernel, or the way back, reads its values. */
function storedGroups({ kernels, groups, root, outputs, ...plan }: Plan): Uint8Array {
  const stored = new Uint8Array(groups);
  const asked = { row: new Uint8Array(plan.rows), scalar: new Uint8Array(plan.scalars) };
  for (const { area, index } of [root, ...outputs]) asked[area][index] = 1;
  for (const kernel of kernels) {
    for (const group of kernel.groups) {
      const { area, first, count } = group;
      if (asked[area].subarray(first, first + count).includes(1)) stored[group.id] = 1;
      markSources(group, stored);
      markNeeds(group, stored);
    }
  }
  return stored;
}
