/**
 * What every public function asks of its arguments. A notebook has no type
 * checker, so that whatever a function does not know would be passed over in
 * silence: `new SGD(p, 0.1)` would train at another rate.
 *
 * @module
 */

/** What an option takes: a type of JavaScript, `"array"`, or the name of a class. */
type Kind = string;

/** The options that a function knows, and what each takes; the most natural one of a kind first. */
export type Known<T> = { readonly [K in keyof Required<T>]: Kind };

/**
 * Throws if there are more arguments than `most`.
 *
 * Two more are let through if they are what a list's own methods hand over
 * besides the element, its place and the list: `xs.map(exp)` and `xs.reduce(add)`
 * work. `Array.from(xs, exp)` does not, as `exp(x, 0)` cannot be told from a slip.
 *
 * @param name who asks, as an error begins.
 * @param hint what to do instead, for those who meant something else.
 */
export function checkCount(name: string, args: ArrayLike<unknown>, most: number, hint = ""): void {
  if (args.length > most) refuseMore(name, Array.from(args), most, hint);
}

function refuseMore(name: string, args: readonly unknown[], most: number, hint: string): void {
  const [place, list] = args.slice(-2);
  const last = args.length - 3;
  const isCallback = last >= 0 && typeof place === "number" && Array.isArray(list) &&
    Object.is(list[place], args[last]);
  if (isCallback && last === most - 1) return;
  const taken = most === 0 ? "no argument" : most === 1 ? "1 argument" : `${most} arguments`;
  const callback = isCallback && last >= 0 ? `; in a list's method, write (x) => ${name}(x)` : "";
  throw new TypeError(
    `${name}: takes ${taken}, got ${args.length}: ${describe(args[most])} is one too many` +
      (hint ? `; ${hint}` : callback),
  );
}

/**
 * Throws unless `options` is a plain object, all of whose names are known.
 *
 * @param name who asks, as an error begins.
 * @param hint what to do instead, for those who gave what no option takes.
 */
export function checkOptions<T extends object>(
  name: string,
  options: unknown,
  known: Known<T>,
  hint = "",
): void {
  const names = Object.keys(known);
  if (!isPlain(options)) {
    throw new TypeError(
      `${name}: options must be an object, got ${describe(options)}: write ${
        example(options, Object.entries<Kind>(known), hint)
      }`,
    );
  }
  for (const key of Object.keys(options)) {
    if (Object.hasOwn(known, key)) continue;
    const meant = nearest(key, names);
    throw new RangeError(
      `${name}: options must be among ${names.join(", ")}, got ${key}` +
        (meant === undefined ? "" : `: did you mean ${meant}?`),
    );
  }
}

/** Whether something was written as `{ … }`; the options of an object of a class are hidden. */
export function isPlain(x: unknown): x is object {
  if (typeof x !== "object" || x === null || Array.isArray(x)) return false;
  const prototype = Object.getPrototypeOf(x);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** What to write: `{ lr: 0.1 }` in place of a number, where `lr` is the first that takes one. */
function example(
  x: unknown,
  known: readonly (readonly [string, Kind])[],
  hint: string,
): string {
  const kinds = kindsOf(x);
  const found = known.find(([, kind]) => kinds.includes(kind));
  if (found === undefined) return `{ ${known[0][0]}: … }${hint && `; ${hint}`}`;
  const simple = typeof x === "string" ? JSON.stringify(x) : String(x);
  return `{ ${found[0]}: ${/^(object|function)$/.test(typeof x) ? "…" : simple} }`;
}

function kindsOf(x: unknown): Kind[] {
  if (Array.isArray(x)) return ["array"];
  const kinds: Kind[] = [typeof x];
  if (typeof x !== "object" || x === null) return kinds;
  for (let at = Object.getPrototypeOf(x); at !== null; at = Object.getPrototypeOf(at)) {
    kinds.push(at.constructor?.name);
  }
  return kinds;
}

/** Words for one thing, by which options are called elsewhere; without capitals and underscores. */
const synonyms: readonly (readonly string[])[] = [
  "lr learningrate rate eta alpha stepsize",
  "weightdecay decay l2 wd lambda",
  "betas beta beta1 beta2",
  "generator seed rng random randomstate randomseed",
  "seed generator rng random randomstate randomseed",
  "batchsize batch bs minibatch",
  "epochs nepochs numepochs iterations steps",
  "samples nsamples numsamples n count points size",
  "noise std sigma",
  "classes nclasses numclasses ncenters centers arms",
  "activation nonlinearity act hidden hiddenactivation function",
  "outputactivation lastactivation finalactivation out output",
  "init initialization initialisation initializer weights weightinit",
  "residual skip skipconnections",
  "dropout p droprate dropoutrate",
  "loss criterion lossfn lossfunction objective",
  "optimizer optimiser opt",
  "scheduler schedule lrscheduler",
  "monitor verbose progress plot live",
  "validation val valdata validationdata test testdata",
  "threads workers numworkers nthreads numthreads",
  "compile compiled jit",
  "reduction reduce average sizeaverage",
  "tolerance tol atol rtol",
  "step eps epsilon h delta",
  "eps epsilon",
  "throws raise raiseexception",
  "limit max maxnodes most",
  "tmax t period",
  "etamin lrmin minlr",
  "gamma decay factor rate",
  "classnames labels names targetnames",
  "imagesize size shape",
  "logarithmic log logscale scale yscale",
  "every interval each",
  "label name title",
  "name label title",
  "title name caption",
  "inputs input x xs",
  "input x",
  "data x y examples dataset",
  "parameters params weights",
  "dtype precision format type",
  "precision dtype",
  "n resolution cells size",
  "resolution n steps size",
  "range extent limit",
  "columns cols ncols",
].map((words) => words.split(" "));

/** The known name that an unknown one was meant to be, if one is near. */
function nearest(unknown: string, names: readonly string[]): string | undefined {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
  const word = plain(unknown);
  const same = names.find((name) => plain(name) === word);
  if (same !== undefined) return same;
  // The first word of a line is what we may call it, the others what it is called elsewhere.
  const synonym = names.find((name) =>
    synonyms.some(([own, ...others]) => own === plain(name) && others.includes(word))
  );
  if (synonym !== undefined) return synonym;
  const near = names.map((name) => ({ name, far: distance(word, plain(name)) }))
    .reduce((a, b) => b.far < a.far ? b : a);
  return near.far <= Math.max(1, Math.floor(word.length / 3)) ? near.name : undefined;
}

/**
 * How many letters to change, leave out, put in or swap with the next, to get from one word to another.
 *
 * Damerau, "A technique for computer detection and correction of spelling errors",
 * Communications of the ACM 7 (1964); here no letter is moved twice.
 */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + change);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}

/** What an error message says of a wrong argument: `string "2"`, `undefined`, `an array of 3`. */
export function describe(x: unknown): string {
  if (x === null || x === undefined) return String(x);
  if (typeof x === "string") return `string "${inBrief(x)}"`;
  if (Array.isArray(x)) return `an array of ${x.length}`;
  if (x instanceof Promise) return "a Promise: write await";
  if (typeof x === "object") {
    return `an object of class ${inBrief(String(x.constructor?.name ?? "null"))}`;
  }
  if (typeof x === "function") return `function ${inBrief(x.name) || "(anonymous)"}`;
  return `${typeof x} ${inBrief(String(x))}`;
}

/** Text of any length and with any characters, as a message can have it. */
export function inBrief(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text).slice(1, -1);
}

/** The same of an argument that must be such a number as it is not: `-1`, or `string "2"`. */
export function describeNumber(x: unknown): string {
  return typeof x === "number" ? String(x) : describe(x);
}
