/**
 * The engine: values that know how they were computed, and their gradients.
 *
 * @module
 */
export * from "./activations.ts";
export { Chart, type VegaLiteSpec } from "./chart/chart.ts";
export { compile, type CompileOptions } from "./compile/compile.ts";
export type { Batch } from "./compile/run/batch_order.ts";
export type { Program, StandaloneOptions } from "./compile/program.ts";
export type { Standalone } from "./compile/standalone.ts";
export type { Training } from "./compile/training.ts";
export { draw, type Drawing, type DrawOptions } from "./graph/draw.ts";
export { derivative, type Formula, formula } from "./formula/formula.ts";
export { explain, Explanation, type Path } from "./explain/explain.ts";
export type { Expression } from "./formula/expression.ts";
export * from "./operations.ts";
export { grad, hessian, jacobian } from "./grad.ts";
export {
  gradcheck,
  type GradcheckEntry,
  GradcheckError,
  type GradcheckOptions,
  type GradcheckResult,
} from "./gradcheck/gradcheck.ts";
export {
  GradcheckCurve,
  gradcheckCurve,
  type GradcheckCurveOptions,
  type GradcheckCurvePoint,
} from "./gradcheck/gradcheck_curve.ts";
export type { Control } from "./interact/controls.ts";
export { interact, type Interaction, type InteractOptions } from "./interact/interact.ts";
export { display, inspect, type MimeBundle } from "./show/jupyter.ts";
export {
  dot,
  logSumExp,
  mean,
  type NumberArray,
  type Operands,
  prod,
  sum,
} from "./list_operations.ts";
export { math, type MathInput } from "./math.ts";
export { type GeneratorState, RandomGenerator } from "./random.ts";
export { type Scope, scope } from "./scope.ts";
export { secant, type SecantOptions } from "./explain/secant.ts";
export { type Step, Steps, steps, type StepsOptions } from "./explain/steps.ts";
export { Table } from "./show/table.ts";
export { type Operand, Value, type ValueOptions } from "./value.ts";
