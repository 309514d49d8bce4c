/**
 * The error function, erf x = 2/√π · ∫₀ˣ exp(−t²) dt, which JavaScript has not.
 *
 * Up to 1 it is x times a series in x². From there on it is 1 minus a small rest
 * that falls as exp(−x²) does, and their quotient changes so little that a
 * polynomial in (x − 2) / (x + 2) has it to the last digit.
 *
 * @module
 */

/** erf(x) / x − 1 for |x| ≤ 1, as a polynomial in x² (Remez' algorithm). */
export const nearZero = [
  0.12837916709551256,
  -0.3761263890318352,
  0.11283791670944185,
  -0.02686617064311146,
  0.005223977606118426,
  -0.0008548325929311893,
  0.00012055293576816174,
  -1.492471230029015e-05,
  1.6447131549126013e-06,
  -1.6206313583187198e-07,
  1.3710979620445635e-08,
  -7.779467009284168e-10,
];

/** (1 − erf x)·exp(x²) for 1 ≤ x ≤ 6, as a polynomial in (x − 2) / (x + 2) (Remez' algorithm). */
export const beyondOne = [
  0.2553956763105071,
  -0.4271858474139429,
  0.24165819424104137,
  -0.07897858103682588,
  0.0037328925042473386,
  0.006997464542961323,
  -0.000847135174076071,
  -0.0009820557214843184,
  4.304331958620495e-05,
  0.0001740837672555916,
  3.275361653640869e-05,
  -1.192272909013421e-05,
];

/** From here on the result is 1. */
export const farthest = 6;

/** The error function of x, within a unit in the last place. */
export function erf(x: number): number {
  const size = Math.min(Math.abs(x), farthest);
  if (size < 1) return x + x * polynomial(nearZero, x * x);
  const rest = Math.exp(-size * size) * polynomial(beyondOne, (size - 2) / (size + 2));
  return x < 0 ? rest - 1 : 1 - rest;
}

/** c₀ + c₁x + c₂x² + … */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((y, c) => y * x + c, 0);
}
