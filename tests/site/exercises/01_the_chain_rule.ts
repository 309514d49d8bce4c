import type { Mistakes } from "./mistakes.ts";

/** Wrong answers that readers are likely to give. */
export const mistakes: Mistakes = {
  "1.1": [
    (x: number) => 6 * x,
    (x: number) => 3 * x - 4,
    (x: number) => 2 * x - 4,
    (x: number) => 6 * x - 4 + 5,
    () => 0,
  ],
  "1.2": [
    (f, x, h) => (f(x + h) - f(x)) / h,
    (f, x, h) => (f(x + h) - f(x - h)) / h,
    (f, x, h) => (f(x) - f(x - h)) / h,
    (f, x, h) => f(x + h) - f(x - h) / 2 * h,
    (f, x) => (f(x + 1e-6) - f(x - 1e-6)) / 2e-6,
  ],
  "1.3": [
    (w) => 2 * (3 * w + 1),
    (w) => 6 * w,
    (w) => 2 * w * (3 * w + 1),
    (w) => 18 * w + 1,
    (w) => 3 * w + 1,
  ],
  "1.4": [
    (x) => 2 * Math.sin(x),
    (x) => 2 * Math.cos(x),
    (x) => Math.cos(x) ** 2,
    (x) => 2 * x * Math.cos(x ** 2),
    (x) => Math.sin(x) * Math.cos(x),
    (x) => 2 * Math.sin(x * Math.PI / 180) * Math.cos(x * Math.PI / 180),
  ],
  "1.5": [
    (_a, b, c, d) => [b + c * d, 1, d, c],
    (a, b, c, d) => [b + c * d, a, d, c],
    (a, _b, c, d) => [1, a, a * d, a * c],
    (a, b, c, d) => [b + c * d, a, a * c, a * d],
    (a, b, c, d) => [a * (b + c * d)],
    () => [38, 2, 14, 10],
  ],
};
