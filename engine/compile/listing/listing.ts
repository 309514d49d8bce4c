/**
 * What a program does, as text to read: the loops of its plan, and in them
 * formulas by the same rules that its instructions were written from.
 *
 * @module
 */
import { type Expression, number, simplified, symbol } from "../../formula/expression.ts";
import { inText } from "../../formula/notation.ts";
import { type NaryOp, partial, type World } from "../../rules.ts";
import { asName } from "../../show/text.ts";
import type { Value } from "../../value.ts";
import { inOrder, ListingNames } from "./listing_names.ts";
import { isListOp } from "../plan/nodes.ts";
import { holds, isIdentity } from "../plan/plan.ts";
import type { Group, IndexMap, Kernel, OperandPlan, Place, Plan } from "../plan/plan.ts";

/** One line of a listing. */
export interface Line {
  /** How far it is indented. */
  readonly level: number;
  readonly text: string;
  /** A remark at its end, such as the part of the model; empty for none. */
  readonly note: string;
}

/** A program as text. */
export interface Listing {
  readonly lines: readonly Line[];
  readonly names: ListingNames;
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
export function listing(plan: Plan): Listing {
  const names = new ListingNames(plan);
  const writer = new Writer(plan, names);
  const [once, each] = inOrder(plan);
  const section = (title: string, lines: Line[]): Line[] =>
    lines.length === 0 ? [] : [{ level: 0, text: title, note: "" }, ...lines];
  const forward = (kernels: Kernel[]) => kernels.flatMap((kernel) => writer.forward(kernel));
  const backward = (kernels: Kernel[]) => [
    ...kernels.flatMap((kernel) => writer.start(kernel)),
    ...kernels.toReversed().flatMap((kernel) => writer.backward(kernel)),
  ];
  return {
    lines: [
      ...section("once, forward", forward(once)),
      ...section("for each of n examples, forward", forward(each)),
      ...section("for each of n examples, backward", backward(each)),
      ...section("once, backward", backward(once)),
    ],
    names,
  };
}

class Writer {
  readonly #plan: Plan;
  readonly #names: ListingNames;
  /** How many operands take a group's results, so that its gradient is a sum of so many parts. */
  readonly #uses = new Map<Group, number>();
  readonly #groups: readonly Group[];
  /** What the loss is in. */
  readonly #root: Group | undefined;

  constructor(plan: Plan, names: ListingNames) {
    this.#plan = plan;
    this.#names = names;
    this.#groups = plan.kernels.flatMap(({ groups }) => groups);
    this.#root = this.#groupAt(plan.root);
    for (const { operands } of this.#groups) {
      for (const source of operands.flatMap(({ groups }) => groups)) {
        this.#uses.set(source, (this.#uses.get(source) ?? 0) + 1);
      }
    }
  }

  forward(kernel: Kernel): Line[] {
    return this.#looped(
      kernel,
      kernel.groups.map((group) => ({
        group,
        text: `${this.#result(group)} = ${this.#formula(group)}`,
        note: "",
      })),
    );
  }

  /** Where the gradients begin, if the loss is in this kernel. */
  start({ groups }: Kernel): Line[] {
    const { area, index } = this.#plan.root;
    const group = this.#root;
    if (!group?.isActive || !groups.includes(group)) return [];
    const isOne = group.count === 1;
    const name = this.#names.of(group) + (isOne ? "" : `[${index - group.first}]`);
    return area === "scalar"
      ? [{ level: 1, text: `∂${name} = 1`, note: "" }]
      : [{ level: 1, text: `∂${name} = 1 / n`, note: `the loss is the mean of ${name}` }];
  }

  backward(kernel: Kernel): Line[] {
    const lines = kernel.groups.toReversed().filter(({ isActive }) => isActive).flatMap((group) => {
      if (!isWrittenOut(group)) return this.#handBack(group, group.operands);
      return Array.from({ length: group.terms }, (_, i) => {
        return this.#handBack(group, group.operands.map((operand) => this.#term(operand, i)));
      }).flat();
    });
    return this.#looped(kernel, lines);
  }

  /** What a group hands back to its operands, or to those of one term. */
  #handBack(group: Group, operands: readonly OperandPlan[]): KernelLine[] {
    const x = operands.map((operand) => this.#operand(operand));
    const adjoint = symbol(`∂${this.#result(group)}`, NaN);
    const y = symbol(this.#result(group), NaN);
    return operands.flatMap((operand, k) => {
      if (!operand.isActive) return [];
      const slope = group.op === "copy" ? number(1) : partial(world, group.op, y, x, k);
      const value = inText(simplified.mul(adjoint, slope));
      const isSummed = operand.area === "scalar" && group.area === "row";
      const equals = this.#isOnlyPart(group, operand) ? "=" : "+=";
      return [{
        group,
        text: `∂${inText(x[k])} ${equals} ${isSummed ? "Σ " : ""}${value}` +
          this.#positions(group),
        note: isSummed ? "over the examples" : "",
      }];
    });
  }

  /** The operand at position i of a list that is written out. */
  #term({ area, index: { first, position, table } }: OperandPlan, i: number): OperandPlan {
    const at = table === null ? first + i * position : table[i];
    const group = this.#groupAt({ area, index: at });
    return {
      area,
      index: { first: at, member: 0, position: 0, table: null },
      literal: null,
      isActive: group?.isActive ?? (area === "scalar" && at < this.#plan.parameters.length),
      groups: group ? [group] : [],
      inside: null,
    };
  }

  #groupAt(place: Place): Group | undefined {
    return this.#groups.find((group) => holds(group, place));
  }

  /** Whether the gradient of an operand is what this group hands back, and nothing else. */
  #isOnlyPart({ count, area, isList }: Group, operand: OperandPlan): boolean {
    const [source] = operand.groups;
    return source !== undefined && !isList && isIdentity(operand, source) &&
      source.area === area && source.count === count &&
      this.#uses.get(source) === 1;
  }

  #formula(group: Group): string {
    if (isWrittenOut(group)) {
      const args = group.operands.flatMap((operand) =>
        Array.from({ length: group.terms }, (_, i) => this.#operand(this.#term(operand, i)))
      );
      return inText({ kind: "operation", op: group.op, args, value: NaN });
    }
    const x = group.operands.map((operand) => this.#operand(operand));
    const over = this.#positions(group);
    if (group.op === "copy") return inText(x[0]);
    if (!group.isList) {
      return inText({ kind: "operation", op: group.op, args: x, value: NaN });
    }
    if (group.op === "logSumExp") return `log Σ exp(${inText(x[0])})${over}`;
    const term = inText(group.op === "dot" ? simplified.mul(x[0], x[1]) : x[0]);
    return group.terms === 1 ? term : `Σ ${term}${over}`;
  }

  #positions(group: Group): string {
    const isLoop = group.isList && group.terms > 1 && !isWrittenOut(group);
    return isLoop ? `,  i = 0 … ${group.terms - 1}` : "";
  }

  #result(group: Group): string {
    const name = this.#names.of(group);
    return group.count === 1 ? name : `${name}[m]`;
  }

  #operand({ area, literal, index, groups }: OperandPlan): Expression {
    if (literal !== null) return number(literal);
    const { inputs, parameters, constants } = this.#plan;
    const [source] = groups;
    if (source && groups.length === 1) {
      const name = this.#names.of(source);
      if (source.count === 1) return symbol(name, NaN);
      return symbol(`${name}[${indexText(index, source.first)}]`, NaN);
    }
    if (source) return symbol(`${groups.map((g) => this.#names.of(g)).join("|")}[…]`, NaN);
    const isFixed = index.table === null && index.member === 0 && index.position === 0;
    if (area === "scalar" && index.first >= parameters.length) {
      if (isFixed) return number(constants[index.first - parameters.length]);
      return symbol(`${this.#names.constant}[${indexText(index, parameters.length)}]`, NaN);
    }
    const leaves: readonly Value[] = area === "row" ? inputs : parameters;
    const label = isFixed ? this.#names.label(leaves[index.first]) : undefined;
    const list = area === "row" ? this.#names.input : this.#names.parameter;
    return symbol(label ?? `${list}[${indexText(index, 0)}]`, NaN);
  }

  #looped(kernel: Kernel, lines: readonly KernelLine[]): Line[] {
    if (lines.length === 0) return [];
    if (kernel.count > 1) {
      const loop = {
        level: 1,
        text: `for m = 0 … ${kernel.count - 1}`,
        note: this.#partOf(kernel.groups),
      };
      return [loop, ...lines.map(({ text, note }) => ({ level: 2, text, note }))];
    }
    let last = "";
    return lines.map(({ group, text, note }) => {
      const part = this.#partOf([group]);
      const remark = [...part === last ? [] : [part], note].filter((x) => x !== "").join(", ");
      last = part;
      return { level: 1, text, note: remark };
    });
  }

  /** Which part of a model nodes are, as far as all are in one. */
  #partOf(groups: readonly Group[]): string {
    const { members } = this.#plan;
    const paths = groups.flatMap(({ from, count }) => [members[from], members[from + count - 1]])
      .map(({ scope }) => {
        const path: string[] = [];
        for (let part = scope; part; part = part.parent) path.unshift(asName(part.name));
        return path;
      });
    const [first] = paths;
    const end = first.findIndex((name, k) => paths.some((path) => path[k] !== name));
    return first.slice(0, end < 0 ? undefined : end).filter((name) => name !== "").join(" › ");
  }
}

/** Whether a list has few operands, of different kinds, so that it is best read term by term. */
function isWrittenOut(group: Group): group is Group & { op: NaryOp } {
  const { op, isList, count, terms, operands } = group;
  return isList && isListOp(op) && count === 1 && terms > 1 && terms <= 6 &&
    operands.some(({ index, groups }) => groups.length > 1 || index.table !== null);
}

/** A line of a kernel, and the group that it is about. */
interface KernelLine {
  readonly group: Group;
  readonly text: string;
  readonly note: string;
}

/** An index by m and i, as `4m + i + 3`. */
function indexText(
  { first, member, position, table }: IndexMap,
  origin: number,
): string {
  if (table !== null) return "…";
  const start = first - origin;
  const terms = [[member, "m"], [position, "i"], [start, ""]] as const;
  return terms.filter(([factor]) => factor !== 0).map(([factor, name], k) => {
    const size = Math.abs(factor) === 1 && name !== "" ? name : `${Math.abs(factor)}${name}`;
    return (factor < 0 ? (k === 0 ? "−" : " − ") : k === 0 ? "" : " + ") + size;
  }).join("") || "0";
}
