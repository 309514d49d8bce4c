/**
 * From a plan to the bytes of a WebAssembly module: functions of the kernels,
 * forward and backward, and around them those of `batches.ts`.
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
import { holds, type Kernel, markSources, type Plan } from "../plan/plan.ts";
import { AdjointBook } from "./adjoints.ts";
import { batchFunctions } from "./batches.ts";
import { backwardElementwise, forwardElementwise } from "./elementwise.ts";
import { KernelCode, type Setting } from "./kernel_code.ts";
import { asLinear } from "./layers.ts";
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

/** What else a module exports; it may keep numbers from `end` on. */
type More = (memory: MemoryMap, end: number) => Readonly<Record<string, Code>>;

/** Writes the code of a plan for one of its threads. */
export function generate(
  plan: Plan,
  { type, isFused, threads }: GenerateOptions,
  thread = 0,
  more: More = () => ({}),
): Generated {
  const memory = memoryMap(plan, type, thread, threads);
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
  const forward = inFunctions(setting, 1, plan.kernels, (code, kernel) => {
    writeForward(code, kernel, stored);
  });
  const back = plan.kernels.toReversed().filter(isActive);
  // Written in the order in which they run, which is how the book keeps account: rows first.
  const inOrder = ["row", "scalar"].flatMap((area) =>
    back.filter((kernel) => kernel.area === area)
  );
  const backward = inFunctions(setting, 2, inOrder, (code, kernel) => {
    writeBackward(code, kernel, book);
  });

  const batches = batchFunctions(plan, setting, forward, backward, book);
  const kernels = [forward, backward].flatMap(({ scalar, row }) => [...scalar, ...row]);
  const { step, evaluate } = batches;
  const end = align(tables.end);
  const others = more(memory, end);
  const bytes = assemble({
    functions: [
      library.codes,
      setting.callees,
      kernels,
      Object.values(batches),
      Object.values(others),
    ].flat(),
    exports: { step, evaluate, ...others },
    memory: {
      pages: Math.ceil(end / pageBytes),
      ...threads > 1 && { shared: sharedPages },
    },
  });
  return { bytes, memory, tables: tables.all, end };
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

/** The values of a kernel. */
function writeForward(code: KernelCode, kernel: Kernel, stored: Uint8Array): void {
  const linear = asLinear(kernel);
  if (linear) forwardLinear(code, linear);
  else if (kernel.groups[0].isList) forwardList(code, kernel);
  else forwardElementwise(code, kernel, ({ id }) => stored[id] === 1);
}

/** What a kernel hands back. */
function writeBackward(code: KernelCode, kernel: Kernel, book: AdjointBook): void {
  const linear = asLinear(kernel);
  if (linear) backwardLinear(code, kernel, linear, book);
  else if (kernel.groups[0].isList) backwardList(code, kernel, book);
  else backwardElementwise(code, kernel, book);
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
function storedGroups({ kernels, groups, root, outputs }: Plan): Uint8Array {
  const stored = new Uint8Array(groups), asked = [root, ...outputs];
  for (const kernel of kernels) {
    for (const group of kernel.groups) {
      if (asked.some((place) => holds(group, place))) stored[group.id] = 1;
      markSources(group, stored);
      markNeeds(group, stored);
    }
  }
  return stored;
}
