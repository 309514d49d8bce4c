import { describeNumber } from "../engine/describe.ts";

/**
 * Throws unless `x` is a finite number for which `holds` is true.
 *
 * @param constraint what `holds` asks for, as it follows "a finite number".
 */
export function checkNumber(
  name: string,
  x: number,
  constraint = "",
  holds: (x: number) => boolean = () => true,
): void {
  if (Number.isFinite(x) && holds(x)) return;
  throw new RangeError(`${name} must be a finite number${constraint}, got ${describeNumber(x)}`);
}
