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
    return this.#once(`${name}_f32`, () => singleFunction(name, this.twice(name)));
  }

  /** The function of a name for two vectors of double precision at a time, which returns two. */
  twice(name: string): Code {
    return this.#once(`${name}Twice`, () => this.#write(name, 2));
  }

  #double(name: string): Code {
    return this.#once(name, () => {
      if (name === "sinUnlessFar") return unlessFar("sin");
      if (name === "cosUnlessFar") return unlessFar("cos");
      return this.#write(name, 1);
    });
  }

  #write(name: string, vectors: 1 | 2): Code {
    if (!isLaneFunction(name)) throw new Error(`no function ${name} of vectors`);
    return doubleFunction(name, vectors, {
      functionOf: (callee) => this.#double(callee),
      constantAt: this.#constantAt,
    });
  }

  #once(name: string, define: () => Code): Code {
    const code = this.#codes.get(name) ?? define();
    this.#codes.set(name, code);
    return code;
  }
}

const signatureOf = (parameters: number, results: number) => ({
  parameters: new Array<"v128">(parameters).fill("v128"),
  results: new Array<"v128">(results).fill("v128"),
});

function isLaneFunction(name: string): name is LaneFunction {
  return Object.hasOwn(laneFunctions, name);
}

/** How many parameters a function has. */
function arityOf(name: string): number {
  return name === "pow" ? 2 : 1;
}

/** The code of a function of two numbers of double precision, or of two such vectors. */
function doubleFunction(name: LaneFunction, vectors: 1 | 2, around: Surroundings): Code {
  const b = new Lanes();
  const arity = arityOf(name);
  const code = new Code(signatureOf(vectors * arity, vectors));
  const define: (b: Lanes, ...x: Expr[]) => Expr = laneFunctions[name];
  const results = Array.from(
    { length: vectors },
    (_, v) => define(b, ...Array.from({ length: arity }, (_, i) => b.local(v * arity + i))),
  );
  const emitter = new Emitter(code, around, results);
  const [first, second] = results;
  if (second !== undefined) emitter.computeBoth(first, second);
  for (const result of results) emitter.push(result);
  return code;
}

/** The code of a function of four numbers of single precision: two vectors of double precision. */
function singleFunction(name: string, twice: Code): Code {
  const arity = arityOf(name);
  const code = new Code(signatureOf(arity, 1));
  for (const isUpper of [false, true]) {
    for (let i = 0; i < arity; i++) {
      code.get(i);
      if (isUpper) code.get(i).vector("i8x16.shuffle", upperTwice);
      code.vector("f64x2.promote_low_f32x4");
    }
  }
  const upper = code.local("v128");
  code.call(twice).vector("f32x4.demote_f64x2_zero").set(upper);
  code.vector("f32x4.demote_f64x2_zero").get(upper);
  code.vector("i8x16.shuffle", lowerHalves);
  return code;
}

const bytes = (from: number) => Array.from({ length: 8 }, (_, i) => from + i);
const upperTwice = [...bytes(8), ...bytes(8)], lowerHalves = [...bytes(0), ...bytes(16)];
