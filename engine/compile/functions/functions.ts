/**
 * The functions that a processor has no instruction for, as functions of a
 * module: each takes vectors and returns one, and is a straight line of
 * additions, multiplications and choices by masks, so that all lanes take the
 * same way; only huge angles are handed to JavaScript's Math. What they return differs from the exact result by at most two of
 * the spacings between numbers there.
 *
 * @module
 */
import { atan } from "./arctangent.ts";
import { cosh, expm1, sinh } from "./hyperbolic.ts";
import { erf } from "./error_function.ts";
import { exp, sigmoid, tanh } from "./exponential.ts";
import { Emitter, type Expr, Lanes, type Surroundings } from "../code/lanes.ts";
import { log, log1p, softplus } from "./logarithm.ts";
import { pow } from "./power.ts";
import { cos, sin, unlessFar } from "./trigonometry.ts";
import { Code, type LaneType } from "../code/code.ts";

/** The functions as expressions of their parameters, two numbers of double precision each. */
export const laneFunctions = {
  ...{ exp, expm1, log, log1p, pow },
  ...{ sin, cos, atan, sinh, cosh, tanh },
  ...{ sigmoid, softplus, erf },
} as const;

/** The name of a function of vectors. */
export type LaneFunction = keyof typeof laneFunctions;

/** The functions that a module calls, which come to be as they are asked for. */
export class FunctionLibrary {
  readonly #type: LaneType;
  readonly #constantAt: Surroundings["constantAt"];
  readonly #codes = new Map<string, Code>();

  /** Functions for vectors of `type`. */
  constructor(type: LaneType, constantAt?: Surroundings["constantAt"]) {
    this.#type = type;
    this.#constantAt = constantAt;
  }

  /** The code of all that were asked for, each after those that it calls. */
  get codes(): Code[] {
    return [...this.#codes.values()];
  }

  /** The function of a name. */
  get(name: string): Code {
    if (this.#type === "f64") return this.#double(name);
    return this.#once(`${name}_f32`, () => singleFunction(name, this.#double(name)));
  }

  #double(name: string): Code {
    return this.#once(name, () => {
      if (name === "sinUnlessFar") return unlessFar("sin");
      if (name === "cosUnlessFar") return unlessFar("cos");
      if (!isLaneFunction(name)) throw new Error(`no function ${name} of vectors`);
      return doubleFunction(name, {
        functionOf: (callee) => this.#double(callee),
        constantAt: this.#constantAt,
      });
    });
  }

  #once(name: string, define: () => Code): Code {
    const code = this.#codes.get(name) ?? define();
    this.#codes.set(name, code);
    return code;
  }
}

const signatureOf = (parameters: number) => {
  return { parameters: new Array<"v128">(parameters).fill("v128"), results: ["v128"] } as const;
};

function isLaneFunction(name: string): name is LaneFunction {
  return Object.hasOwn(laneFunctions, name);
}

/** How many parameters a function has. */
function arityOf(name: string): number {
  return name === "pow" ? 2 : 1;
}

/** The code of a function of two numbers of double precision. */
function doubleFunction(name: LaneFunction, around: Surroundings): Code {
  const b = new Lanes();
  const arity = arityOf(name);
  const code = new Code(signatureOf(arity));
  const parameters = Array.from({ length: arity }, (_, i) => b.local(i));
  const define: (b: Lanes, ...x: Expr[]) => Expr = laneFunctions[name];
  const result = define(b, ...parameters);
  new Emitter(code, around, [result]).push(result);
  return code;
}

/** The code of a function of four numbers of single precision: those of double precision, twice. */
function singleFunction(name: string, double: Code): Code {
  const arity = arityOf(name);
  const code = new Code(signatureOf(arity));
  const half = (isUpper: boolean) => {
    for (let i = 0; i < arity; i++) {
      code.get(i);
      if (isUpper) code.get(i).vector("i8x16.shuffle", upperTwice);
      code.vector("f64x2.promote_low_f32x4");
    }
    code.call(double).vector("f32x4.demote_f64x2_zero");
  };
  half(false);
  half(true);
  code.vector("i8x16.shuffle", lowerHalves);
  return code;
}

const bytes = (from: number) => Array.from({ length: 8 }, (_, i) => from + i);
const upperTwice = [...bytes(8), ...bytes(8)], lowerHalves = [...bytes(0), ...bytes(16)];
