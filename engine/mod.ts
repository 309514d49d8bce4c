/**
 * The engine: values that know how they were computed, and their gradients.
 *
 * @module
 */
export { topologicalOrder } from "./backward.ts";
export { Chart, type VegaLiteSpec } from "./chart.ts";
export { compile, type CompileOptions } from "./compile/compile.ts";
export type { Batch } from "./compile/batch_order.ts";
export type { Program } from "./compile/program.ts";
export type { Training, Updater } from "./compile/training.ts";
export { applyRule, type FloatArray, type UpdateRule } from "./compile/update.ts";
export { describe } from "./describe.ts";
export { draw, type Drawing, type DrawOptions } from "./draw.ts";
export type { GraphNode } from "./layout.ts";
export { derivative, type Formula, formula } from "./latex.ts";
export { explain, Explanation, type Path } from "./explain.ts";
export type { Expression } from "./expression.ts";
export * from "./functions.ts";
export { grad } from "./grad.ts";
export {
  gradcheck,
  type GradcheckEntry,
  GradcheckError,
  type GradcheckOptions,
  type GradcheckResult,
} from "./gradcheck.ts";
export {
  GradcheckCurve,
  gradcheckCurve,
  type GradcheckCurveOptions,
  type GradcheckCurvePoint,
} from "./gradcheck_curve.ts";
export { display, type Displayable, inspect, type MimeBundle } from "./jupyter.ts";
export * from "./list_functions.ts";
export { math, type MathInput } from "./math.ts";
export { defaultGenerator, manualSeed, RandomGenerator } from "./random.ts";
export {
  type BinaryOp,
  binaryOps,
  type NaryOp,
  naryOps,
  type Op,
  type UnaryOp,
  unaryOps,
  type World,
} from "./rules.ts";
export { type Scope, scope } from "./scope.ts";
export { secant, type SecantOptions } from "./secant.ts";
export { type Step, Steps, steps, type StepsOptions } from "./steps.ts";
export { Table } from "./table.ts";
export { type Operand, Value, type ValueOptions } from "./value.ts";
