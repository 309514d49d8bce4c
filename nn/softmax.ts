import { checkCount } from "../engine/internal.ts";
import { exp, max, type Operand, scope, sub, sum, type Value } from "../engine/mod.ts";
import { checkOperands } from "./check.ts";

/**
 * The probabilities that logits stand for: eˣ of each, divided by the sum of
 * all. They are from 0 to 1 and add up to 1, and no logit is too large for them.
 *
 * Blanchard, Higham and Higham, "Accurately computing the log-sum-exp and softmax
 * functions" (2021).
 *
 * @param logits k ≥ 1 Values or numbers.
 * @returns k Values.
 * @throws {TypeError} if `logits` is not an array of Values and numbers.
 * @throws {RangeError} if it is empty.
 * @category Losses
 *
 * @example
 * ```ts
 * import { softmax } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(softmax([1000, 1000]).map((p) => p.data), [0.5, 0.5]);
 * ```
 */
export function softmax(logits: readonly Operand[]): Value[] {
  checkCount("softmax", arguments, 1);
  checkOperands("softmax: logits", logits);
  return scope("softmax", () => {
    // A common part of all logits does not count, so that the largest may be taken out. It is
    // computed, and not a number of now, because a compiled graph gets other logits.
    const top = max(logits);
    const powers = logits.map((x) => exp(sub(x, top)));
    const total = sum(powers);
    return powers.map((power) => power.div(total));
  });
}
