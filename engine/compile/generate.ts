/**
 * From a plan to the bytes of a WebAssembly module: one function for each
 * kernel and direction, and the ones that call them block by block.
 *
 * @module
 */
import { AdjointBook } from "./adjoints.ts";
import { backwardElementwise, forwardElementwise, sketch } from "./elementwise.ts";
import { FunctionLibrary, type LaneFunction } from "./functions.ts";
import { lanesOf, type LaneType } from "./lanes.ts";
import { asLinear, backwardLinear, forwardLinear } from "./linear.ts";
import { backwardList, forwardList, listNeeds } from "./lists.ts";
import { align, type MemoryMap, memoryMap } from "./memory.ts";
import { addToScalar, pushAdd, pushLaneSum, pushMul, pushZero } from "./pieces.ts";
import { type Group, isIdentity, isListOp, type Kernel, type Plan } from "./plan.ts";
import type { Setting } from "./site.ts";
import { assemble, Code } from "./wasm.ts";

/** A generated program. */
export interface Generated {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly memory: MemoryMap;
  /** Tables of offsets, and where in memory they belong. */
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

/** How many pages of memory threads can share: 2 GiB. */
export const sharedPages = 32768;

/** Writes the code of a plan for one of its threads. */
export function generate(
  plan: Plan,
  { type, isFused, threads }: GenerateOptions,
  thread = 0,
): Generated {
  const memory = memoryMap(plan, type, thread, threads);
  const library = new FunctionLibrary(type);
  const functionIndex = (name: string) => library.indexOf(name as LaneFunction);
  const tables: { at: number; offsets: Int32Array; of: Int32Array; unit: number }[] = [];
  let end = memory.tables;
  const tableAt = (table: Int32Array, unit: number) => {
    const known = tables.find(({ of, unit: u }) => of === table && u === unit);
    if (known) return known.at;
    const at = end;
    tables.push({ at, offsets: table.map((index) => index * unit), of: table, unit });
    end = align(end + 4 * table.length);
    return at;
  };
  const setting: Setting = { memory, functionIndex, tableAt, isFused };

  const book = new AdjointBook(plan);
  const stored = storedGroups(plan, book);
  const forward = plan.kernels.map((kernel) => {
    const code = new Code({ parameters: ["i32"], results: [] });
    const linear = asLinear(kernel);
    if (linear) forwardLinear(code, setting, linear);
    else if (isListOp(kernel.groups[0].op)) forwardList(code, setting, kernel);
    else forwardElementwise(code, setting, kernel, (group) => stored.has(group));
    return { kernel, code };
  });
  const backward = plan.kernels.toReversed().filter(isActive).map((kernel) => {
    const code = new Code({ parameters: ["i32"], results: [] });
    const linear = asLinear(kernel);
    if (linear) backwardLinear(code, setting, kernel, linear, book);
    else if (isListOp(kernel.groups[0].op)) backwardList(code, setting, kernel, book);
    else backwardElementwise(code, setting, kernel, book);
    return { kernel, code };
  });

  const functions = [...library.codes];
  const add = (code: Code) => functions.push(code) - 1;

  const only = (list: typeof forward, area: "row" | "scalar") =>
    list.filter(({ kernel }) => kernel.area === area).map(({ code }) => add(code));
  const parts = {
    gather: add(gather(plan, memory)),
    scatter: add(scatter(plan, memory)),
    seed: add(seed(plan, memory)),
    loss: add(meanLoss(plan, setting)),
  };
  const begin = add(beginning(plan, setting, only(forward, "scalar")));
  const finish = add(ending(plan, setting, only(backward, "scalar")));
  const common = { memory, parts, begin, finish, outputs: plan.outputs.length };
  const rows = { forward: only(forward, "row"), backward: only(backward, "row") };
  const step = add(blocks({ ...common, ...rows, isTraining: true }));
  const evaluate = add(blocks({ ...common, ...rows, isTraining: false }));
  const bytes = assemble({
    functions,
    exports: { step, evaluate },
    ...threads > 1 && { shared: sharedPages },
  });
  return { bytes, memory, tables, end };
}

function isActive({ groups }: Kernel): boolean {
  return groups.some((group) => group.isActive);
}

/** The groups whose values some other kernel, or the way back, reads. */
function storedGroups({ kernels, root, outputs }: Plan, book: AdjointBook): Set<Group> {
  const stored = new Set<Group>();
  for (const kernel of kernels) {
    for (const group of kernel.groups) {
      const isOutput = [root, ...outputs].some(({ area, index }) =>
        area === group.area && index >= group.first && index < group.first + group.members.length
      );
      if (isOutput) stored.add(group);
      for (const operand of group.operands) {
        const isInside = kernel.groups.some((source) => isIdentity(operand, source));
        if (!isInside) operand.groups.forEach((source) => stored.add(source));
      }
    }
    const [first] = kernel.groups;
    const needed = isListOp(first.op) ? listNeeds(first) : sketch(kernel, book).needed;
    needed.forEach((group) => stored.add(group));
  }
  return stored;
}

/** How many inputs are copied in one turn of a loop. */
const copied = 4;

/** (end, order, data): copies the inputs of the examples of a block into rows, a tile at a time. */
function gather({ inputs: { length } }: Plan, memory: MemoryMap): Code {
  const code = new Code({ parameters: ["i32", "i32", "i32"], results: [] });
  const [end, order, data] = [0, 1, 2];
  const { scalarBytes, rowBytes, values, type } = memory;
  if (length === 0) return code;
  const lanes = lanesOf[type];
  const [splat, lane] = type === "f64" ? [0x0a, 0x57] : [0x09, 0x56];
  const from = Array.from({ length: 2 * lanes }, () => code.local("i32")), to = code.local("i32");
  const copy = (count: number) => {
    for (let k = 0; k < count; k++) {
      for (const half of [0, 1]) {
        const pointers = from.slice(half * lanes, (half + 1) * lanes);
        code.get(to);
        for (const pointer of pointers.toReversed()) code.get(pointer);
        code.simdMemory(splat, k * scalarBytes);
        for (let l = 1; l < lanes; l++) code.simdMemory(lane, k * scalarBytes, l);
        code.simdMemory(0x0b, values.row + k * rowBytes + 16 * half);
      }
    }
    for (const pointer of from) code.get(pointer).i32(count * scalarBytes).add().set(pointer);
    code.get(to).i32(count * rowBytes).add().set(to);
  };
  code.loop(0, { local: end }, 32, (at) => {
    from.forEach((pointer, k) => {
      code.get(order).load32(4 * k).i32(length * scalarBytes).mul().get(data).add().set(pointer);
    });
    code.get(order).i32(4 * from.length).add().set(order).get(at).set(to);
    const whole = length - length % copied;
    if (whole > 0) code.loop(0, whole, copied, () => copy(copied));
    if (whole < length) copy(length - whole);
  });
  return code;
}

/** (end, out): copies the outputs of the examples of a block from rows. */
function scatter({ outputs }: Plan, memory: MemoryMap): Code {
  const code = new Code({ parameters: ["i32", "i32"], results: [] });
  const [end, out] = [0, 1];
  const { scalarBytes, rowBytes, values } = memory;
  const isDouble = memory.type === "f64";
  if (outputs.length === 0) return code;
  code.loop(0, { local: end }, scalarBytes, (at) => {
    outputs.forEach(({ area, index }, k) => {
      const from = values[area] + index * (area === "row" ? rowBytes : scalarBytes);
      code.get(out);
      if (area === "row") code.get(at);
      else code.i32(0);
      code.simdMemory(isDouble ? 0x0a : 0x09, from);
      code.simdMemory(isDouble ? 0x5b : 0x5a, k * scalarBytes, 0);
    });
    code.get(out).i32(outputs.length * scalarBytes).add().set(out);
  });
  return code;
}

/** (end, seeds): the gradient of the mean by each example's loss. */
function seed({ root }: Plan, { adjoints, rowBytes }: MemoryMap): Code {
  const code = new Code({ parameters: ["i32", "i32"], results: [] });
  if (root.area === "scalar") return code;
  code.loop(0, { local: 0 }, 16, (at) => {
    code.get(at).get(1).simdMemory(0x00, 0).simdMemory(0x0b, adjoints.row + root.index * rowBytes);
    code.get(1).i32(16).add().set(1);
  });
  return code;
}

/** (end): adds the losses of a block, times their seeds, to the mean. */
function meanLoss({ root }: Plan, setting: Setting): Code {
  const code = new Code({ parameters: ["i32"], results: [] });
  if (root.area === "scalar") return code;
  const { values, adjoints, rowBytes, loss } = setting.memory;
  const sum = code.local("v128");
  pushZero(code);
  code.set(sum);
  code.loop(0, { local: 0 }, 16, (at) => {
    code.get(sum);
    code.get(at).simdMemory(0x00, values.row + root.index * rowBytes);
    code.get(at).simdMemory(0x00, adjoints.row + root.index * rowBytes);
    pushMul(code, setting);
    pushAdd(code, setting);
    code.set(sum);
  });
  addToScalar(code, setting, { offset: loss }, () => pushLaneSum(code, setting, sum));
  return code;
}

/** (): clears the gradients of the scalars and computes what is the same for all examples. */
function beginning(
  { scalars, root }: Plan,
  setting: Setting,
  kernels: readonly number[],
): Code {
  const code = new Code({ parameters: [], results: [] });
  const { adjoints, values, scalarBytes, loss } = setting.memory;
  fillZero(code, adjoints.scalar, scalars * scalarBytes);
  fillZero(code, loss, 16);
  for (const kernel of kernels) code.i32(0).call(kernel);
  if (root.area === "scalar") {
    addToScalar(code, setting, { offset: loss }, () => {
      code.i32(0).simdMemory(0x00, values.scalar + root.index * scalarBytes);
    });
  }
  return code;
}

/** (): hands the gradients back through what is the same for all examples. */
function ending({ root }: Plan, setting: Setting, kernels: readonly number[]): Code {
  const code = new Code({ parameters: [], results: [] });
  const { adjoints, scalarBytes, type } = setting.memory;
  if (root.area === "scalar") {
    const one = type === "f64" ? new Float64Array([1, 1]) : new Float32Array(4).fill(1);
    addToScalar(code, setting, { offset: adjoints.scalar + root.index * scalarBytes }, () => {
      code.simd(0x0c, ...new Uint8Array(one.buffer));
    });
  }
  for (const kernel of kernels) code.i32(0).call(kernel);
  return code;
}

function fillZero(code: Code, at: number, bytes: number): void {
  code.i32(at).i32(0).i32(bytes).plain(0xfc).plain(0x0b).plain(0);
}

interface Blocks {
  readonly memory: MemoryMap;
  readonly parts: { gather: number; scatter: number; seed: number; loss: number };
  readonly begin: number;
  readonly finish: number;
  readonly outputs: number;
  readonly forward: readonly number[];
  readonly backward: readonly number[];
  readonly isTraining: boolean;
}

/** (lanes in bytes, order, seeds, data, out): goes over a batch block by block. */
function blocks(
  { memory, parts, begin, finish, outputs, forward, backward, isTraining }: Blocks,
): Code {
  const code = new Code({ parameters: ["i32", "i32", "i32", "i32", "i32"], results: [] });
  const [left, order, seeds, data, out] = [0, 1, 2, 3, 4];
  const { rowBytes, scalarBytes } = memory;
  const end = code.local("i32");
  code.call(begin);
  code.plain(0x03).plain(0x40); // loop
  code.get(left).i32(rowBytes).get(left).i32(rowBytes).plain(0x48).plain(0x1b).set(end); // the smaller
  code.get(end).get(order).get(data).call(parts.gather);
  code.get(end).get(seeds).call(parts.seed);
  for (const kernel of forward) code.get(end).call(kernel);
  code.get(end).call(parts.loss);
  code.get(end).get(out).call(parts.scatter);
  if (isTraining) { for (const kernel of backward) code.get(end).call(kernel); }
  const lanes = scalarBytes === 8 ? 3 : 2;
  code.get(order).get(end).i32(lanes).plain(0x75).i32(4).mul().add().set(order); // end >> lanes
  code.get(seeds).get(end).add().set(seeds);
  code.get(out).get(end).i32(outputs).mul().add().set(out);
  code.get(left).get(end).plain(0x6b).set(left); // i32.sub
  code.get(left).plain(0x0d).plain(0).plain(0x0b); // br_if 0, end
  if (isTraining) code.call(finish);
  return code;
}
