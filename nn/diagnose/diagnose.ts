import { checkCount } from "../../engine/internal.ts";
import { Value } from "../../engine/mod.ts";
import { topologicalOrder } from "../../engine/extend.ts";
import { display, type MimeBundle, Shown } from "../../engine/show/mod.ts";
import { findFalseGradients } from "./gradients.ts";
import { Parts } from "./parts.ts";
import { findNonFinite } from "./numbers.ts";
import { findStale } from "./stale.ts";
import { findStuckUnits } from "./units.ts";
import { checkInstance } from "../check.ts";
import { Module } from "../module.ts";

/**
 * One thing that is wrong.
 *
 * @category Watching training
 *
 * @example
 * ```ts
 * import { diagnose, type Finding, MLP, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(2, [1]);
 * const answer = model.forward([1, 2]).data; // a plain number: the graph ends here
 * const findings: readonly Finding[] = diagnose(new Value(answer).pow(2), model).findings;
 * deepEqual(findings.map(({ kind }) => kind), ["unreached"]);
 * deepEqual(findings[0].nodes, model.parameters());
 * ```
 */
export interface Finding {
  /**
   * What it is: a value that is NaN or infinite, units of a network that hardly
   * learn, parameters that the loss does not depend on, gradients that are not
   * those of the loss, data that changed after the loss was computed.
   */
  readonly kind: "not finite" | "saturated" | "dead" | "unreached" | "gradient" | "stale";
  /** One sentence that says so. */
  readonly text: string;
  /** The Values that it is about. */
  readonly nodes: readonly Value[];
}

/**
 * What {@link diagnose} found; a notebook shows it as a list.
 *
 * @category Watching training
 *
 * @example
 * ```ts
 * import { diagnose, MLP } from "chainrule";
 * import { deepEqual, match } from "node:assert/strict";
 *
 * const model = new MLP(2, [1], { activation: "linear" });
 * const loss = model.forward([1, 2]).sub(3).pow(2);
 * loss.backward();
 * const diagnosis = diagnose(loss, model);
 * deepEqual(diagnosis.findings, []);
 * match(String(diagnosis), /^All is well. Checked: all \d+ numbers are finite/);
 * ```
 */
export class Diagnosis extends Shown {
  /** What is wrong, in the order in which to look at it; empty if all is well. */
  readonly findings: readonly Finding[];
  /** What was looked at, in one sentence. */
  readonly checked: string;

  /** @ignore */
  constructor(findings: readonly Finding[], checked: string) {
    super();
    this.findings = findings;
    this.checked = checked;
  }

  /** One finding a line, or that there is none and what was checked. */
  override toString(): string {
    const { findings, checked } = this;
    if (findings.length === 0) return `All is well. ${checked}`;
    return findings.map(({ text }) => `- ${text}`).join("\n");
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    const { renderDiagnosis } = await import("./diagnose_view.ts");
    return await renderDiagnosis(this);
  }
}

/**
 * Looks for what usually goes wrong in a training, and says it in plain words:
 *
 * - the first number that is NaN or infinite, and where it comes from;
 * - units that hardly learn: of `tanh` and `sigmoid` those whose output is
 *   within 0.01 of its bounds, of `relu` those whose input is 0 or less, each in
 *   all of their uses in this graph;
 * - parameters that the loss does not depend on;
 * - gradients that are not those of this loss, because `zeroGrad()` or
 *   `backward()` was forgotten;
 * - data that changed after the loss was computed.
 *
 * Call it between `loss.backward()` and the update. It changes nothing.
 *
 * @param loss the result of the forward pass.
 * @param model the model whose parameters are trained.
 * @throws {TypeError} if `loss` is not a Value or `model` not a Module.
 * @category Watching training
 *
 * @example
 * ```ts
 * import { diagnose, MLP } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(3, [4, 4, 1]);
 * for (let i = 0; i < 2; i++) model.forward([2, 3, -1]).backward();
 * const loss = model.forward([2, 3, -1]);
 * loss.backward();
 * deepEqual(
 *   String(diagnose(loss, model)),
 *   "- The gradient of w0 of layers[0].neurons[0] is 3 times what this loss gives, and those of " +
 *     "40 other parameters are, too: zeroGrad() was forgotten, or backward() was called more " +
 *     "than once.",
 * );
 * ```
 */
export function diagnose(loss: Value, model: Module): Diagnosis {
  checkCount("diagnose", arguments, 2);
  checkInstance("diagnose: loss", loss, Value, "a Value");
  checkInstance("diagnose: model", model, Module, "a Module");
  const nodes = topologicalOrder(loss);
  const parameters = [...new Set(model.parameters())];
  const parts = new Parts(model);
  const stale = findStale(nodes, parts);
  const units = findStuckUnits(nodes, parts);
  const findings = [
    ...findNonFinite(nodes, parts),
    ...units.findings,
    ...findUnreached(nodes, parameters, parts),
    ...findFalseGradients(nodes, parameters, parts, stale.length > 0),
    ...stale,
  ];
  const checked = [
    `all ${nodes.length} numbers are finite`,
    ...units.count > 0
      ? [`none of the ${units.count} ${units.ops.join(" and ")} units is stuck`]
      : [],
    `the loss depends on all ${parameters.length} parameters`,
    "their gradients are those of this loss",
    "no data changed since it was computed",
  ];
  return new Diagnosis(findings, `Checked: ${checked.join("; ")}.`);
}

function findUnreached(
  nodes: readonly Value[],
  parameters: readonly Value[],
  parts: Parts,
): Finding[] {
  const reached = new Set(nodes);
  const missing = parameters.filter((p) => !reached.has(p));
  if (missing.length === 0) return [];
  const text = missing.length === parameters.length
    ? `The loss depends on no parameter of the model, not even on ${
      parts.nameOf(missing[0])
    }: it ` +
      `was computed from something else, or from plain numbers (data) instead of Values.`
    : `The loss does not depend on ${parts.list(missing)}, so nothing is learned there.`;
  return [{ kind: "unreached", text, nodes: missing }];
}
