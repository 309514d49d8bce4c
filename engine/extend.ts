/**
 * The door for those who extend the library: the table of operations, the
 * arithmetics that it is evaluated in, and what the pictures accept besides Values.
 *
 * @module
 */
export { topologicalOrder } from "./backward.ts";
export type { Updater } from "./compile/training.ts";
export type { FloatArray } from "./compile/plan/memory.ts";
export { applyRule, type Course, type UpdateRule } from "./compile/update.ts";
export type { GraphNode } from "./graph/layout.ts";
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
export { Charted } from "./chart/chart.ts";
export { type Displayable, Shown } from "./show/jupyter.ts";
