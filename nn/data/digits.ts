import { checkCount } from "../../engine/internal.ts";
import { Dataset } from "./dataset.ts";

/**
 * 1,797 handwritten digits as images of 8 × 8 pixels, each pixel from 0 (paper)
 * to 1 (ink) in steps of 1/16, with labels 0 to 9. The same digits in the same
 * order as of scikit-learn's `load_digits()`, whose pixels go from 0 to 16.
 * They come with the library: nothing is fetched and no permission is asked for.
 *
 * E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits" (UCI
 * Machine Learning Repository, 1998), https://doi.org/10.24432/C50P49, the test
 * set, written by 13 people. Licensed under CC BY 4.0,
 * https://creativecommons.org/licenses/by/4.0/; `digits.json`, where the data
 * lies, says so, too, and what was changed.
 *
 * @category Data
 *
 * @example
 * ```ts
 * import { loadDigits } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const digits = await loadDigits();
 * deepEqual([digits.length, digits.features, digits.classes], [1797, 64, 10]);
 * const ink = digits.x[0].map((pixel) => pixel < 0.5 ? "." : "#").join("");
 * deepEqual(digits.y[0], 0);
 * deepEqual(ink.match(/.{8}/g), [
 *   "...##...",
 *   "..####..",
 *   "..#..##.",
 *   "..#..##.",
 *   "..#..##.",
 *   "..#..#..",
 *   "..#.##..",
 *   "...##...",
 * ]);
 * ```
 */
export async function loadDigits(): Promise<Dataset> {
  checkCount("loadDigits", arguments, 0);
  const { default: { digits } } = await import("./digits.json", { with: { type: "json" } });
  const x = digits.map((digit) => Array.from(digit.slice(2), (shade) => parseInt(shade, 17) / 16));
  const y = digits.map((digit) => Number(digit[0]));
  return new Dataset(x, y, { name: "digits", imageSize: [8, 8] });
}
