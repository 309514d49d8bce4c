import type { Group, Kernel, OperandPlan, Place, Places, Plan } from "./plan.ts";

/**
 * The plan for one example alone, of which a row has a single number: it lies behind
 * the scalars, in the order of the rows, and is one of them. So what is a loop over
 * examples for many is a loop over neighbours for one.
 */
export function planAlone(plan: Plan): Plan {
  const groups = new Map<Group, Group>(), operands = new Map<OperandPlan, OperandPlan>();
  const groupOf = (group: Group) => groups.get(group)!;
  const operandOf = (operand: OperandPlan): OperandPlan => {
    const known = operands.get(operand);
    if (known !== undefined) return known;
    const made = {
      ...operand,
      ...placesAlone(plan, operand),
      groups: operand.groups.map(groupOf),
      inside: operand.inside && groupOf(operand.inside),
    };
    operands.set(operand, made);
    return made;
  };
  const kernels = plan.kernels.map(({ count, groups: all }): Kernel => ({
    area: "scalar",
    count,
    groups: all.map((group) => {
      const made: Group = {
        ...group,
        area: "scalar",
        first: placeAlone(plan, { area: group.area, index: group.first }).index,
        operands: group.operands.map(operandOf),
        kept: group.kept && placesAlone(plan, group.kept),
      };
      groups.set(group, made);
      return made;
    }),
  }));
  return {
    ...plan,
    kernels,
    rows: 0,
    scalars: plan.scalars + plan.rows,
    root: placeAlone(plan, plan.root),
    outputs: plan.outputs.map((place) => placeAlone(plan, place)),
  };
}

/** Where the numbers of some places lie if there is one example. */
function placesAlone({ scalars }: Plan, { area, index }: Places): Places {
  if (area === "scalar") return { area, index };
  const { first, table } = index;
  return {
    area: "scalar",
    index: { ...index, first: scalars + first, table: table && table.map((i) => scalars + i) },
  };
}

function placeAlone({ scalars }: Plan, { area, index }: Place): Place {
  return { area: "scalar", index: area === "row" ? scalars + index : index };
}
