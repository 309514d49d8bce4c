/**
 * The code around the kernels: a batch is gone over block by block, whose
 * examples are gathered into rows first. What a function takes stands before its
 * description, in bytes where it is a place or a length.
 *
 * @module
 */
import { type Code, lanesOf } from "../code/code.ts";
import type { Area } from "../plan/nodes.ts";
import type { Plan } from "../plan/plan.ts";
import type { AdjointBook } from "./adjoints.ts";
import { endLocal, KernelCode, type Setting } from "./kernel_code.ts";

/** The functions of kernels, in the order of computation: those that run once, and those for each block. */
export type KernelFunctions = Readonly<Record<Area, readonly Code[]>>;

/** The functions that go over a batch, `step` with gradients and `evaluate` without, and their parts. */
export function batchFunctions(
  plan: Plan,
  setting: Setting,
  forward: KernelFunctions,
  backward: KernelFunctions,
  book: AdjointBook,
) {
  const parts = {
    gather: gather(plan, setting),
    scatter: scatter(plan, setting),
    seed: seed(plan, setting),
    loss: meanLoss(plan, setting),
    begin: beginning(plan, setting, forward.scalar, book),
    finish: ending(plan, setting, backward.scalar),
  };
  const over = (back: readonly Code[] | null) => blocks(plan, setting, parts, forward.row, back);
  return { ...parts, step: over(backward.row), evaluate: over(null) };
}

/** How many inputs are copied in one turn of a loop. */
const copied = 4;

/** (end, order, data): copies the inputs of the examples of a block into rows, a tile at a time. */
function gather({ inputs: { length } }: Plan, setting: Setting): Code {
  const code = new KernelCode(setting, 3);
  if (length === 0) return code;
  const [end, order, data] = [0, 1, 2];
  const { scalarBytes, rowBytes, values, type } = setting.memory;
  const lanes = lanesOf[type];
  const from = Array.from({ length: 2 * lanes }, () => code.local("i32")), to = code.local("i32");
  const vectors = Array.from({ length: lanes }, () => code.local("v128"));
  const copy = (count: number) => {
    for (const half of [0, 1]) {
      const pointers = from.slice(half * lanes, (half + 1) * lanes);
      const start = values.row + 16 * half;
      for (let k = 0; k < count;) {
        if (k + lanes <= count) {
          // As many inputs as there are lanes are a vector of each example.
          vectors.forEach((vector, l) => {
            code.get(pointers[l]).loadVector(k * scalarBytes).set(vector);
          });
          code.transpose(vectors);
          for (const vector of vectors) {
            code.get(to).get(vector).storeVector(start + k++ * rowBytes);
          }
        } else {
          code.get(to);
          for (const pointer of pointers.toReversed()) code.get(pointer);
          code.loadSplat(k * scalarBytes);
          for (let l = 1; l < lanes; l++) code.loadLane(k * scalarBytes, l);
          code.storeVector(start + k++ * rowBytes);
        }
      }
    }
    for (const pointer of from) code.move(pointer, count * scalarBytes);
    code.move(to, count * rowBytes);
  };
  code.loop(0, { local: end }, 32, (at) => {
    from.forEach((pointer, k) => {
      code.get(order).load32(4 * k).i32(length * scalarBytes).mul().get(data).add().set(pointer);
    });
    code.move(order, 4 * from.length);
    code.get(at).set(to);
    const whole = length - length % copied;
    if (whole > 0) code.loop(0, whole, copied, () => copy(copied));
    if (whole < length) copy(length - whole);
  });
  return code;
}

/** (end, out): copies the outputs of the examples of a block from rows. */
function scatter({ outputs }: Plan, setting: Setting): Code {
  const code = new KernelCode(setting, 2);
  if (outputs.length === 0) return code;
  const [end, out] = [0, 1];
  const { scalarBytes, values } = setting.memory;
  code.loop(0, { local: end }, scalarBytes, (at) => {
    outputs.forEach(({ area, index }, k) => {
      code.get(out).base(area === "row" ? { offset: 0, local: at } : { offset: 0 });
      code.loadSplat(values[area] + index * code.unit(area)).storeLane(k * scalarBytes);
    });
    code.move(out, outputs.length * scalarBytes);
  });
  return code;
}

/** (end, seeds): the gradient of the mean by each example's loss. */
function seed({ root }: Plan, setting: Setting): Code {
  const code = new KernelCode(setting, 2);
  if (root.area === "scalar") return code;
  const [end, seeds] = [0, 1];
  const { adjoints, rowBytes } = setting.memory;
  code.loop(0, { local: end }, 16, (at) => {
    code.get(at).get(seeds).loadVector(0).storeVector(adjoints.row + root.index * rowBytes);
    code.move(seeds, 16);
  });
  return code;
}

/** (end): adds the losses of a block, times their seeds, to the mean. */
function meanLoss({ root }: Plan, setting: Setting): Code {
  const code = new KernelCode(setting, 1);
  if (root.area === "scalar") return code;
  const { values, adjoints, rowBytes, loss } = setting.memory;
  const sum = code.local("v128");
  code.clear(sum);
  code.loop(0, { local: endLocal }, 16, (at) => {
    code.get(sum);
    code.get(at).loadVector(values.row + root.index * rowBytes);
    code.get(at).loadVector(adjoints.row + root.index * rowBytes);
    code.lanes("mul").lanes("add").set(sum);
  });
  code.addToScalar({ offset: loss }, () => code.laneSum(sum));
  return code;
}

/** (): clears gradients of scalars and the loss, and computes what is the same for all examples. */
export function beginning(
  { root }: Plan,
  setting: Setting,
  kernels: readonly Code[],
  book: AdjointBook,
): Code {
  const code = new KernelCode(setting, 0);
  const { adjoints, values, scalarBytes, loss } = setting.memory;
  for (const { first, end } of book.cleared) {
    code.fillZero(adjoints.scalar + first * scalarBytes, (end - first) * scalarBytes);
  }
  code.i32(0).zero().storeVector(loss);
  for (const kernel of kernels) code.i32(0).call(kernel);
  if (root.area === "scalar") {
    code.addToScalar({ offset: loss }, () => {
      code.i32(0).loadVector(values.scalar + root.index * scalarBytes);
    });
  }
  return code;
}

/** (): hands the gradients back through what is the same for all examples. */
export function ending({ root }: Plan, setting: Setting, kernels: readonly Code[]): Code {
  const code = new KernelCode(setting, 0);
  const { adjoints, scalarBytes } = setting.memory;
  if (root.area === "scalar") {
    const offset = adjoints.scalar + root.index * scalarBytes;
    code.addToScalar({ offset }, () => code.literal(1));
  }
  for (const kernel of kernels) code.i32(0).i32(0).call(kernel);
  return code;
}

/** (lanes, order, seeds, data, out): goes over a batch block by block; without `backward` no gradients. */
function blocks(
  { outputs }: Plan,
  setting: Setting,
  parts: Readonly<Record<"gather" | "scatter" | "seed" | "loss" | "begin" | "finish", Code>>,
  forward: readonly Code[],
  backward: readonly Code[] | null,
): Code {
  const code = new KernelCode(setting, 5);
  const [left, order, seeds, data, out] = [0, 1, 2, 3, 4];
  const end = code.local("i32"), isFirst = code.local("i32");
  const { type, rowBytes } = setting.memory;
  const logOfBytes = type === "f64" ? 3 : 2;
  code.call(parts.begin);
  code.i32(1).set(isFirst);
  code.loopWhile(left, () => {
    code.get(left).i32(rowBytes).get(left).i32(rowBytes).plain("i32.lt_s").plain("select");
    code.set(end);
    code.get(end).get(order).get(data).call(parts.gather);
    code.get(end).get(seeds).call(parts.seed);
    for (const kernel of forward) code.get(end).call(kernel);
    code.get(end).call(parts.loss);
    code.get(end).get(out).call(parts.scatter);
    for (const kernel of backward ?? []) code.get(end).get(isFirst).call(kernel);
    code.i32(0).set(isFirst);
    code.get(order).get(end).i32(logOfBytes).plain("i32.shr_s").i32(4).mul().add().set(order);
    code.get(seeds).get(end).add().set(seeds);
    code.get(out).get(end).i32(outputs.length).mul().add().set(out);
    code.get(left).get(end).sub().set(left);
  });
  if (backward) code.call(parts.finish);
  return code;
}
