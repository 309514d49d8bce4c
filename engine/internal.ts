/**
 * The door for `nn/`: what the engine shares with it and keeps from everybody else.
 *
 * @module
 */
export { checkCount, checkOptions, describe, describeNumber, type Known } from "./arguments.ts";
export { maxThreads } from "./compile/compile.ts";
export { Program } from "./compile/program.ts";
export { checkGradients, pureRule } from "./compile/update.ts";
export { beyondOne, farthest, nearZero } from "./erf.ts";
export { asList } from "./list_operations.ts";
export { expressionOf } from "./formula/expression.ts";
export { inText } from "./formula/notation.ts";
export { defaultGenerator } from "./random.ts";
export { evaluate, numbers, partial, rules, worldOf } from "./rules.ts";
export { scopes } from "./scope.ts";
export { sweep } from "./sweep.ts";
export { constant } from "./value.ts";
