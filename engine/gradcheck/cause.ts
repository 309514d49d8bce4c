import { formatNumber } from "../show/text.ts";

/** A function of one input, around the place where its two derivatives differ. */
export interface Question {
  /** What the input is called. */
  label: string;
  /** Where the derivative was taken. */
  input: number;
  /** The step of the difference. */
  h: number;
  /** The derivative by `backward()`. */
  analytic: number;
  /** How far two derivatives may be apart. */
  tolerance: number;
  /** The function, of this input alone. */
  at(x: number): number;
}

/** Why a derivative and its difference may differ, in a few words; `undefined` if nothing is seen. */
export function causeOf(question: Question): string | undefined {
  const { label, input, h, at } = question;
  const [first, second] = [at(input), at(input)];
  if (!Object.is(first, second)) {
    return `fn gives two answers to one question, ${show(first)} and ${show(second)}: ` +
      "does it draw random numbers, or count its calls?";
  }
  if (!Number.isFinite(first)) return `fn is ${show(first)} at ${label} = ${show(input)}`;
  for (const [x, sign] of [[input - h, "−"], [input + h, "+"]] as const) {
    const y = at(x);
    if (Number.isFinite(y)) continue;
    return `the step leaves the domain: fn is ${show(y)} at ${label} ${sign} ${show(h)}`;
  }
  return bend(question) ??
    (question.analytic === 0
      ? `no gradient arrives at ${label}: was a Value's data taken on the way?`
      : undefined);
}

/**
 * What it is about the step. The error of a central difference shrinks with its
 * square where the function is smooth, and in no such way across a kink; the
 * slopes to both sides of a kink stay apart, and across a jump they grow.
 */
function bend({ label, input, h, analytic, tolerance, at }: Question): string | undefined {
  const middle = at(input);
  const sides = [1, 1 / 2, 1 / 4, 1 / 64].map((part) => {
    const [below, above] = [input - h * part, input + h * part];
    const left = (middle - at(below)) / (input - below);
    const right = (at(above) - middle) / (above - input);
    const numeric = (at(above) - at(below)) / (above - below);
    const scale = Math.max(1, Math.abs(analytic), Math.abs(numeric));
    return {
      left,
      right,
      apart: Math.abs(right - left) / scale,
      numeric,
      error: Math.abs(numeric - analytic) / scale,
    };
  });
  const [whole, half, quarter, tiny] = sides;
  const where = `${label} = ${show(input)}`;
  if (Math.abs(tiny.numeric) > 16 * Math.abs(whole.numeric) && tiny.apart > .5) {
    return `fn jumps at ${where}`;
  }
  // Rounding of fn, divided by the step, is no kink.
  const rounding = 1e-15 * Math.abs(middle) / (h / 64);
  const least = Math.max(10 * tolerance, 10 * rounding);
  if (tiny.apart > least && tiny.apart > whole.apart / 2) {
    return `a kink lies at ${where}: the slope is ${show(tiny.left)} to the left of it and ${
      show(tiny.right)
    } to the right`;
  }
  if (tiny.error > Math.max(tolerance, 10 * rounding)) return undefined;
  const shrinks = [half, quarter].map(({ error }) => error / whole.error);
  const isSmooth = Math.abs(shrinks[0] - 1 / 4) < .05 && Math.abs(shrinks[1] - 1 / 16) < .02;
  const smaller = `with a step of ${show(h / 64)} they agree`;
  return isSmooth
    ? `fn bends too much for the step ${show(h)}: ${smaller}`
    : `a kink lies within the step, ${show(h)} around ${where}: ${smaller}`;
}

function show(x: number): string {
  return formatNumber(Number(x.toPrecision(3)));
}
