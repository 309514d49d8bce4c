/**
 * What a program does, as text to read: the loops of its plan, and in them
 * formulas by the same rules that its instructions were written from.
 *
 * @module
 */
import { type Expression, number, simplified, symbol } from "../expression.ts";
import { inText } from "../notation.ts";
import { type BinaryOp, derivative, type NaryOp, type World } from "../rules.ts";
import {
  type Group,
  isIdentity,
  isListOp,
  type Kernel,
  type OperandPlan,
  type Plan,
} from "./plan.ts";

/** One line of a listing. */
export interface Line {
  /** How far it is indented. */
  readonly level: number;
  readonly text: string;
  /** A remark at its end, such as the part of the model; empty for none. */
  readonly note: string;
}

/** Choices in rules are written with brackets, as Iverson did: [x > 0] is 1 where that holds, else 0. */
const world: World<Expression> = {
  ...simplified,
  order(a, b, less, equal, greater) {
    if (a.kind === "number" && b.kind === "number") {
      return simplified.order(a, b, less, equal, greater);
    }
    const cases = [["<", less()], ["=", equal()], [">", greater()]] as const;
    return cases.map(([sign, result]) =>
      simplified.mul(result, symbol(`[${inText(a)} ${sign} ${inText(b)}]`, NaN))
    ).reduce(simplified.add);
  },
};

/** The program of a plan, line by line. */
export function listing(plan: Plan): Line[] {
  const names = new Map<Group, string>();
  const taken = new Set(plan.inputs.map(({ label }) => label));
  const free = [..."abdfghjklqrstuvwyz"].filter((letter) => !taken.has(letter));
  for (const group of plan.kernels.flatMap(({ groups }) => groups)) {
    const round = Math.floor(names.size / free.length);
    names.set(group, free[names.size % free.length] + (round === 0 ? "" : subscript(round)));
  }
  const writer = new Writer(plan, names);
  const part = (area: "row" | "scalar") => plan.kernels.filter((kernel) => kernel.area === area);
  const [once, each] = [part("scalar"), part("row")];
  const section = (title: string, kernels: Kernel[], write: (kernel: Kernel) => Line[]): Line[] => {
    const lines = kernels.flatMap(write);
    return lines.length === 0 ? [] : [{ level: 0, text: title, note: "" }, ...lines];
  };
  const root = [...names].find(([{ area, first }]) =>
    area === plan.root.area && first === plan.root.index
  )?.[1];
  const start = {
    level: 1,
    text: `∂${root} = 1 / n`,
    note: `the loss is the mean of ${root} over n examples`,
  };
  return [
    ...section("once, forward", once, (kernel) => writer.forward(kernel)),
    ...section("for each example, forward", each, (kernel) => writer.forward(kernel)),
    ...section("for each example, backward", each.toReversed(), (kernel) => [
      ...kernel === each[each.length - 1] && root !== undefined ? [start] : [],
      ...writer.backward(kernel),
    ]),
    ...section("once, backward", once.toReversed(), (kernel) => writer.backward(kernel)),
  ];
}

class Writer {
  readonly #plan: Plan;
  readonly #names: ReadonlyMap<Group, string>;

  constructor(plan: Plan, names: ReadonlyMap<Group, string>) {
    this.#plan = plan;
    this.#names = names;
  }

  forward(kernel: Kernel): Line[] {
    const lines = kernel.groups.map((group): Line => ({
      level: 2,
      text: `${this.#result(group)} = ${this.#formula(group)}`,
      note: "",
    }));
    return looped(kernel, lines);
  }

  backward(kernel: Kernel): Line[] {
    const lines: Line[] = [];
    for (const group of kernel.groups.toReversed()) {
      if (!group.isActive) continue;
      const adjoint = symbol(`∂${this.#result(group)}`, NaN);
      const y = symbol(this.#result(group), NaN);
      const x = group.operands.map((operand) => this.#operand(operand));
      for (const [k, operand] of group.operands.entries()) {
        if (!operand.isActive) continue;
        const slope = group.op === "copy"
          ? number(1)
          : derivative(world, group.op as BinaryOp & NaryOp, y, x, k);
        const value = inText(simplified.mul(adjoint, slope));
        const isSummed = operand.area === "scalar" && group.area === "row";
        const target = `∂${inText(this.#operand(operand))}`;
        const isInside = kernel.groups.some((source) => isIdentity(operand, source));
        lines.push({
          level: 2,
          text: `${target} ${isInside ? "=" : "+="} ${isSummed ? "Σ " : ""}${value}` +
            this.#positions(group),
          note: isSummed ? "over the examples" : "",
        });
      }
    }
    return looped(kernel, lines);
  }

  #formula(group: Group): string {
    const x = group.operands.map((operand) => this.#operand(operand));
    const over = this.#positions(group);
    if (group.op === "copy") return inText(x[0]);
    if (!isListOp(group.op)) {
      return inText({ kind: "operation", op: group.op, args: x, value: NaN });
    }
    if (group.op === "logSumExp") return `log Σ e^${inText(x[0])}${over}`;
    return `Σ ${inText(group.op === "dot" ? simplified.mul(x[0], x[1]) : x[0])}${over}`;
  }

  #positions({ op, terms }: Group): string {
    return isListOp(op) && terms > 1 ? `,  i = 0 … ${terms - 1}` : "";
  }

  #result(group: Group): string {
    const name = this.#names.get(group)!;
    return group.members.length === 1 ? name : `${name}[m]`;
  }

  #operand({ area, literal, index, groups }: OperandPlan): Expression {
    if (literal !== null) return number(literal);
    const { inputs, parameters, constants } = this.#plan;
    const [source] = groups;
    if (source && groups.size === 1) {
      const name = this.#names.get(source)!;
      if (source.members.length === 1) return symbol(name, NaN);
      return symbol(`${name}[${place(index, source.first)}]`, NaN);
    }
    if (source) {
      return symbol(`${[...groups].map((group) => this.#names.get(group)).join("|")}[…]`, NaN);
    }
    const leaves = area === "row" ? inputs : parameters;
    const isFixed = index.table === null && index.member === 0 && index.position === 0;
    if (area === "scalar" && index.first >= parameters.length) {
      if (isFixed) return number(constants[index.first - parameters.length]);
      return symbol(`c[${place(index, parameters.length)}]`, NaN);
    }
    const { label } = leaves[index.first];
    if (isFixed && area === "row" && label !== "") return symbol(label, NaN);
    return symbol(`${area === "row" ? "x" : "p"}[${place(index, 0)}]`, NaN);
  }
}

function looped(kernel: Kernel, lines: Line[]): Line[] {
  if (lines.length === 0) return [];
  const note = partOf(kernel);
  if (kernel.count === 1) {
    return lines.map((line, i) => ({
      ...line,
      level: 1,
      note: line.note || (i === 0 ? note : ""),
    }));
  }
  return [{ level: 1, text: `for m = 0 … ${kernel.count - 1}`, note }, ...lines];
}

/** Which part of a model the nodes of a kernel are, as far as all are in one. */
function partOf({ groups }: Kernel): string {
  const paths = [groups[0].members[0], groups[0].members[groups[0].members.length - 1]].map(
    ({ scope }) => {
      const path: string[] = [];
      for (let part = scope; part; part = part.parent) path.unshift(part.name);
      return path;
    },
  );
  const common = paths[0].filter((name, i) =>
    paths[1].slice(0, i + 1).join() ===
      paths[0].slice(0, i + 1).join() && name !== ""
  );
  return common.join(" › ");
}

/** An index by m and i, as `4m + i + 3`. */
function place(index: OperandPlan["index"], origin: number): string {
  if (index.table !== null) return "…";
  const term = (factor: number, name: string) =>
    factor === 0 ? [] : [factor === 1 ? name : `${factor}${name}`];
  const first = index.first - origin;
  const terms = [...term(index.member, "m"), ...term(index.position, "i")];
  if (first !== 0 || terms.length === 0) terms.push(String(first));
  return terms.join(" + ");
}

function subscript(i: number): string {
  return [...String(i)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}
