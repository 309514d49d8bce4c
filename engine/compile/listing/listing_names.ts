import { ops } from "../../rules.ts";
import type { Value } from "../../value.ts";
import type { Group, Kernel, Plan } from "../plan/plan.ts";

/** Letters for groups: without those that stand for something else in a listing. */
const letters = [..."abdfghjklqrstuvwyz"];

/** What a label must not be: loop counters, the number of examples, Euler's number, functions. */
const reserved: ReadonlySet<string> = new Set(["i", "m", "n", "e", ...ops]);

/** What everything in a listing is called; no two things by one name. */
export class ListingNames {
  /** The list of all inputs. */
  readonly input: string;
  /** The list of all parameters. */
  readonly parameter: string;
  /** The list of all constants. */
  readonly constant: string;
  /** The names of inputs, and that of their list. */
  readonly inputs: ReadonlySet<string>;
  /** The names of parameters, and that of their list. */
  readonly parameters: ReadonlySet<string>;
  readonly #labels: ReadonlyMap<Value, string>;
  readonly #groups = new Map<Group, string>();

  /** ListingNames for the groups of a plan, in the order in which its listing mentions them. */
  constructor(plan: Plan) {
    const groups = inOrder(plan).flat().flatMap((kernel) => kernel.groups);
    // A copy has the label of what it copies.
    const alone = new Set(
      groups.filter(({ op, count }) => op !== "copy" && count === 1),
    );
    const results = [...alone].map(({ from }) => plan.members[from]);
    this.#labels = labelsOf([...plan.inputs, ...plan.parameters, ...results]);
    const taken = new Set(this.#labels.values());
    [this.input, this.parameter, this.constant] = ["x", "p", "c"].map((letter) =>
      taken.has(letter) ? letter.toUpperCase() : letter
    );
    const named = (leaves: readonly Value[]) => leaves.flatMap((x) => this.label(x) ?? []);
    this.inputs = new Set([this.input, ...named(plan.inputs)]);
    this.parameters = new Set([this.parameter, ...named(plan.parameters)]);
    const free = candidates(taken);
    for (const group of groups) {
      const label = alone.has(group) ? this.label(plan.members[group.from]) : undefined;
      this.#groups.set(group, label ?? free.next().value);
    }
  }

  /** The name of a group. */
  of(group: Group): string {
    return this.#groups.get(group)!;
  }

  /** The label of a node, if it can stand in a listing and nothing else has it. */
  label(node: Value): string | undefined {
    return this.#labels.get(node);
  }
}

/** The kernels that run once for all examples, and those that run for each. */
export function inOrder({ kernels }: Plan): [once: Kernel[], each: Kernel[]] {
  const part = (area: Kernel["area"]) => kernels.filter((kernel) => kernel.area === area);
  return [part("scalar"), part("row")];
}

function labelsOf(nodes: readonly Value[]): Map<Value, string> {
  const isWord = (label: string) => /^\p{L}[\p{L}\p{N}_′']*$/u.test(label) && !reserved.has(label);
  const counts = new Map<string, number>();
  for (const { label } of nodes) counts.set(label, (counts.get(label) ?? 0) + 1);
  // The names of the lists in capitals would meet these.
  const capitals = ["X", "P", "C"].filter((name) => counts.has(name.toLowerCase()));
  return new Map(
    nodes.filter(({ label }) =>
      isWord(label) && counts.get(label) === 1 && !capitals.includes(label)
    ).map((node) => [node, node.label]),
  );
}

/** a, b, …, z, a₁, b₁, … but for those that are taken. */
function* candidates(taken: ReadonlySet<string>): Generator<string, never> {
  for (let round = 0;; round++) {
    const index = round === 0 ? "" : subscript(round);
    for (const letter of letters) if (!taken.has(letter + index)) yield letter + index;
  }
}

function subscript(i: number): string {
  return [...String(i)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}
