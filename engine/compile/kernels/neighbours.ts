/**
 * Which kernels of scalars are computed by whole vectors: those whose operands
 * lie in memory at equal distances.
 *
 * @module
 */
import type { Kernel, OperandPlan } from "../plan/plan.ts";

/** Lanes are from member to member, or from position to position of a list. */
export type Across = "member" | "position";

/** Whether operands of a kernel of scalars can be read as vectors: none is found by a table. */
export function areRead({ area, groups }: Kernel): boolean {
  return area === "scalar" &&
    groups.every(({ operands }) =>
      operands.every(({ literal, inside, index }) =>
        literal !== null || inside !== null || index.table === null
      )
    );
}

/**
 * Whether vectors can be added to the gradients of operands, such that each of them is added up in
 * the same order as one by one.
 */
export function areHanded(
  kernel: Kernel,
  operands: readonly OperandPlan[],
  across: Across,
): boolean {
  return operands.every((operand, k) =>
    operand.index.table === null && operand.index[across] >= 1 &&
    operands.slice(0, k).every((other) => areApart(kernel, operand, other))
  );
}

/** Whether two operands have no number in common, or each member and position the same one. */
function areApart({ count, groups: [{ terms }] }: Kernel, a: OperandPlan, b: OperandPlan): boolean {
  const isSame = (key: "first" | Across) => a.index[key] === b.index[key];
  if (isSame("first") && isSame("member") && isSame("position")) return true;
  const [endOfA, endOfB] = [a, b].map(({ index: { first, member, position } }) =>
    first + (count - 1) * member + (terms - 1) * position + 1
  );
  return endOfA <= b.index.first || endOfB <= a.index.first;
}
