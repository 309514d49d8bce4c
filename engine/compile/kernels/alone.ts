/**
 * The code around the kernels for one example alone: its inputs are copied behind
 * the scalars, and all is computed once.
 *
 * @module
 */
import type { Code } from "../code/code.ts";
import type { Plan } from "../plan/plan.ts";
import type { AdjointBook } from "./adjoints.ts";
import { beginning, ending, type KernelFunctions } from "./batches.ts";
import { KernelCode, type Setting } from "./kernel_code.ts";

/**
 * The functions that compute one example, `step` with gradients and `evaluate` without, and their
 * parts; they take what those for a batch take.
 *
 * @param inputsAt where the inputs are among the scalars.
 */
export function functionsAlone(
  inputsAt: number,
  plan: Plan,
  setting: Setting,
  { scalar: forward }: KernelFunctions,
  { scalar: backward }: KernelFunctions,
  book: AdjointBook,
) {
  const parts = {
    take: take(inputsAt, plan, setting),
    give: give(plan, setting),
    begin: beginning(plan, setting, forward, book),
    finish: ending(plan, setting, backward),
  };
  return { ...parts, step: inTurn(setting, parts, true), evaluate: inTurn(setting, parts, false) };
}

/** (lanes, order, seeds, data, out): the parts one after the other. */
function inTurn(
  setting: Setting,
  { take, give, begin, finish }: Readonly<Record<"take" | "give" | "begin" | "finish", Code>>,
  goesBack: boolean,
): Code {
  const code = new KernelCode(setting, 5);
  const order = 1, data = 3, out = 4;
  code.get(order).get(data).call(take).call(begin).get(out).call(give);
  if (goesBack) code.call(finish);
  return code;
}

/** (order, data): copies the inputs of the example whose number stands first in the order. */
function take(inputsAt: number, { inputs: { length } }: Plan, setting: Setting): Code {
  const code = new KernelCode(setting, 2);
  const [order, data] = [0, 1];
  const { scalarBytes, values } = setting.memory;
  code.i32(values.scalar + inputsAt * scalarBytes);
  code.get(order).load32(0).i32(length * scalarBytes).mul().get(data).add();
  code.copy(length * scalarBytes);
  return code;
}

/** (out): copies the outputs. */
function give({ outputs }: Plan, setting: Setting): Code {
  const code = new KernelCode(setting, 1);
  const out = 0;
  const { scalarBytes, values } = setting.memory;
  outputs.forEach(({ index }, k) => {
    code.get(out).i32(0).loadSplat(values.scalar + index * scalarBytes).storeLane(k * scalarBytes);
  });
  return code;
}
